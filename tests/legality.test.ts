import { describe, expect, test } from 'vitest';
import { defaultPolicies, everyPolicy } from '../machines/policies.ts';
import { sequenceNames } from '../machines/sequences.ts';
import { canonicalSequence, safeBuildStagePlan, verifyStageOrder } from '../src/index.ts';
import { readSequence } from '../src/sequence/reading.ts';
import { countWays, nearestWays } from '../src/sequence/ways.ts';
import { configOf, everySwitchSet, on } from './fixtures.ts';
import { brokenRules, keepsOrder, passesAsked, stagesAsked } from './seed-rules.ts';

describe.each(sequenceNames)('%s', (sequence) => {
  describe.each(everyPolicy)('under %o', (policies) => {
    test.each(everySwitchSet.map((run) => [on(run), run] as const))(
      '%s is planned or rejected by the rules of the seed',
      (_, run) => {
        const broken = brokenRules(run, policies);
        const result = safeBuildStagePlan(configOf(run), { sequence, ...policies });
        expect(result.success, broken.join('; ')).toBe(broken.length === 0);
        if (!result.success) return;
        const stages = result.plan.stages.map((stage) => stage.stage_type);
        expect(new Set(stages)).toEqual(stagesAsked(run));
        expect(stages).toHaveLength(stagesAsked(run).size);
        expect(keepsOrder(stages, sequence), stages.join()).toBe(true);
        const carried = result.plan.decisions.flatMap(({ pass, ...decision }) =>
          pass === null || decision.outcome !== 'planned' ? [] : [`${pass} in ${decision.stage_id.slice(2)}`],
        );
        expect(carried.toSorted()).toEqual(passesAsked(run));
      },
    );
  });
});

test('the sequences differ in their order wherever both ADetailer and an upscale are asked for, and nowhere else', () => {
  for (const run of everySwitchSet) {
    const [canonical, other] = sequenceNames.map((sequence) =>
      safeBuildStagePlan(configOf(run), { sequence }),
    );
    if (!canonical?.success || !other?.success) continue;
    const [before, after] = [canonical, other].map(({ plan }) =>
      plan.stages.map(({ stage_type }) => stage_type),
    );
    const both = stagesAsked(run).has('adetailer') && stagesAsked(run).has('upscale');
    expect(before?.join() === after?.join(), on(run)).toBe(!both);
  }
});

test('of the 64 sets of events 40 have exactly one way, and the other 24 have none', () => {
  const policies = defaultPolicies;
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

describe.each(sequenceNames)('%s', (sequence) => {
  test.each(everyPolicy)('verifies every order of every set of stages by the rules, under %o', (policies) => {
    for (const stages of permutations) {
      const run = Object.fromEntries(stages.map((stage) => [`${stage}_enabled`, true]));
      const legal = brokenRules(run, policies).length === 0 && keepsOrder(stages, sequence);
      expect(verifyStageOrder(stages, { sequence, ...policies }).valid, stages.join()).toBe(legal);
    }
    expect(permutations).toHaveLength(65);
  });
});

/** Every order of every subset. */
function permute(items: readonly string[]): readonly (readonly string[])[] {
  return [
    [],
    ...items.flatMap((item) =>
      permute(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
    ),
  ];
}
