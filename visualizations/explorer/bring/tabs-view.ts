import { button, element, setAttributes } from '../element.ts';
import type { Store } from '../store.ts';
import type { View } from '../view.ts';

/** The runs that are open, one tab each. One alone needs none. */
export function tabsView(store: Store): View {
  const list = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Runs' });
  const node = element('nav', { 'aria-label': 'Open runs' }, list);
  let tabs: readonly HTMLButtonElement[] = [];
  list.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const index = store.desk().current + by;
    if (by === 0 || tabs[index] === undefined) return;
    event.preventDefault();
    choose(index);
    tabs[index]?.focus();
  });
  return {
    node,
    show: () => {
      const { sheets, current } = store.desk();
      node.hidden = sheets.length === 1;
      if (tabs.length !== sheets.length) {
        tabs = sheets.map((_, index) =>
          button('', () => choose(index), { role: 'tab', 'aria-controls': 'page-main' }),
        );
        list.replaceChildren(...tabs);
      }
      for (const [index, { name, exploration }] of sheets.entries()) {
        const { run_id } = exploration.config;
        const [tab, chosen] = [tabs[index], index === current];
        if (tab === undefined) continue;
        tab.textContent = typeof run_id === 'string' ? run_id : `Run ${index + 1}`;
        setAttributes(tab, { 'aria-selected': String(chosen), tabindex: chosen ? 0 : -1, title: name });
      }
      tabs[current]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
  };

  /** Looking at another run changes none, so it is no step. */
  function choose(current: number): void {
    store.put({ ...store.desk(), current }, 'look');
  }
}
