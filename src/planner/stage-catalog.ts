import type { z } from 'zod';
import { knownRun, type RunSchema } from '../config/run-schema.ts';
import { type StageConfigOf, stageConfig } from '../plan/stage-config.ts';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';

/** All that a planner knows of stages beside their order. */
export interface StageCatalog extends RunSchema {
  readonly StageExecutionPlan: z.ZodType<z.output<typeof StageExecutionPlan>>;
  readonly stageConfig: StageConfigOf;
}

/** The stages that every planner knows. */
export const knownStages: StageCatalog = { ...knownRun, StageExecutionPlan, stageConfig };
