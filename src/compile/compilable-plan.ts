import { assertPlan } from '../plan/no-plan-error.ts';
import type {
  LikeStageExecution,
  StageExecution,
  StageExecutionPlan,
  UpscaleExecution,
} from '../plan/stage-execution-plan.ts';
import type { PassFreeFields } from '../plan/stages/stage-fields.ts';
import type { DeepReadonly } from '../readonly.ts';

/** A stage of one's own, with settings of its own. */
type OwnStage = Omit<UpscaleExecution, 'stage_type' | 'stage_config'> & {
  readonly stage_type: string;
  readonly stage_config: DeepReadonly<PassFreeFields> & { readonly stage_type: string };
};

/** A plan, with stages of one's own or without. */
export type CompilablePlan = Omit<StageExecutionPlan, 'stages'> & {
  readonly stages: readonly (StageExecution | LikeStageExecution | OwnStage)[];
};

/**
 * The stages of a plan. A stage that is not known here is told by its type before anything of its config is read.
 *
 * @throws {NoPlanError} when it is anything but a plan.
 */
export function stagesOf(plan: CompilablePlan): readonly StageExecution[] {
  assertPlan(plan);
  return plan.stages as readonly StageExecution[];
}
