import type { StageExecution } from '../plan/stage-execution-plan.ts';

/** The stage that says the seed of what a stage takes: the stage itself, or the nearest before it that has one. */
export function seededStage(
  stages: readonly StageExecution[],
  stage: StageExecution,
  index: number,
): StageExecution {
  return stages.slice(0, index + 1).findLast(({ stage_config }) => stage_config.seed !== null) ?? stage;
}

/** The seed of one image of a stage, -1 where nobody knows it: image i of a batch has the stated seed + i. */
export function seedOfImage({ input, stage_config }: StageExecution, image: number): number {
  const seed = stage_config.seed ?? -1;
  return input.source !== 'stage' && seed !== -1 ? seed + image : seed;
}
