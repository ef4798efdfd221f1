import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  canonicalSequence,
  definePlanner,
  defineStage,
  migrateStagePlan,
  verifyStagePlan,
} from '../../src/index.ts';
import { checkSequence } from '../../src/testing/index.ts';
import { sequenceOf } from '../growth/machines.ts';
import { rebuild } from '../rebuild.ts';

const marking = sequenceOf('marking', {
  start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
  txt2img: { stage: 'txt2img', on: { 'stage.mark': 'mark', 'plan.finished': 'complete' } },
  mark: { stage: 'mark', on: { 'plan.finished': 'complete' } },
});

function markingWith(settings: z.ZodObject) {
  return definePlanner({
    sequence: marking,
    stages: [{ stage_type: 'mark', switch: 'mark_enabled', settings }],
  });
}

const on = { txt2img_enabled: true, mark_enabled: true };

describe("settings of a stage of one's own", () => {
  test('are copied and frozen', () => {
    const corners = ['top', 'left'];
    const plan = markingWith(z.strictObject({ corners: z.array(z.string()).default([]) })).buildStagePlan({
      ...on,
      mark: { corners },
    });
    corners.push('right');
    const config = plan.stages[1]?.stage_config;
    expect(config).toMatchObject({ settings: { corners: ['top', 'left'] } });
    const settings: unknown = Reflect.get(Object(config), 'settings');
    expect(Object.isFrozen(settings) && Object.isFrozen(Reflect.get(Object(settings), 'corners'))).toBe(true);
  });

  test('that do not survive JSON are refused when the planner is defined', () => {
    const date = z.strictObject({ day: z.date().default(() => new Date(0)) });
    expect(() => markingWith(date)).toThrow('The settings of mark do not survive JSON');
  });

  test.each([
    [
      'changes what it gives',
      z.strictObject({
        text: z
          .string()
          .default('a')
          .transform((text) => `${text}!`),
      }),
    ],
    [
      'does not take what it gives',
      z.strictObject({
        text: z
          .string()
          .default('a')
          .transform((text) => [text]),
      }),
    ],
  ])('whose schema %s are refused when the planner is defined', (_, settings) => {
    expect(() => markingWith(settings)).toThrow('Let the settings of mark take what they give');
  });

  test('that a run makes such that they would be read as others are refused with the run, and only then', () => {
    const halving = markingWith(
      z.strictObject({
        size: z
          .number()
          .max(8)
          .default(0)
          .transform((size) => (size > 1 ? size / 2 : size)),
      }),
    );
    const problems = (size: number) =>
      halving.explainStagePlan({ ...on, mark: { size } }).problems.map(({ message }) => message);
    expect(problems(2)).toEqual([]);
    expect(problems(8)).toEqual([
      'mark must be read as the same a second time: let its settings take what they give.',
    ]);
    expect(problems(9)).toEqual(['mark.size must be at most 8, but is 9.']);
    const both = halving.explainStagePlan({ ...on, steps: 0, mark: { size: 8 } }).problems;
    expect(both.map(({ path }) => path.join('.'))).toEqual(['steps', 'mark']);
    expect(halving.verifyStagePlan(halving.buildStagePlan({ ...on, mark: { size: 2 } })).valid).toBe(true);
  });

  test('that a run makes no JSON are refused with the run', () => {
    const any = z.strictObject({ value: z.unknown().optional() });
    const problems = markingWith(any).explainStagePlan({ ...on, mark: { value: new Map() } }).problems;
    expect(problems.map(({ message }) => message)).toEqual(['mark must be plain JSON.']);
    expect(
      markingWith(any).explainStagePlan({ txt2img_enabled: true, mark: { value: new Map() } }).legal,
    ).toBe(true);
  });

  test('are held against a demand of their own only where the stage is on, in its words alone', () => {
    const demanding = markingWith(
      z.strictObject({ text: z.string().default('') }).refine(({ text }) => text !== '', {
        message: 'Say what the mark shows: mark.text is empty.',
        path: ['text'],
      }),
    );
    expect(demanding.explainStagePlan({ txt2img_enabled: true }).problems).toEqual([]);
    expect(demanding.explainStagePlan(on).problems).toEqual([
      {
        path: ['mark', 'text'],
        code: 'not_allowed',
        message: 'Say what the mark shows: mark.text is empty.',
      },
    ]);
  });
});

