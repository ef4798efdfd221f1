import { describe, expect, test } from 'vitest';
import { everyPolicy, everythingAllowed, type PolicyName, policyNames } from '../../machines/policies.ts';
import {
  buildStagePlan,
  canonicalSequence,
  explainStagePlan,
  legalStageOrders,
  migrateStagePlan,
  repairStageOrder,
  safeBuildStagePlan,
  sequences,
  verifyStagePlan,
} from '../../src/index.ts';
import { findRoute } from '../../src/route/route.ts';
import { checkSequence } from '../../src/testing/index.ts';
import { configOf, everySwitchSet, on } from '../fixtures.ts';
import { optionalStages } from '../growth/machines.ts';
import { changeState } from '../rebuild.ts';

/** The policies that a run needs, by what it does to an image that nothing of it generated. */
function policiesNeeded(run: Readonly<Record<string, boolean>>): readonly PolicyName[] {
  if (run.txt2img_enabled) return [];
  if (run.img2img_enabled) return ['externalInput'];
  return [
    'externalInput',
    ...(run.upscale_enabled ? (['standaloneUpscale'] as const) : []),
    ...(run.adetailer_enabled ? (['standaloneAdetailer'] as const) : []),
  ];
}

const photo = { input_image: 'photo.png' };

describe.each(Object.entries(sequences))('of %s', (_, sequence) => {
  test.each(everyPolicy.filter(({ externalInput }) => !externalInput))(
    'no plan starts from an existing image where externalInput is false, whatever else is open: %o',
    (policies) => {
      for (const run of everySwitchSet) {
        const result = safeBuildStagePlan({ ...configOf(run), ...photo }, { sequence, ...policies });
        if (result.success) expect(result.plan.stages[0]?.stage_type).toBe('txt2img');
      }
    },
  );

  test('no policy opens what another has closed: each plan needs its own policies open, and no others', () => {
    for (const policies of everyPolicy)
      for (const run of everySwitchSet) {
        const legal = safeBuildStagePlan(configOf(run), { sequence, ...policies }).success;
        const possible = safeBuildStagePlan(configOf(run), { sequence, ...everythingAllowed }).success;
        const open = policiesNeeded(run).every((name) => policies[name]);
        expect(legal, `${on(run)} under ${JSON.stringify(policies)}`).toBe(possible && open);
      }
  });

  test('a plan from an existing image is not valid where externalInput is false', () => {
    const open = { sequence, standaloneUpscale: true, standaloneAdetailer: true };
    const plan = buildStagePlan({ upscale_enabled: true, ...photo }, open);
    expect(verifyStagePlan(plan, open).valid).toBe(true);
    expect(verifyStagePlan(plan, { ...open, externalInput: false })).toMatchObject({
      problems: [{ code: 'illegal_events' }],
    });
  });

  test('ADetailer on an existing image is a plan where standaloneAdetailer allows it, and no other policy does', () => {
    const run = { adetailer_enabled: true, ...photo };
    const planned = everyPolicy.filter(
      (policies) => safeBuildStagePlan(run, { sequence, ...policies }).success,
    );
    expect(planned).toEqual(
      everyPolicy.filter(({ externalInput, standaloneAdetailer }) => externalInput && standaloneAdetailer),
    );
  });

  test('an upscale and ADetailer on an existing image need both policies, and stand in the order of the machine', () => {
    const run = { adetailer_enabled: true, upscale_enabled: true, ...photo };
    const planned = everyPolicy.filter(
      (policies) => safeBuildStagePlan(run, { sequence, ...policies }).success,
    );
    expect(planned).toEqual([{ externalInput: true, standaloneUpscale: true, standaloneAdetailer: true }]);
    const stages = buildStagePlan(run, { sequence, ...planned[0] }).stages.map(
      ({ stage_type }) => stage_type,
    );
    const whole = buildStagePlan({ ...run, txt2img_enabled: true }, { sequence }).stages;
    expect(stages).toEqual(whole.slice(1).map(({ stage_type }) => stage_type));
  });
});

