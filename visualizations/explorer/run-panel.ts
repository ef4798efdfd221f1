import { valueAt, withValue } from './config-edits.ts';
import { element, setAttributes } from './element.ts';
import { readingOf } from './exploration.ts';
import { fieldInput } from './field-input.ts';
import { type Field, runFields, type SwitchGroup, switchGroups } from './fields.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

/** What is asked for: one switch for each stage and pass of the sequence, and the fields of the run. */
export function runPanel(store: Store): View {
  const node = element('div', { class: 'run-panel' });
  let views: readonly View[] = [];
  let shown = '';
  return {
    node,
    show: (exploration, verdict) => {
      if (exploration.sequence !== shown) {
        shown = exploration.sequence;
        views = panelViews(store);
        node.replaceChildren(...views.map((view) => view.node));
      }
      for (const view of views) view.show(exploration, verdict);
    },
  };
}

function panelViews(store: Store): readonly View[] {
  const reading = readingOf(store.get());
  return [
    ...switchGroups(reading).map((group) => switchView(group, store)),
    foldedFields('The run', 'Prompts, model, sampler, size', runFields(reading), store),
  ];
}

function switchView({ name, key, nature, fields }: SwitchGroup, store: Store): View {
  const id = `switch-${name}`;
  const input = element('input', { id, type: 'checkbox', role: 'switch' });
  input.addEventListener('change', () => {
    store.change({ config: withValue(store.get().config, [key], input.checked) });
  });
  const folded = fields.length === 0 ? null : foldedFields('Settings', name, fields, store);
  const row = element(
    'div',
    { class: 'switch-row' },
    input,
    element('label', { for: id }, name, ' ', element('span', { class: 'nature' }, nature)),
  );
  const node = element(
    'div',
    { class: `switch switch-${nature}` },
    row,
    ...(folded === null ? [] : [folded.node]),
  );
  return {
    node,
    show: (exploration, verdict) => {
      input.checked = valueAt(exploration.config, [key]) === true;
      setAttributes(node, { 'data-on': input.checked });
      folded?.show(exploration, verdict);
    },
  };
}

/** Fields behind a disclosure that says how many of them are wrong. */
function foldedFields(title: string, about: string, fields: readonly Field[], store: Store): View {
  const views = fields.map((field) => fieldInput(field, store));
  const wrong = element('span', { class: 'wrong' });
  const summary = element('summary', {}, title, ' ', element('span', { class: 'about' }, about), ' ', wrong);
  const node = element(
    'details',
    {},
    summary,
    element('div', { class: 'fields' }, ...views.map((view) => view.node)),
  );
  return {
    node,
    show: (exploration, verdict) => {
      for (const view of views) view.show(exploration, verdict);
      const count = node.querySelectorAll('[aria-invalid="true"]').length;
      wrong.textContent = count === 0 ? '' : `${count} to mend`;
    },
  };
}