describe('a demand that cannot be checked is complained of, not thrown', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('no such folder');
      },
      'throws "Error: no such folder"',
    ],
    ['makes one wait', async () => true, 'is asynchronous'],
  ])('one that %s', (_what, demand, why) => {
    const result = markingWith(z.strictObject({}).refine(demand)).safeBuildStagePlan(on);
    expect(!result.success && result.error).toMatchObject({
      name: 'InvalidRunConfigError',
      problems: [
        {
          path: ['mark'],
          message: `The settings of mark cannot be checked: a check of theirs ${why}. Let it give true or false.`,
        },
      ],
    });
  });
});

test.each([[null], [undefined], [{}], [{ stage_type: 1 }]])(
  'defineStage says what %j lacks',
  (definition) => {
    expect(() => defineStage(definition as never)).toThrow('stage_type must be the name of the stage');
  },
);

test('of a union that settings have, the complaints are those of the branch that the value is of', () => {
  const look = z.union([
    z.string(),
    z.strictObject({ tint: z.string().optional(), depth: z.int().default(1) }),
  ]);
  const planner = markingWith(z.strictObject({ look: look.default('plain') }));
  const told = (value: unknown) => {
    const { problems, more } = planner.explainStagePlan({ ...on, mark: { look: value } });
    return { paths: problems.map(({ path }) => path.join('.')), more };
  };
  const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`zz${index}`, 1]));
  expect(told(unknown)).toMatchObject({ paths: { length: 50, 0: 'mark.look.zz0' }, more: 10 });
  expect(told({ ...unknown, tint: 7 })).toMatchObject({
    paths: { length: 50, 0: 'mark.look.tint' },
    more: 11,
  });
  expect(told({ tint: 7, depth: 'x', zz: 1 }).paths).toEqual([
    'mark.look.tint',
    'mark.look.depth',
    'mark.look.zz',
  ]);
  expect(told(7).paths).toEqual(['mark.look']);
});

test('a kind that settings do not have is told, and none of its fields', () => {
  const fade = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('cross'), frames: z.int() }),
  ]);
  const planner = markingWith(z.strictObject({ fade: fade.default({ kind: 'none' }) }));
  const problemsOf = (value: object) =>
    planner
      .explainStagePlan({ ...on, mark: { fade: value } })
      .problems.map(({ code, message }) => `${code}: ${message}`);
  expect(problemsOf({ kind: 'wipe' })).toEqual([
    'not_allowed: mark.fade.kind must be one of the kinds that there are, but is "wipe".',
  ]);
  expect(problemsOf({ kind: 'cross' })).toEqual([
    'required: mark.fade.frames must be a number, but is missing.',
  ]);
});

test('stages of both kinds stand in one plan, which their planner verifies', () => {
  const moves = (next: string) => ({ [`stage.${next}`]: next, 'plan.finished': 'complete' });
  const sequence = sequenceOf('both', {
    start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
    txt2img: { stage: 'txt2img', on: moves('enlarge') },
    enlarge: { stage: 'enlarge', on: moves('mark') },
    mark: { stage: 'mark', on: moves('mark_backend_options') },
    mark_backend_options: { stage: 'mark_backend_options', on: { 'plan.finished': 'complete' } },
  });
  const settings = z.strictObject({ text: z.string().default('a') });
  const planner = definePlanner({
    sequence,
    stages: [
      defineStage({ stage_type: 'enlarge', like: 'upscale' }),
      defineStage({ stage_type: 'mark', settings }),
      // Only a stage that is like a known one has backend options in a field of their own.
      defineStage({ stage_type: 'mark_backend_options', settings }),
    ],
  });
  const plan = planner.buildStagePlan({
    ...on,
    enlarge_enabled: true,
    mark_backend_options_enabled: true,
    mark: { text: 'b' },
  });
  expect(plan.stages.map(({ stage_type }) => stage_type)).toEqual([
    'txt2img',
    'enlarge',
    'mark',
    'mark_backend_options',
  ]);
  expect(planner.verifyStagePlan(JSON.parse(JSON.stringify(plan))).problems).toEqual([]);
  // What stands behind a stage of one's own may have any size, unless its definition says that it keeps it.
  expect(plan.stages.map(({ output_size }) => output_size !== null)).toEqual([true, true, false, false]);
});

