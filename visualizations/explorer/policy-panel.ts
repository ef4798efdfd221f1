import { type PolicyName, policies, policyNames } from '../../machines/policies.ts';
import { sequenceNames } from '../../machines/sequences.ts';
import { element } from './element.ts';
import { type SequenceChoice, sequenceOf } from './exploration.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

/** The sequence to plan by, and what the caller allows. */
export function policyPanel(store: Store): View {
  const sequences = [...sequenceNames.map((name) => sequenceChoice(name, store)), ownSequence(store)];
  const allowed = [...policyNames.map((name) => policy(name, store)), repair(store)];
  const views = [...sequences, ...allowed];
  return {
    node: element(
      'div',
      { class: 'policy-panel' },
      element(
        'fieldset',
        { class: 'sequences' },
        element('legend', {}, 'Sequence'),
        ...sequences.map(({ node }) => node),
      ),
      element(
        'fieldset',
        { class: 'policies' },
        element('legend', {}, 'Policies'),
        ...allowed.map(({ node }) => node),
      ),
    ),
    show: (...shown) => {
      for (const view of views) view.show(...shown);
    },
  };
}

/** The machine that was brought, where one was. */
function ownSequence(store: Store): View {
  const view = sequenceChoice('own', store);
  return {
    node: view.node,
    show: (exploration, ...shown) => {
      view.show(exploration, ...shown);
      view.node.hidden = exploration.machine === undefined;
      const label = view.node.querySelector('label');
      if (label !== null && exploration.machine !== undefined)
        label.textContent = `${sequenceOf({ ...exploration, sequence: 'own' }).id} (yours)`;
    },
  };
}

function sequenceChoice(name: SequenceChoice, store: Store): View {
  return choice(
    element('input', { type: 'radio', name: 'sequence', id: `sequence-${name}` }),
    name,
    () => store.change({ sequence: name }),
    () => store.get().sequence === name,
  );
}

function policy(name: PolicyName, store: Store): View {
  return choice(
    element('input', { type: 'checkbox', id: `policy-${name}` }),
    policies[name].label,
    (on) => store.change({ [name]: on }),
    () => store.get()[name],
  );
}

function repair(store: Store): View {
  return choice(
    element('input', { type: 'checkbox', id: 'policy-order' }),
    'Repair a wrong stage_order',
    (on) => store.change({ order: on ? 'repair' : 'reject' }),
    () => store.get().order === 'repair',
  );
}

function choice(
  input: HTMLInputElement,
  label: string,
  choose: (on: boolean) => void,
  chosen: () => boolean,
): View {
  input.addEventListener('change', () => choose(input.checked));
  return {
    node: element('div', { class: 'choice' }, input, element('label', { for: input.id }, label)),
    show: () => {
      input.checked = chosen();
    },
  };
}
