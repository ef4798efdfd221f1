import { type StagePlanExplanation, sayDecision } from '../../src/index.ts';
import { backendPicker } from './backend-picker.ts';
import { element } from './element.ts';
import type { Exploration } from './exploration.ts';
import { sentFor } from './sent.ts';
import { sentView } from './sent-view.ts';
import { stageCard } from './stage-card.ts';
import type { Store } from './store.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** The plan as one card for each stage, with what a backend is sent for it, and what is not in the plan. */
export function planView(store: Store): View {
  const title = element('h2', { id: 'plan-title' });
  const picker = backendPicker(store);
  const body = element('div', { class: 'plan-body' });
  const unfolded = new Set<string>();
  const node = element(
    'section',
    { class: 'plan', 'aria-labelledby': 'plan-title' },
    element('div', { class: 'bar' }, title, picker.node),
    body,
  );
  return {
    node,
    show: (exploration, verdict) => {
      node.hidden = verdict.kind === 'invalid';
      title.textContent = verdict.kind === 'planned' ? 'Stages' : 'Not planned';
      picker.show(exploration, verdict);
      body.replaceChildren(...contents(exploration, verdict, unfolded));
    },
  };
}

function contents({ backend }: Exploration, verdict: Verdict, unfolded: Set<string>): readonly Node[] {
  if (verdict.kind === 'invalid') return [];
  const leftOut = leftOutOf(verdict.explanation);
  if (verdict.kind === 'rejected') return [leftOut];
  const sent = sentFor(verdict.plan, backend);
  const cards = verdict.plan.stages.map((stage) =>
    stageCard(verdict.plan, stage, sentView(sent, backend, stage.id, unfolded)),
  );
  const rest = leftOut.childElementCount === 0 ? [] : [element('h3', {}, 'Not planned'), leftOut];
  return [element('ol', { class: 'cards' }, ...cards), ...rest];
}

function leftOutOf({ sequence_id, decisions }: StagePlanExplanation): HTMLElement {
  const items = decisions
    .filter(({ outcome }) => outcome === 'skipped' || outcome === 'rejected')
    .map((decision) =>
      element(
        'li',
        { 'data-reason': decision.reason },
        element('span', { class: 'name' }, decision.stage ?? decision.pass ?? ''),
        element('span', { class: 'why' }, sayDecision(decision, sequence_id)),
      ),
    );
  return element('ul', { class: 'left-out' }, ...items);
}
