import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { filmPlanner } from '../../examples/own-stage.ts';
import { defaultPolicies } from '../../machines/policies.ts';
import {
  canonicalSequence,
  definePlanner,
  defineStage,
  diffStagePlans,
  InvalidSequenceError,
  parseRunConfig,
  planFingerprint,
  resolveSeeds,
  type StageSequence,
  safeBuildStagePlan,
} from '../../src/index.ts';
import { stageExecutions } from '../../src/plan/stage-executions.ts';
import { knownStages } from '../../src/planner/stage-catalog.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { follow, walkedStages } from '../../src/sequence/walk.ts';
import { sequenceOf } from '../growth/machines.ts';
import { rebuild } from '../rebuild.ts';

const film = { txt2img_enabled: true, interpolate_enabled: true };

describe("a planner with a stage of one's own", () => {
  test('plans it, with its settings, its switch and all that every stage has', () => {
    const plan = filmPlanner.buildStagePlan({ ...film, upscale_enabled: true, interpolate: { frames: 24 } });
    expect(plan.stages.map((stage) => stage.id)).toEqual(['1-txt2img', '2-upscale', '3-interpolate']);
    expect(plan.stages[2]).toMatchObject({
      stage_type: 'interpolate',
      input: { source: 'stage', stage_id: '2-upscale' },
      stage_config: {
        interpolate_enabled: true,
        txt2img_enabled: true,
        steps: 20,
        hires_enabled: false,
        settings: { frames: 24 },
      },
    });
  });

  test('gives plans that the functions for every plan take, and give back as they are typed', () => {
    const plan = filmPlanner.buildStagePlan(film);
    const { plan: resolved } = resolveSeeds(plan, () => 7);
    expectTypeOf(resolved).toEqualTypeOf(plan);
    expect(filmPlanner.verifyStagePlan(resolved, { fingerprint: planFingerprint(resolved) }).valid).toBe(
      true,
    );
    expect(diffStagePlans(plan, resolved).text).toBe('txt2img: stage_config.seed changes from -1 to 7.');
  });

  test('knows it in the types of config and plan', () => {
    const plan = filmPlanner.buildStagePlan(film);
    const [stage] = plan.stages;
    if (stage?.stage_config.stage_type === 'interpolate') {
      expectTypeOf(stage.stage_config.settings).toEqualTypeOf<{ readonly frames: number }>();
    }
    expectTypeOf(filmPlanner.buildStagePlan).parameter(0).toHaveProperty('interpolate_enabled');
    expectTypeOf(plan.stages[0]).not.toBeAny();
  });

  test('verifies its plans, and sees when they were tampered with', () => {
    const plan = filmPlanner.buildStagePlan(film);
    const json = JSON.stringify(plan);
    expect(filmPlanner.verifyStagePlan(JSON.parse(json))).toEqual({ valid: true, plan, problems: [] });
    const tampered = (from: string, to: string) =>
      filmPlanner.verifyStagePlan(JSON.parse(json.replace(from, to)));
    expect(tampered('"frames":8', '"frames":1')).toMatchObject({
      valid: false,
      problems: [{ code: 'malformed_plan' }],
    });
    expect(tampered('"frames":8', '"frame":8').valid).toBe(false);
    expect(tampered('"2-interpolate"', '"2-film"')).toMatchObject({ problems: [{ code: 'wrong_id' }] });
  });

  test('checks its settings, and suggests their keys', () => {
    const result = filmPlanner.safeBuildStagePlan({
      ...film,
      interpolate: { frame: 8, frames: 1 },
      interpolate_enable: true,
      frames: 3,
    });
    expect(!result.success && result.error.name).toBe('InvalidRunConfigError');
    expect(!result.success && result.error.message.split('\n').slice(1)).toEqual([
      '- interpolate.frames must be at least 2, but is 1.',
      '- interpolate.frame is not a field of a RunConfig. Did you mean frames?',
      '- interpolate_enable is not a field of a RunConfig. Did you mean interpolate_enabled?',
      '- frames is not a field of a RunConfig. Did you mean interpolate.frames?',
    ]);
    expect(() => filmPlanner.buildStagePlan({ interpolate: { frames: 100 } })).toThrow(
      'interpolate.frames must be at most 64',
    );
  });

  test('explains it, and offers fixes', () => {
    const { rejections, fixes } = filmPlanner.explainStagePlan({ interpolate_enabled: true });
    expect(rejections).toMatchObject([{ code: 'unreachable_stage', stage: 'interpolate', state: 'start' }]);
    expect(fixes).toMatchObject([{ change: { txt2img_enabled: true } }]);
    expect(
      filmPlanner.explainStagePlan(film).decisions.map(({ stage, outcome }) => [stage, outcome]),
    ).toEqual([
      ['txt2img', 'planned'],
      ['upscale', 'skipped'],
      ['interpolate', 'planned'],
    ]);
  });

  test('takes and repairs its order', () => {
    const stated = { ...film, stage_order: ['interpolate', 'txt2img'] };
    expect(filmPlanner.safeBuildStagePlan(stated).success).toBe(false);
    expect(filmPlanner.safeBuildStagePlan(stated, { order: 'repair' }).success).toBe(true);
    expect(filmPlanner.safeBuildStagePlan({ ...film, stage_order: ['img2img'] })).toMatchObject({
      error: { name: 'InvalidRunConfigError' },
    });
  });

  test('has it in its JSON Schemas', () => {
    expect(filmPlanner.runConfigJsonSchema()).toMatchObject({
      properties: {
        interpolate_enabled: { default: false },
        interpolate: { properties: { frames: { minimum: 2, maximum: 64, default: 8 } } },
      },
    });
    expect(JSON.stringify(filmPlanner.stagePlanJsonSchema())).toContain('interpolate');
  });

  test('refuses a switch that its sequence has no stage for', () => {
    expect(filmPlanner.explainStagePlan({ ...film, adetailer_enabled: true }).rejections).toMatchObject([
      { stage: 'adetailer', enterable_from: [] },
    ]);
  });
});

