import { describe, expect, test } from 'vitest';
import {
  buildStagePlan,
  type RunConfigInput,
  resolveSeeds,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../../src/index.ts';

const chain: RunConfigInput = {
  txt2img_enabled: true,
  img2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  batch_size: 2,
};

function seedsOf(config: RunConfigInput) {
  return buildStagePlan(config).stages.map(({ stage_config }) => stage_config.seed);
}

describe('the seed of a stage', () => {
  test('is stated where the plan starts, and null, that of the image it takes, in every later stage', () => {
    expect(seedsOf({ ...chain, seed: 42 })).toEqual([42, null, null, null]);
    expect(seedsOf({ img2img_enabled: true, adetailer_enabled: true, seed: 42 })).toEqual([42, null]);
  });

  test('is its own where img2img states one, in the middle of a plan and at its start', () => {
    expect(seedsOf({ ...chain, seed: 42, img2img: { seed: 7 } })).toEqual([42, 7, null, null]);
    expect(seedsOf({ img2img_enabled: true, seed: 42, img2img: { seed: 7 } })).toEqual([7]);
  });

  test('of its own is read out of the plan where that is verified', () => {
    const plan = buildStagePlan({ ...chain, seed: 42, img2img: { seed: 7 } });
    expect(verifyStagePlan(plan)).toEqual({ valid: true, plan, problems: [] });
  });
});

describe('resolveSeeds', () => {
  const plan = buildStagePlan({ ...chain, seed: -1, img2img: { seed: -1 } });
  const counting = () => {
    let last = 99;
    return (below: number) => {
      expect(below).toBe(2 ** 32);
      last += 1;
      return last;
    };
  };

  test('replaces every -1 by a number that is drawn, and records the numbers', () => {
    const resolved = resolveSeeds(plan, counting());
    expect(resolved.plan.stages.map(({ stage_config }) => stage_config.seed)).toEqual([100, 101, null, null]);
    expect(resolved.seeds).toEqual([
      { stage_id: '1-txt2img', seed: 100 },
      { stage_id: '2-img2img', seed: 101 },
    ]);
  });

  test('gives a frozen plan that verifies, and leaves the one that it is handed alone', () => {
    const { plan: resolved } = resolveSeeds(plan, counting());
    expect(verifyStagePlan(resolved)).toEqual({ valid: true, plan: resolved, problems: [] });
    expect(Object.isFrozen(resolved.stages[0]?.stage_config)).toBe(true);
    expect(plan.stages[0]?.stage_config.seed).toBe(-1);
  });

  test('freezes what it makes, and nothing of a plan that is not frozen', () => {
    const thawed = structuredClone(plan);
    const { plan: resolved } = resolveSeeds(thawed, counting());
    const [first, , upscale] = resolved.stages;
    expect([resolved, first, first?.stage_config].every(Object.isFrozen)).toBe(true);
    expect(upscale).toBe(thawed.stages[2]);
    expect([thawed.metadata, thawed.stages, thawed.stages[0], upscale].some(Object.isFrozen)).toBe(false);
  });

  test('gives a plan without a random seed back as it is', () => {
    const fixed = buildStagePlan({ ...chain, seed: 5 });
    const never = () => expect.unreachable('nothing is to be drawn');
    expect(resolveSeeds(fixed, never)).toEqual({ plan: fixed, seeds: [] });
    expect(resolveSeeds(fixed, never).plan).toBe(fixed);
  });

  test.each([-1, 2 ** 32, 0.5, Number.NaN])('refuses %d from randomInt', (drawn) => {
    expect(() => resolveSeeds(plan, () => drawn)).toThrow(
      new RangeError(`randomInt must give a whole number from 0 to 4294967295, but gave ${drawn}.`),
    );
  });

  test.each([0, 2 ** 32 - 1])('takes %d', (drawn) => {
    expect(resolveSeeds(plan, () => drawn).seeds[0]?.seed).toBe(drawn);
  });
});

test('a seed is so small that each image of the largest batch has a number of its own', () => {
  const largest = 2 ** 53 - 10 ** 12;
  const takes = (seed: number) => safeBuildStagePlan({ ...chain, seed }).success;
  expect([takes(largest), takes(largest + 1)]).toEqual([true, false]);
  expect(Number.isSafeInteger(largest + 10 ** 6 * 10 ** 6 - 1)).toBe(true);
});
