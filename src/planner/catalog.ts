import type { z } from 'zod';
import { RunConfig, sections } from '../config/run-config.ts';
import { type StageConfig, stageConfig } from '../plan/stage-config.ts';
import { StageExecutionPlan } from '../plan/stage-execution-plan.ts';

/** All that a planner knows of stages beside their order. */
export interface StageCatalog {
  readonly RunConfig: z.ZodType<RunConfig>;
  readonly StageExecutionPlan: z.ZodType<z.output<typeof StageExecutionPlan>>;
  /** The keys of a RunConfig under "", and those of each of its sections under the section's name. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** The config of one stage of a run, or undefined for a stage that is not known. */
  readonly stageConfig: (stage: string, run: RunConfig) => StageConfig | undefined;
}

/** The keys of some sections of a RunConfig. */
export function keysOf(
  schemas: Readonly<Record<string, z.ZodObject>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([section, { shape }]) => [section, Object.keys(shape)]),
  );
}

/** The stages that every planner knows. */
export const knownStages: StageCatalog = {
  RunConfig,
  StageExecutionPlan,
  keys: keysOf({ '': RunConfig, ...sections }),
  stageConfig,
};
