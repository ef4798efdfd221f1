import type { InvalidRunConfigError, StageExecutionPlan, StagePlanExplanation } from '../../src/index.ts';
import { planAlong } from '../../src/planner/build-stage-plan.ts';
import { explanationOfRun } from '../../src/planner/explain-stage-plan.ts';
import { routeRun } from '../../src/planner/route-run.ts';
import { knownStages } from '../../src/planner/stage-catalog.ts';
import { type Journey, journeyAlong } from '../journey.ts';
import { type Exploration, planOptions } from './exploration.ts';

/** What the library says of an exploration, and the way of its run. One that is not valid has no way. */
export type Verdict =
  | {
      readonly kind: 'planned';
      readonly plan: StageExecutionPlan;
      readonly explanation: StagePlanExplanation;
      readonly journey: Journey;
    }
  | {
      readonly kind: 'rejected';
      readonly explanation: StagePlanExplanation;
      readonly journey: Journey;
    }
  | { readonly kind: 'invalid'; readonly error: InvalidRunConfigError };

export function judge(exploration: Exploration): Verdict {
  const routed = routeRun(knownStages, exploration.config, planOptions(exploration));
  if (routed.outcome === 'invalid') return { kind: 'invalid', error: routed.error };
  const said = { explanation: explanationOfRun(routed), journey: journeyAlong(routed) };
  if (routed.outcome === 'rejected') return { kind: 'rejected', ...said };
  return { kind: 'planned', plan: planAlong(routed), ...said };
}
