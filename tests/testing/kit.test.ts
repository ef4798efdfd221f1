import fc from 'fast-check';
import {
  buildStagePlan,
  legalStageOrders,
  RunConfig,
  safeBuildStagePlan,
  verifyStageOrder,
  verifyStagePlan,
} from 'stageplan';
import { canonicalSequence, detailBeforeUpscale } from 'stageplan/machines';
import { checkSequence, coverage, illegalOrders, legalPlans, runConfigArbitrary } from 'stageplan/testing';
import { describe, expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { filmPlanner } from '../../examples/own-stage.ts';

describe('legalPlans', () => {
  test.each([canonicalSequence, detailBeforeUpscale])(
    'has one verified plan for every order of $id',
    (sequence) => {
      const plans = [...legalPlans({ sequence, standaloneUpscale: true })];
      expect(legalPlans({ sequence, standaloneUpscale: true })).toMatchObject({ count: plans.length });
      expect(plans.map(({ events }) => events)).toEqual(
        Array.from(legalStageOrders({ sequence, standaloneUpscale: true }), ({ events }) => events),
      );
      for (const { events, config, plan } of plans) {
        expect(plan.events).toEqual(events);
        expect(RunConfig.safeParse(config).success).toBe(true);
        expect(verifyStagePlan(plan, { sequence, standaloneUpscale: true }).valid).toBe(true);
      }
    },
  );

  test("builds with a planner of one's own", () => {
    const { sequence, buildStagePlan: build, safeBuildStagePlan: safeBuild } = filmPlanner;
    const plans = legalPlans({ sequence, externalInput: false }, build);
    expect(Array.from(plans, ({ plan }) => plan.stages.length)).toEqual([1, 2, 2, 3]);
    const results = legalPlans({ sequence }, safeBuild);
    expect(Array.from(results, ({ plan }) => plan.success)).toEqual([true, true, true, true]);
  });
});

describe('illegalOrders', () => {
  const orders = illegalOrders({ maxLength: 3 });

  test('are all refused at their last stage, and no shorter part of them is', () => {
    for (const { stages, rejections } of orders.slice(1)) {
      expect(verifyStageOrder(stages).valid, stages.join()).toBe(false);
      expect(rejections).toMatchObject([{ code: 'illegal_order', index: stages.length - 1 }]);
      const prefix = stages.slice(0, -1);
      expect(prefix.length === 0 || verifyStageOrder(prefix).valid, stages.join()).toBe(true);
    }
  });

  test('are as many as a count by hand gives: the empty one, 2 of one stage, 3 of two, 16 of three', () => {
    const lengths = orders.map(({ stages }) => stages.length);
    expect([0, 1, 2, 3].map((length) => lengths.filter((other) => other === length).length)).toEqual([
      1, 2, 3, 16,
    ]);
    expect(orders[0]).toMatchObject({ stages: [], rejections: [{ code: 'empty_plan' }] });
    expect(illegalOrders({ maxLength: 0 })).toHaveLength(1);
  });

  test('go up to four stages unless told otherwise', () => {
    expect(Math.max(...illegalOrders().map(({ stages }) => stages.length))).toBe(4);
  });
});

describe('runConfigArbitrary', () => {
  test('gives configs that the schema takes, with every field and switch now and then', () => {
    const keys = new Set<string>();
    fc.assert(
      fc.property(runConfigArbitrary(fc), (config) => {
        for (const key of Object.keys(config)) keys.add(key);
        expect(RunConfig.safeParse(config).error?.issues).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    expect([...keys].sort()).toEqual(
      Object.keys(RunConfig.shape)
        .filter((key) => key !== 'stage_order' && key !== 'keep')
        .sort(),
    );
  });

  test("knows the stages of a planner of one's own", () => {
    const configs = fc.sample(runConfigArbitrary(fc, filmPlanner.runConfigJsonSchema()), 50);
    expect(configs.some((config) => 'interpolate' in config)).toBe(true);
    for (const config of configs) {
      const result = filmPlanner.safeBuildStagePlan(config);
      if (result.success || result.error.name !== 'InvalidRunConfigError') continue;
      expect(result.error.message).toContain('makes a picture of');
    }
  });

  test('takes a schema of any shape', () => {
    const schema = {
      properties: {
        any: {},
        number: { type: 'number' },
        integer: { type: 'integer' },
        list: { type: 'array' },
        one: { enum: ['x'] },
        text: { type: 'string', minLength: 1 },
      },
    };
    expect(fc.sample(runConfigArbitrary(fc, schema), 20)).toHaveLength(20);
    expect(fc.sample(runConfigArbitrary(fc, {}), 1)).toEqual([
      { refiner_model_name: 'sd_xl_refiner_1.0.safetensors' },
    ]);
  });

  test('switches the refiner off where it has no model', () => {
    const properties = { refiner_enabled: { enum: [true] }, refiner_model_name: { type: 'null' } };
    const drawn = fc.sample(runConfigArbitrary(fc, { properties }), 100);
    const without = drawn.filter((config) => config.refiner_model_name === null);
    const others = drawn.filter((config) => config.refiner_model_name !== null);
    expect(new Set(without.map((config) => config.refiner_enabled))).toEqual(new Set([false]));
    expect(new Set(others.map((config) => config.refiner_enabled))).toEqual(new Set([true, undefined]));
  });
});

describe('coverage', () => {
  const policies = { externalInput: false };

  test('of one word tells what it saw and what it missed', () => {
    const seen = coverage(canonicalSequence, [{ events: ['stage.txt2img', 'plan.finished'], policies }]);
    expect(seen.complete).toBe(false);
    expect(seen.states.covered).toEqual(['start', 'txt2img', 'txt2img.base', 'complete']);
    expect(seen.transitions.covered).toEqual([
      'start --stage.txt2img--> txt2img',
      'txt2img --plan.finished--> complete',
    ]);
    expect(seen.pairs.covered).toEqual([
      'start --stage.txt2img--> txt2img, then txt2img --plan.finished--> complete',
    ]);
    expect(seen.guards.covered).toEqual([]);
  });

  test('counts a refused event as its guard seen false, and one that nothing offers as nothing', () => {
    const seen = coverage(canonicalSequence, [
      { events: ['stage.img2img', 'plan.finished'], policies },
      { events: ['stage.adetailer'], policies },
      { events: ['pass.hires'], policies },
    ]);
    expect(seen.guards.covered).toEqual([
      'start --stage.img2img--> redrawn is false',
      'start --stage.adetailer--> adetailer is false',
    ]);
    expect(seen.transitions.covered).toEqual([]);
  });
});

test('coverage passes over a transition without a target, which leads nowhere', () => {
  const idle = createMachine({ initial: 'start', states: { start: { on: { 'stage.x': {} } } } });
  const { transitions, pairs } = coverage(idle, [
    { events: ['stage.x', 'stage.x'], policies: { externalInput: true, standaloneUpscale: true } },
  ]);
  expect([transitions, pairs]).toEqual([
    { covered: [], missing: [] },
    { covered: [], missing: [] },
  ]);
});

test('checkSequence finds nothing wrong with the sequences that are shipped, or with the worked example', () => {
  expect([canonicalSequence, detailBeforeUpscale, filmPlanner.sequence].map(checkSequence)).toEqual([
    [],
    [],
    [],
  ]);
});

test('every random config gives a plan or one of the two errors, and the same bytes twice', () => {
  fc.assert(
    fc.property(runConfigArbitrary(fc), (config) => {
      const [once, twice] = [safeBuildStagePlan(config), safeBuildStagePlan(config)];
      expect(JSON.stringify(twice)).toBe(JSON.stringify(once));
      if (once.success) expect(buildStagePlan(config)).toEqual(once.plan);
    }),
  );
});