test('a plan with a stage of ones own is never migrated without it', () => {
  const plan = markingWith(z.strictObject({})).buildStagePlan(on);
  expect(() => migrateStagePlan(JSON.parse(JSON.stringify(plan)), canonicalSequence)).toThrow(
    'canonicalSequence has no stage mark.',
  );
  expect(verifyStagePlan(plan).problems).toMatchObject([{ code: expect.any(String) }]);
});

describe('checkSequence', () => {
  const codes = (machine: Parameters<typeof checkSequence>[0]) =>
    checkSequence(machine).map(({ code, message }) => `${code}: ${message}`);
  const fromStart = (transition: object) =>
    rebuild(canonicalSequence, (root) => ({
      ...root,
      states: {
        ...root.states,
        start: { ...root.states?.start, on: { ...root.states?.start?.on, 'stage.img2img': transition } },
      },
    }));

  test('refuses a guard of ones own by its name', () => {
    expect(codes(fromStart({ target: '#canonicalSequence.redrawn', guard: 'onSunday' }))).toEqual([
      'unknown_guard: start on stage.img2img has the guard onSunday: guards are externalInput, standaloneUpscale, standaloneAdetailer.',
    ]);
  });

  test('refuses a way from the start that takes an existing image whatever externalInput says', () => {
    expect(codes(fromStart({ target: '#canonicalSequence.redrawn' }))).toEqual([
      'external_input: stage.img2img, taken in start, takes an existing image although externalInput is false: give it a guard.',
    ]);
  });

  test('refuses a stage and a pass of one name', () => {
    const machine = sequenceOf('zoomTwice', {
      start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
      txt2img: {
        stage: 'txt2img',
        on: { 'pass.zoom': 'pass', 'stage.zoom': 'zoom', 'plan.finished': 'complete' },
      },
      pass: { stage: 'txt2img', pass: 'zoom', on: { 'plan.finished': 'complete' } },
      zoom: { stage: 'zoom', on: { 'plan.finished': 'complete' } },
    });
    expect(codes(machine)).toContain(
      'clash: zoom is the name of a stage and of a pass: one switch, zoom_enabled, cannot ask for both. Give one of them another name.',
    );
  });

  test.each([['__proto__'], ['constructor'], ['hasOwnProperty']])(
    'refuses a stage of the name %s',
    (name) => {
      const machine = sequenceOf('named', {
        start: { stage: null, on: { [`stage.${name}`]: 'only' } },
        only: { stage: name, on: { 'plan.finished': 'complete' } },
      });
      expect(codes(machine)).toContain(
        `clash: stage.${name} cannot be asked for: every object has a property ${name} already. Give it another name.`,
      );
    },
  );

  test('says of a stage that stands twice what to do about it', () => {
    const twice = sequenceOf('twice', {
      start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
      txt2img: { stage: 'txt2img', on: { 'stage.adetailer': 'first' } },
      first: { stage: 'adetailer', on: { 'stage.upscale': 'upscale', 'plan.finished': 'complete' } },
      upscale: { stage: 'upscale', on: { 'stage.adetailer': 'second' } },
      second: { stage: 'adetailer', on: { 'plan.finished': 'complete' } },
    });
    expect(codes(twice)).toContain(
      'repeated_event: stage.adetailer, taken in txt2img, can be taken again later. A stage can stand in a sequence once: give the second one a name of its own, and define it with like.',
    );
  });
});
