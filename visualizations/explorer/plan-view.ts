import type { StagePlanExplanation } from '../../src/index.ts';
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
      node.replaceChildren(element('h2', { id: 'plan-title' }, 'Stages'), ...contents(verdict));
    },
  };
}

function contents(verdict: Verdict): readonly Node[] {
  if (verdict.kind === 'invalid') return [];
  if (verdict.kind === 'rejected') return leftOut(verdict.explanation);
  const cards = verdict.plan.stages.map((stage) => stageCard(verdict.plan, stage));
  return [element('ol', { class: 'cards' }, ...cards), ...leftOut(verdict.explanation)];
}

function leftOut({ decisions }: StagePlanExplanation): readonly Node[] {
  const items = decisions
    .filter(({ outcome }) => outcome === 'skipped' || outcome === 'rejected')
    .map(({ stage, pass, outcome, message }) =>
      element(
        'li',
        { 'data-outcome': outcome },
        element('span', { class: 'name' }, stage ?? pass ?? ''),
        element('span', { class: 'why' }, message),
      ),
    );
  if (items.length === 0) return [];
  return [element('h3', {}, 'Not planned'), element('ul', { class: 'left-out' }, ...items)];
}
