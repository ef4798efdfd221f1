import type { z } from 'zod';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { knownStages, type StageCatalog } from './stage-catalog.ts';

/** All that a planner knows of stages beside their order: how they are built into plans, and how plans of them are read. */
export interface PlanCatalog extends StageCatalog {
  readonly StageExecutionPlan: z.ZodType<z.output<typeof StageExecutionPlan>>;
}

/** The stages that every planner knows. */
export const knownPlans: PlanCatalog = { ...knownStages, StageExecutionPlan };
