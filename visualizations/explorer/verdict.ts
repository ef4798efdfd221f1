import {
  explainStagePlan,
  type InvalidRunConfigError,
  type InvalidStagePlanError,
  type RunConfig,
  type StageExecutionPlan,
  type StagePlanExplanation,
  safeBuildStagePlan,
} from '../../src/index.ts';
import { safeParseRunConfig } from '../../src/parse-run-config.ts';
import { type Exploration, planOptions } from './exploration.ts';

/** What the library says of an exploration. */
export type Verdict =
  | {
      readonly kind: 'planned';
      readonly run: RunConfig;
      readonly plan: StageExecutionPlan;
      readonly explanation: StagePlanExplanation;
    }
  | {
      readonly kind: 'rejected';
      readonly run: RunConfig;
      readonly error: InvalidStagePlanError | InvalidRunConfigError;
      readonly explanation: StagePlanExplanation;
    }
  | { readonly kind: 'invalid'; readonly error: InvalidRunConfigError };

export function judge(exploration: Exploration): Verdict {
  const parsed = safeParseRunConfig(exploration.config);
  if (!parsed.success) return { kind: 'invalid', error: parsed.error };
  const options = planOptions(exploration);
  const explanation = explainStagePlan(parsed.config, options);
  const result = safeBuildStagePlan(parsed.config, options);
  return result.success
    ? { kind: 'planned', run: parsed.config, plan: result.plan, explanation }
    : { kind: 'rejected', run: parsed.config, error: result.error, explanation };
}

/** The first line of an error: what is wrong as a whole. */
export function headlineOf(error: Error): string {
  return error.message.split('\n', 1).join('');
}
