import { entriesAt, withValue } from './config-edits.ts';
import { button, element } from './element.ts';
import { fieldInput } from './field-input.ts';
import { type Field, fieldOfEntry, type ListSection } from './fields.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

/** The entries of a list in a RunConfig, each with its fields: they can be added, removed and put in another order. */
export function entriesView({ key, most }: ListSection, fields: readonly Field[], store: Store): View {
  const list = element('div', { class: 'entries' });
  const add = button('Add another', () => {
    const entries = entriesAt(store.get().config, key);
    put([...entries, {}]);
    focusEntry(entries.length);
  });
  let views: readonly View[] = [];
  let count = 0;
  const node = element('div', { class: 'entries-view' }, list, element('p', { class: 'actions' }, add));
  return {
    node,
    show: (exploration, verdict, sheet) => {
      const entries = entriesAt(exploration.config, key);
      if (entries.length !== count) {
        count = entries.length;
        const made = entries.map((_, index) => entryView(index, entries.length));
        views = made.flatMap((each) => each.views);
        list.replaceChildren(...made.map((each) => each.node));
      }
      add.hidden = entries.length >= most;
      for (const view of views) view.show(exploration, verdict, sheet);
    },
  };

  function put(entries: ReturnType<typeof entriesAt>): void {
    store.change({ config: withValue(store.get().config, [key], entries) });
  }

  function entryView(index: number, of: number) {
    const inputs = fields.map((field) => fieldInput(fieldOfEntry(field, index), store));
    const name = `${key} ${index + 1}`;
    const move = (to: number) => {
      const entries = [...entriesAt(store.get().config, key)];
      const [moved = {}] = entries.splice(index, 1);
      put(entries.toSpliced(to, 0, moved));
      focusEntry(to);
    };
    const buttons = [
      ...(index > 0 ? [button('Up', () => move(index - 1), { 'aria-label': `Move ${name} up` })] : []),
      ...(index < of - 1
        ? [button('Down', () => move(index + 1), { 'aria-label': `Move ${name} down` })]
        : []),
      button(
        'Remove',
        () => {
          put(entriesAt(store.get().config, key).filter((_, at) => at !== index));
          focusEntry(Math.max(0, index - 1));
        },
        { 'aria-label': `Remove ${name}` },
      ),
    ];
    const node = element(
      'fieldset',
      { class: 'entry', tabindex: -1 },
      element('legend', {}, `${index + 1} of ${of}`),
      ...(of === 1 ? [] : [element('p', { class: 'actions' }, ...buttons)]),
      element('div', { class: 'fields' }, ...inputs.map((input) => input.node)),
    );
    return { node, views: inputs };
  }

  function focusEntry(index: number): void {
    list.querySelectorAll<HTMLElement>('.entry')[index]?.focus();
  }
}
