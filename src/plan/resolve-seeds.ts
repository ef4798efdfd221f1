import { assertPlan } from './no-plan-error.ts';
import type { AnyStageExecutionPlan, StageExecutionPlan } from './stage-execution-plan.ts';

/** A plan without a random seed, and the seeds that were drawn for it. */
export interface ResolvedSeeds<Plan = StageExecutionPlan> {
  readonly plan: Plan;
  /** The stages whose seed was -1, with the one that they have now. */
  readonly seeds: readonly { readonly stage_id: string; readonly seed: number }[];
}

/** Seeds are drawn below this number, as WebUIs draw them. */
export const seedRange = 2 ** 32;

/**
 * Replaces every seed of -1 by one that is drawn, so that the plan says all that will happen. Pure, but for
 * `randomInt`: it is handed a bound and gives a whole number from 0 up to it, as `randomInt` of `node:crypto` does.
 *
 * The plan itself is neither changed nor frozen. A plan without a random seed comes back as it is.
 *
 * @throws {RangeError} when `randomInt` gives anything else.
 * @throws {NoPlanError} when it is handed anything but a plan.
 */
export function resolveSeeds<Plan extends AnyStageExecutionPlan>(
  plan: Plan,
  randomInt: (below: number) => number,
): ResolvedSeeds<Plan> {
  assertPlan(plan);
  const seeds: { stage_id: string; seed: number }[] = [];
  const stages = plan.stages.map((stage) => {
    if (stage.stage_config.seed !== -1) return stage;
    const seed = drawn(randomInt);
    seeds.push({ stage_id: stage.id, seed });
    return Object.freeze({ ...stage, stage_config: Object.freeze({ ...stage.stage_config, seed }) });
  });
  return {
    plan: seeds.length === 0 ? plan : Object.freeze({ ...plan, stages: Object.freeze(stages) }),
    seeds,
  };
}

function drawn(randomInt: (below: number) => number): number {
  const seed = randomInt(seedRange);
  if (Number.isInteger(seed) && seed >= 0 && seed < seedRange) return seed;
  throw new RangeError(`randomInt must give a whole number from 0 to ${seedRange - 1}, but gave ${seed}.`);
}
