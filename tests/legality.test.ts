import { describe, expect, test } from 'vitest';
import { canonicalSequence, safeBuildStagePlan, verifyStageOrder } from '../src/index.ts';
import { everyPolicy } from '../src/sequence/reachable-states.ts';
import { completeWalks, searchWalks } from '../src/sequence/walk.ts';
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

test('of the 64 sets of events 36 have exactly one walk, and the other 28 have none', () => {
  const policies = { externalInput: true, standaloneUpscale: false };
  const events = canonicalSequence.events.filter((event) => event !== 'plan.finished');
  const counts = Array.from({ length: 64 }, (_, bits) => {
    const wanted = events.filter((_event, index) => (bits >> index) & 1).sort();
    return searchWalks(canonicalSequence, policies, wanted).complete.length;
  });
  expect(counts.filter((count) => count === 1)).toHaveLength(36);
  expect(counts.filter((count) => count === 0)).toHaveLength(28);
  expect(completeWalks(canonicalSequence, policies)).toHaveLength(36);
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