describe('definePlanner refuses', () => {
  const stage = (stage_type: string, name = `${stage_type}_enabled` as const) => ({
    stage_type,
    switch: name as `${string}_enabled`,
    settings: z.strictObject({}),
  });
  const refusal = (
    sequence: typeof canonicalSequence | typeof filmPlanner.sequence,
    ...stages: ReturnType<typeof stage>[]
  ) => {
    try {
      definePlanner({ sequence, stages });
      return [];
    } catch (error) {
      return error instanceof InvalidSequenceError
        ? error.problems.map(({ message }) => message)
        : [String(error)];
    }
  };

  test('nothing about a sequence with the known stages alone', () => {
    expect(
      definePlanner({ sequence: canonicalSequence }).buildStagePlan({ txt2img_enabled: true }).stages,
    ).toHaveLength(1);
  });

  test.each([
    [stage('upscale'), 'upscale is a field of every RunConfig already. Give the stage upscale another name.'],
    [stage('prompt'), 'prompt is a field of every RunConfig already. Give the stage prompt another name.'],
    [
      stage('refiner'),
      'refiner_enabled is a field of every RunConfig already. Give the stage refiner another name.',
    ],
    [stage('inter-polate'), '"inter-polate" is no stage type: name it with letters, digits and _.'],
    [
      stage('interpolate', 'film_enabled'),
      'The switch of interpolate is interpolate_enabled, not film_enabled: leave switch out.',
    ],
  ])('%o', (definition, message) => {
    expect(refusal(canonicalSequence, definition)).toContain(message);
  });

  test('a stage that is defined twice', () => {
    expect(refusal(filmPlanner.sequence, stage('interpolate'), stage('interpolate'))).toEqual([
      'interpolate is defined twice: leave one of the definitions out.',
    ]);
  });

  test('a stage that its sequence does not have, which no run could ever ask for', () => {
    expect(refusal(canonicalSequence, stage('interpolate'))).toEqual([
      'interpolate is defined, but is no stage of canonicalSequence: let an event stage.interpolate lead to it, or leave the definition out.',
    ]);
  });

  test.each([
    [
      { like: 'txt2img' },
      'interpolate cannot be like "txt2img": like is img2img, upscale, or adetailer. For any other work give it settings.',
    ],
    [
      { like: 7 },
      'interpolate cannot be like 7: like is img2img, upscale, or adetailer. For any other work give it settings.',
    ],
    [
      { like: 'upscale', settings: z.strictObject({}) },
      'Give interpolate like or settings, not both: a stage that is like a known one has the settings of that.',
    ],
    [
      { like: 'upscale', keeps_size: true },
      'Leave keeps_size out of interpolate: its sizes are those of upscale.',
    ],
    [
      { like: 'upscale', keep_size: true },
      '"keep_size" is no field of the definition of interpolate. Did you mean keeps_size?',
    ],
    [
      { like: 'upscale', model: 'x' },
      '"model" is no field of the definition of interpolate. Its fields are stage_type, switch, like, settings, keeps_size.',
    ],
    [
      {},
      'Give interpolate settings, a z.strictObject whose fields have defaults, or like: img2img, upscale, or adetailer.',
    ],
    [
      { settings: { frames: 8 } },
      'Give interpolate settings, a z.strictObject whose fields have defaults, or like: img2img, upscale, or adetailer.',
    ],
  ])('a definition with %o, which types do not let through', (wrong, message) => {
    // @ts-expect-error: as from JavaScript.
    const definition = defineStage({ stage_type: 'interpolate', ...wrong });
    expect(refusal(filmPlanner.sequence, definition)).toEqual([message]);
  });

  test('a name that every object has', () => {
    expect(refusal(filmPlanner.sequence, stage('interpolate'), stage('toString'))).toEqual([
      'Every object has a property toString already. Give the stage another name.',
      'toString is defined, but is no stage of filmSequence: let an event stage.toString lead to it, or leave the definition out.',
    ]);
  });

  test.each([[null], ['interpolate'], [{ like: 'upscale' }]])('%j in place of a definition', (wrong) => {
    // @ts-expect-error: as from JavaScript.
    expect(refusal(filmPlanner.sequence, stage('interpolate'), wrong)).toEqual([
      'stages[1] is no definition: make it with defineStage, and give it a stage_type.',
    ]);
  });

  test.each([
    [{ stages: {} }, 'stages must be a list of what defineStage gives.'],
    [{ stage: [] }, 'stage is not an option. Did you mean stages?'],
    [{ sequence: 'canonic' }, 'sequence must be a machine or one of canonical, detail-before-upscale.'],
  ])('%j', (options, message) => {
    // @ts-expect-error: as from JavaScript.
    expect(() => definePlanner({ sequence: 'canonical', ...options })).toThrow(message);
  });

  test('a stage that is like a known one, and says that it takes something else', () => {
    const sequence = sequenceOf('blind', {
      start: { stage: null, on: { 'stage.touch_up': 'touch_up' } },
      touch_up: { stage: 'touch_up', on: { 'plan.finished': 'complete' } },
    });
    const touchUp = defineStage({ stage_type: 'touch_up', like: 'adetailer' });
    expect(() => definePlanner({ sequence, stages: [touchUp] })).toThrow(
      "The state touch_up takes nothing, but the work of adetailer takes an image: write takes: 'image' in its meta.",
    );
  });

  test('a sequence with a stage that nobody defined', () => {
    expect(refusal(filmPlanner.sequence)).toEqual([
      "interpolate is a stage of filmSequence, but no definition of it was given: hand over defineStage({ stage_type: 'interpolate', ... }) in stages.",
    ]);
    expect(() =>
      safeBuildStagePlan(
        { txt2img_enabled: true, stage_order: ['txt2img'] },
        { sequence: filmPlanner.sequence },
      ),
    ).not.toThrow();
  });

  test('a machine that checkSequence refuses', () => {
    const broken = rebuild(canonicalSequence, (root) => ({ ...root, entry: () => {} }));
    expect(refusal(broken)).toEqual([
      'The machine has "entry": planning changes nothing and waits for nothing.',
    ]);
  });
});

