import { valueAt, withValue } from './config-edits.ts';
import { element, setAttributes } from './element.ts';
import { entriesView } from './entries-view.ts';
import { readingOf, sequenceOf } from './exploration.ts';
import { fieldInput } from './field-input.ts';
import { type Field, runFields, switchFields, switchList } from './fields.ts';
import { lateView } from './late-view.ts';
import type { Store } from './store.ts';
import { type Switch, switchesOf } from './switches.ts';
import type { View } from './view.ts';

/** What is asked for: one switch for each stage and pass of the sequence, and the fields of the run. */
export function runPanel(store: Store): View {
  const node = element('div', { class: 'run-panel' });
  let views: readonly View[] = [];
  let shown: unknown;
  return {
    node,
    show: (exploration, verdict, sheet) => {
      if (sequenceOf(exploration) !== shown) {
        shown = sequenceOf(exploration);
        views = panelViews(store);
        node.replaceChildren(...views.map((view) => view.node));
      }
      for (const view of views) view.show(exploration, verdict, sheet);
    },
  };
}

function panelViews(store: Store): readonly View[] {
  const switches = switchesOf(readingOf(store.get()));
  return [
    ...switches.map((each) => switchView(each, store)),
    folded('The run', 'Prompts, model, sampler, size', () => fieldsView(runFields(switches), store)),
  ];
}

function switchView(owner: Switch, store: Store): View {
  const { name, key, nature } = owner;
  const id = `switch-${name}`;
  const input = element('input', { id, type: 'checkbox', role: 'switch' });
  input.addEventListener('change', () => {
    store.change({ config: withValue(store.get().config, [key], input.checked) });
  });
  const settings = folded('Settings', name, () => settingsView(owner, store));
  const row = element(
    'div',
    { class: 'switch-row' },
    input,
    element('label', { for: id }, name, ' ', element('span', { class: 'nature' }, nature)),
  );
  const node = element('div', { class: `switch switch-${nature}` }, row, settings.node);
  return {
    node,
    show: (exploration, verdict, sheet) => {
      input.checked = valueAt(exploration.config, [key]) === true;
      setAttributes(node, { 'data-on': input.checked });
      settings.show(exploration, verdict, sheet);
    },
  };
}

function settingsView(owner: Switch, store: Store): View {
  const list = switchList(owner);
  const fields = switchFields(owner);
  return list === null ? fieldsView(fields, store) : entriesView(list, fields, store);
}

function fieldsView(fields: readonly Field[], store: Store): View {
  const views = fields.map((field) => fieldInput(field, store));
  return {
    node: element('div', { class: 'fields' }, ...views.map((view) => view.node)),
    show: (...shown) => {
      for (const view of views) view.show(...shown);
    },
  };
}

/** Fields behind a disclosure that says how many of them are wrong. */
function folded(title: string, about: string, make: () => View): View {
  const wrong = element('span', { class: 'wrong' });
  const summary = element('summary', {}, title, ' ', element('span', { class: 'about' }, about), ' ', wrong);
  const inside = lateView(() => {
    const { node, show } = make();
    return {
      node,
      show: (...shown) => {
        show(...shown);
        const count = node.querySelectorAll('[aria-invalid="true"]').length;
        wrong.textContent = count === 0 ? '' : `${count} to mend`;
      },
    };
  });
  return { node: element('details', {}, summary, inside.node), show: inside.show };
}
