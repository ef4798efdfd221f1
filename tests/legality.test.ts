import { describe, expect, test } from 'vitest';
import { everyPolicy } from '../machines/policies.ts';
import { canonicalSequence, safeBuildStagePlan, verifyStageOrder } from '../src/index.ts';
import { readSequence } from '../src/sequence/reading.ts';
import { countWays, nearestWays } from '../src/sequence/ways.ts';
import { configOf, everySwitchSet, on } from './fixtures.ts';
import { brokenRules, keepsOrder, stagesAsked } from './seed-rules.ts';

describe.each(everyPolicy)('under %o', (policies) => {
  test.each(everySwitchSet.map((run) => [on(run), run] as const))(
    '%s is planned or rejected by the rules of the seed',
    (_, run) => {
      const broken = brokenRules(run, policies);
      const result = safeBuildStagePlan(configOf(run), policies);
      expect(result.success, broken.join('; ')).toBe(broken.length === 0);
      if (!result.success) return;
      const stages = result.plan.stages.map((stage) => stage.stage_type);
      expect(new Set(stages)).toEqual(stagesAsked(run));
      expect(stages).toHaveLength(stagesAsked(run).size);
      expect(keepsOrder(stages), stages.join()).toBe(true);
    },
  );
});

test('of the 64 sets of events 40 have exactly one way, and the other 24 have none', () => {
  const policies = { externalInput: true, standaloneUpscale: false };
  const events = canonicalSequence.events.filter((event) => event !== 'plan.finished');
  const { states } = readSequence(canonicalSequence, policies);
  const counts = Array.from({ length: 64 }, (_, bits) => {
    const nearest = nearestWays(states, new Set(events.filter((_event, index) => (bits >> index) & 1)));
    return nearest?.flips === 0 ? nearest.count : 0;
  });
  expect(counts.filter((count) => count === 1)).toHaveLength(40);
  expect(counts.filter((count) => count === 0)).toHaveLength(24);
  expect(countWays(states)).toEqual({ count: 40, at_least: false });
});

const permutations = permute(['adetailer', 'img2img', 'txt2img', 'upscale']);

test.each(everyPolicy)(
  'every order of every set of stages is verified by the rules of the seed, under %o',
  (policies) => {
    for (const stages of permutations) {
      const run = Object.fromEntries(stages.map((stage) => [`${stage}_enabled`, true]));
      const legal = brokenRules(run, policies).length === 0 && keepsOrder(stages);
      expect(verifyStageOrder(stages, policies).valid, stages.join()).toBe(legal);
    }
    expect(permutations).toHaveLength(65);
  },
);

/** Every order of every subset. */
function permute(items: readonly string[]): readonly (readonly string[])[] {
  return [
    [],
    ...items.flatMap((item) =>
      permute(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
    ),
  ];
}
