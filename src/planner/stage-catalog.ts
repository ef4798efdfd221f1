import type { z } from 'zod';
import { knownRun, type RunSchema } from '../config/run-schema.ts';
import { stageConfig } from '../plan/stage-config.ts';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { StageKinds } from '../plan/stage-executions.ts';

/** All that a planner knows of stages beside their order. */
export interface StageCatalog extends RunSchema, StageKinds {
  readonly StageExecutionPlan: z.ZodType<z.output<typeof StageExecutionPlan>>;
}

/** The stages that every planner knows. */
export const knownStages: StageCatalog = {
  ...knownRun,
  StageExecutionPlan,
  stageConfig,
  keepsSize: () => false,
};
