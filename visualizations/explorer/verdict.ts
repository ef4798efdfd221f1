import {
  explainStagePlan,
  InvalidRunConfigError,
  type InvalidStagePlanError,
  type StageExecutionPlan,
  type StagePlanExplanation,
  safeBuildStagePlan,
} from '../../src/index.ts';
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
  const options = planOptions(exploration);
  const result = safeBuildStagePlan(config, options);
  const explanation = explainStagePlan(config, options);
  if (result.success) return { kind: 'planned', plan: result.plan, explanation };
  const { error } = result;
  if (error instanceof InvalidRunConfigError) return { kind: 'invalid', error };
  return { kind: 'rejected', error, explanation };
}

/** The first line of an error: what is wrong as a whole. */
export function headlineOf(error: Error): string {
  return error.message.split('\n', 1).join('');
}
