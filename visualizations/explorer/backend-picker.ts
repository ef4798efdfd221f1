import { backendNames, backends } from './backends.ts';
import { element } from './element.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

/** Chooses the backend whose requests the cards show. */
export function backendPicker(store: Store): View {
  const select = element(
    'select',
    { id: 'backend' },
    ...backendNames.map((name) => element('option', { value: name }, backends[name])),
  );
  select.addEventListener('change', () => {
    const backend = backendNames.find((name) => name === select.value);
    if (backend !== undefined) store.change({ backend });
  });
  const node = element('div', { class: 'backend' }, element('label', { for: 'backend' }, 'Sent to'), select);
  return {
    node,
    show: ({ backend }, { kind }) => {
      node.hidden = kind !== 'planned';
      select.value = backend;
    },
  };
}
