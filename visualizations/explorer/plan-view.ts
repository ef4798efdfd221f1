import { backendPicker } from './backend-picker.ts';
import { copyMenu } from './copy/copy-menu.ts';
import { element } from './element.ts';
import type { Exploration } from './exploration.ts';
import type { Notice } from './notice.ts';
import { sentFor } from './sent.ts';
import { sentView } from './sent-view.ts';
import { stageCard } from './stage-card.ts';
import type { Store } from './store.ts';
import type { Verdict } from './verdict.ts';
import type { View } from './view.ts';

/** The plan as one card for each stage, with what a backend is sent for it, and the ways to take it away. */
export function planView(store: Store, notice: Notice): View {
  const title = element('h2', { id: 'plan-title' });
  const picker = backendPicker(store);
  const menu = copyMenu(notice);
  const body = element('div', { class: 'plan-body' });
  const unfolded = new Set<string>();
  const node = element(
    'section',
    { class: 'plan', 'aria-labelledby': 'plan-title' },
    element('div', { class: 'bar' }, title, picker.node, menu.node),
    body,
  );
  return {
    node,
    show: (exploration, verdict, sheet) => {
      title.textContent = verdict.kind === 'planned' ? 'Stages' : 'No stages yet';
      picker.show(exploration, verdict, sheet);
      menu.show(exploration, verdict, sheet);
      body.replaceChildren(...contents(exploration, verdict, unfolded));
    },
  };
}

function contents({ backend }: Exploration, verdict: Verdict, unfolded: Set<string>): readonly Node[] {
  if (verdict.kind !== 'planned') return [];
  const { plan } = verdict;
  const sent = sentFor(plan, backend);
  const cards = plan.stages.map((stage) =>
    stageCard(plan, stage, sentView(sent, backend, stage.id, unfolded)),
  );
  return [element('ol', { class: 'cards' }, ...cards)];
}
