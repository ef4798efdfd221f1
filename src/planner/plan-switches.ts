import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { type Switches, switchesOf, switchOf } from '../route/wanted-events.ts';
import type { StageSequence } from '../sequence/sequence.ts';

/** The switches that a plan was built from. */
export function planSwitches(plan: StageExecutionPlan, sequence: StageSequence): Switches {
  return switchesIn(plan, sequence, plan.stages[0]?.stage_config);
}

/** The switches that a plan was built from, if the config of this stage of it tells the truth. */
export function switchesIn(
  plan: StageExecutionPlan,
  sequence: StageSequence,
  carrier: object | undefined,
): Switches {
  const present = plan.stages.map(({ stage_type }) => [switchOf(`stage.${stage_type}`), true]);
  return switchesOf(sequence, {
    // A stage of one's own has no switch on the others: it is on when it is there.
    ...Object.fromEntries(present),
    ...carrier,
    refiner_enabled: plan.stages.some(({ stage_config }) => stage_config.refiner_enabled),
    hires_enabled: plan.stages.some(({ stage_config }) => stage_config.hires_enabled),
  });
}