describe("a machine of one's own that nobody checked", () => {
  const unguarded = changeState(canonicalSequence, 'start', {
    on: { 'stage.img2img': { target: '#canonicalSequence.redrawn' } },
  });
  const run = { img2img_enabled: true, ...photo };
  const external = 'takes an existing image although externalInput is false: give it a guard.';

  test.each(everyPolicy.filter(({ externalInput }) => !externalInput))(
    'plans, verifies and lists nothing that starts from an existing image under %o',
    (policies) => {
      const options = { sequence: unguarded, ...policies };
      const plan = buildStagePlan(run, { sequence: unguarded });
      expect(() => buildStagePlan(run, options)).toThrow(external);
      expect(() => explainStagePlan(run, options)).toThrow(external);
      expect(() => verifyStagePlan(plan, options)).toThrow(external);
      expect(() => legalStageOrders(options)).toThrow(external);
    },
  );

  test.each([
    ['takes plan.finished', { on: { 'plan.finished': { target: '#canonicalSequence.complete' } } }],
    ['ends the plan', { type: 'final', on: {} }],
  ])('plans nothing where its start %s: an empty plan is no plan', (fault, change) => {
    const sequence = changeState(canonicalSequence, 'start', change);
    const message = `start ${fault}: the way out of the start must be a stage.`;
    expect(() => buildStagePlan({}, { sequence })).toThrow(message);
    const problems = checkSequence(sequence).filter(({ code }) => code !== 'unreachable_state');
    expect(problems).toEqual([{ code: 'empty_plan', state: 'start', message }]);
  });
});

describe('a fix', () => {
  test('opens a policy that was left at its default, and is taken with its options', () => {
    const { fixes } = explainStagePlan({ upscale_enabled: true });
    expect(fixes.map(({ change, options, flips }) => [change, options, flips])).toEqual([
      [{}, { standaloneUpscale: true }, 1],
      [{ txt2img_enabled: true }, {}, 1],
      [{ img2img_enabled: true }, {}, 1],
    ]);
    for (const { change, options } of fixes)
      expect(safeBuildStagePlan({ upscale_enabled: true, ...change }, options).success).toBe(true);
  });

  test.each(policyNames.filter((name) => name !== 'externalInput'))(
    'never opens %s where it was closed on purpose',
    (name) => {
      for (const run of everySwitchSet) {
        const { fixes } = explainStagePlan(configOf(run), { [name]: false });
        expect(fixes.flatMap(({ options }) => Object.keys(options))).not.toContain(name);
      }
    },
  );

  test('opens nothing where externalInput was closed: it would not help', () => {
    for (const run of everySwitchSet) {
      const { fixes } = explainStagePlan(configOf(run), { externalInput: false });
      expect(fixes.every(({ options }) => Object.keys(options).length === 0)).toBe(true);
    }
  });

  test.each([
    [{ adetailer_enabled: true, ...photo }, ['standaloneAdetailer', 'img2img_enabled', 'txt2img_enabled']],
    [{ upscale_enabled: true, ...photo }, ['standaloneUpscale', 'img2img_enabled', 'txt2img_enabled']],
    [{ adetailer_enabled: true }, ['standaloneAdetailer', 'txt2img_enabled', 'img2img_enabled']],
  ])(
    'of %j comes first that uses the image, then that opens a policy, then in running order',
    (run, first) => {
      const { fixes } = explainStagePlan(run);
      expect(fixes.map(({ change, options }) => Object.keys({ ...options, ...change })[0])).toEqual(first);
    },
  );

  test('of many equally near ones counts a policy as a flip', () => {
    const { fixes } = explainStagePlan({ upscale_enabled: true, adetailer_enabled: true, ...photo });
    expect(fixes.every(({ flips }) => flips === 1)).toBe(true);
    expect(fixes.flatMap(({ options }) => Object.keys(options))).toEqual([]);
  });
});

test('a plan that no policy of the other sequence allows is not migrated, and nothing is dropped on the way', () => {
  const open = { standaloneUpscale: true, standaloneAdetailer: true };
  const plan = buildStagePlan({ upscale_enabled: true, adetailer_enabled: true, ...photo }, open);
  expect(() => migrateStagePlan(plan, 'detail-before-upscale')).toThrow('before it');
  const { plan: moved, diff } = migrateStagePlan(plan, 'detail-before-upscale', open);
  expect(moved.stages.map(({ id }) => id)).toEqual(['1-adetailer', '2-upscale']);
  expect(diff.text).toContain('moves');
});

test('what cannot be repaired is told in the words of a list', () => {
  expect(() => repairStageOrder(['txt2img', 'mosaic'])).toThrow(
    'Leave mosaic out: canonicalSequence has no stage mosaic.',
  );
});

test('a route names its stages, passes and decisions', () => {
  const route = findRoute({ txt2img_enabled: true, hires_enabled: true }, {});
  expect(route.legal && route.events).toEqual(['stage.txt2img', 'pass.hires', 'plan.finished']);
  expect(() => findRoute({}, { sequence: 'none' as 'canonical' })).toThrow('sequence must be');
});

test('the route of one stage of a long sequence is as long as that of a short one', () => {
  const routes = [4, 64].map((count) => findRoute({ s1_enabled: true }, { sequence: optionalStages(count) }));
  expect(routes.map((route) => route.legal && route.events)).toEqual(
    routes.map(() => ['stage.s1', 'plan.finished']),
  );
});
