import { type StageExecution, type StageExecutionPlan, sayDecision } from '../../src/index.ts';
import { element } from './element.ts';
import { changedSettings, settingsList, spokenSettings } from './settings-list.ts';
import { largestSide, sizeFlow } from './size-flow.ts';

/** One stage of a plan: its place, its image, why it and its passes are there, what is set anew in it, and what is sent. */
export function stageCard(plan: StageExecutionPlan, stage: StageExecution, sent: HTMLElement): HTMLElement {
  const before = plan.stages[stage.order_index - 1]?.stage_config ?? {};
  const changed = changedSettings(stage.stage_config, before);
  return element(
    'li',
    { class: 'card' },
    element('h3', {}, stage.stage_type, ' ', element('span', { class: 'takes' }, takes(stage))),
    sizeFlow(stage, largestSide(plan)),
    ...reasons(plan, stage).map((message) => element('p', { class: 'why' }, message)),
    changed.length === 0
      ? element('p', { class: 'empty' }, 'Set as the stage before.')
      : settingsList(changed, spokenSettings),
    element(
      'details',
      {},
      element('summary', {}, 'All fields ', element('span', { class: 'about' }, stage.id)),
      settingsList(Object.entries(stage.stage_config), Object.entries),
    ),
    sent,
  );
}

function takes({ input }: StageExecution): string {
  if (input.source === 'none') return 'takes no image';
  if (input.source === 'stage') return `takes the image of ${input.stage_id}`;
  return input.image === null ? 'takes an existing image' : `takes ${input.image}`;
}

/** What is unusual about a stage or pass: it stands elsewhere than stated, or in for another. */
function reasons({ sequence, decisions }: StageExecutionPlan, { id }: StageExecution): readonly string[] {
  return decisions
    .filter(
      (decision) =>
        decision.outcome !== 'skipped' && decision.reason !== 'switch_on' && decision.stage_id === id,
    )
    .map((decision) => sayDecision(decision, sequence.id));
}