test('a stage that the catalog does not know is refused, never left out', () => {
  const { sequence } = filmPlanner;
  const events = ['stage.txt2img', 'stage.interpolate', 'plan.finished'];
  const walk = follow(readSequence(sequence, defaultPolicies), events);
  expect(walk.complete).toBe(true);
  expect(() => stageExecutions(walkedStages(walk), parseRunConfig({}), knownStages, sequence.id)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('The stage interpolate has no settings.'),
      problems: [expect.objectContaining({ code: 'unknown_stage', state: 'interpolate' })],
    }),
  );
});

test('settings of any schema are checked, and what is wrong with them is said', () => {
  const settings = z.strictObject({
    by_key: z.record(z.string(), z.number()).default({}),
    must: z.string(),
    named: z.string().min(1).default('x'),
  });
  const planner = definePlanner({
    sequence: filmPlanner.sequence,
    stages: [{ stage_type: 'interpolate', switch: 'interpolate_enabled', settings }],
  });
  const result = planner.safeBuildStagePlan({ interpolate: { by_key: 7, named: '' } });
  expect(!result.success && result.error.message.split('\n').slice(1)).toEqual([
    '- interpolate.by_key must be record, but is 7.',
    '- interpolate.must must be a string, but is missing.',
    '- interpolate.named must not be empty.',
  ]);
});

test('defineStage gives back what it is given, with its types', () => {
  const definition = defineStage({
    stage_type: 'film',
    switch: 'film_enabled',
    settings: z.strictObject({ fps: z.int().default(24) }),
  });
  expectTypeOf(definition.stage_type).toEqualTypeOf<'film'>();
  expect(definition.stage_type).toBe('film');
});

test('a stage that is not defined, and one that is nowhere, have a code and their name', () => {
  const problemsOf = (sequence: StageSequence, stages: readonly unknown[]) => {
    try {
      definePlanner({ sequence, stages: stages as never });
      return [];
    } catch (error) {
      return error instanceof InvalidSequenceError ? error.problems : [];
    }
  };
  const interpolate = defineStage({ stage_type: 'interpolate', settings: z.strictObject({}) });
  const told = { code: 'unknown_stage', state: 'interpolate' };
  expect(problemsOf(filmPlanner.sequence, [])).toMatchObject([told]);
  expect(problemsOf(canonicalSequence, [interpolate])).toMatchObject([told]);
  expect(problemsOf(canonicalSequence, [{}])).toMatchObject([{ code: 'wrong_definition', state: '' }]);
  expect(() => defineStage({} as never)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ option: 'stage_type' })] }),
  );
});

test("the schemas of a planner of one's own say what they are of: a run may leave fields out, and a plan has all", () => {
  const run = filmPlanner.runConfigJsonSchema();
  const plan = filmPlanner.stagePlanJsonSchema();
  expect(run).toMatchObject({ title: 'RunConfig' });
  expect(run.required).toBeUndefined();
  expect(plan).toMatchObject({ title: 'StageExecutionPlan' });
  expect(plan.required).toContain('warnings');
});
