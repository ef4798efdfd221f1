import { type StagePlanExplanation, sayDecision } from '../../src/index.ts';
import { element } from './element.ts';
import { stageCard } from './stage-card.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** The plan as one card for each stage, and what is not in it. */
export function planView(): View {
  const node = element('section', { class: 'plan', 'aria-labelledby': 'plan-title' });
  return {
    node,
    show: (_exploration, verdict) => {
      node.hidden = verdict.kind === 'invalid';
      const title = verdict.kind === 'planned' ? 'Stages' : 'Not planned';
      node.replaceChildren(element('h2', { id: 'plan-title' }, title), ...contents(verdict));
    },
  };
}

function contents(verdict: Verdict): readonly Node[] {
  if (verdict.kind === 'invalid') return [];
  const leftOut = leftOutOf(verdict.explanation);
  if (verdict.kind === 'rejected') return [leftOut];
  const cards = verdict.plan.stages.map((stage) => stageCard(verdict.plan, stage));
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
