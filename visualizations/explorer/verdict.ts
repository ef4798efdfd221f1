import {
  InvalidRunConfigError,
  type InvalidStagePlanError,
  type StageExecutionPlan,
  type StagePlanExplanation,
} from '../../src/index.ts';
import { planOfRun } from '../../src/planner/build-stage-plan.ts';
import { explanationOfRun } from '../../src/planner/explain-stage-plan.ts';
import { routeRun } from '../../src/planner/route-run.ts';
import { knownStages } from '../../src/planner/stage-catalog.ts';
import { type Exploration, planOptions } from './exploration.ts';

/** What the library says of an exploration. */
export type Verdict =
  | {
      readonly kind: 'planned';
      readonly plan: StageExecutionPlan;
      readonly explanation: StagePlanExplanation;
    }
  | {
      readonly kind: 'rejected';
      readonly error: InvalidStagePlanError;
      readonly explanation: StagePlanExplanation;
    }
  | { readonly kind: 'invalid'; readonly error: InvalidRunConfigError };

export function judge(exploration: Exploration): Verdict {
  const { config } = exploration;
  const routed = routeRun(knownStages, config, planOptions(exploration));
  const result = planOfRun(routed);
  const explanation = explanationOfRun(routed);
  if (result.success) return { kind: 'planned', plan: result.plan, explanation };
  const { error } = result;
  if (error instanceof InvalidRunConfigError) return { kind: 'invalid', error };
  return { kind: 'rejected', error, explanation };
}

/** The first line of an error: what is wrong as a whole. */
export function headlineOf(error: Error): string {
  return error.message.split('\n', 1).join('');
}
