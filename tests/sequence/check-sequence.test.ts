import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import { and, createMachine, setup } from 'xstate';
import { everythingAllowed, type SequencePolicies } from '../../machines/policies.ts';
import {
  buildStagePlan,
  canonicalSequence,
  definePlanner,
  detailBeforeUpscale,
  InvalidSequenceError,
  type StageSequence,
  sequenceFingerprint,
  stageTypes,
} from '../../src/index.ts';
import { materialProblems } from '../../src/sequence/known-materials.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { checkSequence, coverage } from '../../src/testing/index.ts';
import { drawSequence, renderDefinition, sequenceGraph } from '../../visualizations/index.ts';
import { changeState, rebuild } from '../rebuild.ts';
import { undecided } from '../undecided.ts';

/** What checkSequence says of the canonical machine with one of its states changed. */
function said(state: string, change: object): readonly (readonly [string, string])[] {
  return checkSequence(changeState(canonicalSequence, state, change)).map(({ code, message }) => [
    code,
    message,
  ]);
}

const toUpscale = { target: '#canonicalSequence.upscale' };
const image = { pass: null, takes: 'image', gives: 'image' };

test.each([[null], ['canonicl'], [{ root: {}, events: [], transition() {} }], [canonicalSequence.config]])(
  'of %j checkSequence says that it is no machine, as all that take one do',
  async (wrong) => {
    const message = 'sequence must be a machine or one of canonical, detail-before-upscale.';
    // @ts-expect-error: as from JavaScript.
    const value: StageSequence = wrong;
    expect(checkSequence(value)).toEqual([{ code: 'no_machine', state: '', message }]);
    expect(() => stageTypes(value)).toThrow(message);
    expect(() => coverage(value, [])).toThrow(message);
    expect(() => sequenceFingerprint(value)).toThrow(message);
    expect(() => buildStagePlan({ txt2img_enabled: true }, { sequence: value ?? 'x' })).toThrow(message);
    await expect(drawSequence(value, 'mermaid')).rejects.toThrow(message);
    expect(() => sequenceGraph(value)).toThrow(message);
    expect(() => renderDefinition(value)).toThrow(message);
  },
);

test('the name of a shipped sequence stands for its machine', async () => {
  expect(checkSequence('detail-before-upscale')).toEqual([]);
  expect(coverage('detail-before-upscale', [])).toEqual(coverage(detailBeforeUpscale, []));
  expect(stageTypes('detail-before-upscale')).toEqual(stageTypes(detailBeforeUpscale));
  expectTypeOf(stageTypes('canonical')).toEqualTypeOf(stageTypes(canonicalSequence));
  expect(sequenceFingerprint('canonical')).toBe(sequenceFingerprint(canonicalSequence));
  expect(await drawSequence('canonical', 'mermaid')).toBe(await drawSequence(canonicalSequence, 'mermaid'));
  expect(renderDefinition('canonical')).toBe(renderDefinition(canonicalSequence));
});

test('a state that says nothing of itself, or stands for a pass, says nothing wrong of what it takes', () => {
  const silent = changeState(canonicalSequence, 'upscale', { meta: {} });
  expect(materialProblems(silent, new Map())).toEqual([]);
  const meta = { stage_type: 'upscale', pass: 'hires', takes: 'latent', gives: 'image' };
  const pass = changeState(canonicalSequence, 'upscale', { meta });
  expect(materialProblems(pass, new Map())).toEqual([]);
});

describe('checkSequence', () => {
  test.each([
    [
      'upscale',
      { type: 'parallel' },
      'unsupported_state',
      'upscale is parallel: a plan is one line of stages.',
    ],
    ['', { type: 'parallel' }, 'unsupported_state', 'The machine is parallel: a plan is one line of stages.'],
    [
      'upscale',
      { type: 'history' },
      'unsupported_state',
      'upscale is history: a plan is one line of stages.',
    ],
    [
      'upscale',
      { entry: () => {} },
      'impure',
      'upscale has "entry": planning changes nothing and waits for nothing.',
    ],
    [
      'upscale',
      { exit: () => {} },
      'impure',
      'upscale has "exit": planning changes nothing and waits for nothing.',
    ],
    [
      'upscale',
      { invoke: { src: 'x' } },
      'impure',
      'upscale has "invoke": planning changes nothing and waits for nothing.',
    ],
    [
      'upscale',
      { always: '#canonicalSequence.complete' },
      'impure',
      'upscale has "always": planning changes nothing and waits for nothing.',
    ],
    [
      'upscale',
      { after: { 1: '#canonicalSequence.complete' } },
      'impure',
      'upscale has "after": planning changes nothing and waits for nothing.',
    ],
    ['upscale', { meta: {} }, 'missing_meta', 'upscale lacks meta: { stage_type, pass, takes, gives }.'],
    [
      'img2img',
      { on: { 'stage.upscale': { ...toUpscale, actions: () => {} } } },
      'impure',
      'img2img on stage.upscale has actions: planning changes nothing.',
    ],
    [
      'img2img',
      { on: { 'stage.upscale': { ...toUpscale, guard: null } } },
      'unnamed_guard',
      'img2img on stage.upscale has a guard without a name, so no rejection could name it.',
    ],
    [
      'img2img',
      { on: { 'stage.upscale': { ...toUpscale, guard: () => true } } },
      'unnamed_guard',
      'img2img on stage.upscale has a guard without a name, so no rejection could name it.',
    ],
    [
      'img2img',
      { on: { 'stage.upscale': { ...toUpscale, guard: and(['externalInput']) } } },
      'unnamed_guard',
      'img2img on stage.upscale has a guard without a name, so no rejection could name it.',
    ],
    [
      'img2img',
      { on: { 'stage.upscale': {} } },
      'no_target',
      'img2img on stage.upscale needs exactly one target.',
    ],
    [
      'img2img',
      { on: { enlarge: toUpscale } },
      'unknown_event',
      'img2img on enlarge is no event of a plan: use stage.X, pass.X or plan.finished.',
    ],
    [
      'img2img',
      { on: { '*': toUpscale } },
      'unknown_event',
      'img2img on * is no event of a plan: use stage.X, pass.X or plan.finished.',
    ],
    [
      'upscale',
      { description: undefined },
      'missing_description',
      'upscale lacks a description of why it stands where it stands.',
    ],
    [
      'start',
      { on: { 'stage.upscale': toUpscale } },
      'unreachable_state',
      'txt2img.base is not reached under any policy.',
    ],
    ['adetailer', { on: {} }, 'dead_end', 'From adetailer no plan can be finished.'],
    ['complete', { type: 'atomic' }, 'dead_end', 'From start no plan can be finished.'],
    ['complete', { type: 'atomic' }, 'wrong_meta', 'plan.finished, taken in upscale, ends nothing.'],
    [
      'start',
      { on: { 'plan.finished': '#canonicalSequence.complete' } },
      'empty_plan',
      'start takes plan.finished: the way out of the start must be a stage.',
    ],
    [
      'adetailer',
      { on: { 'stage.adetailer': '#canonicalSequence.adetailer' } },
      'repeated_event',
      'stage.adetailer, taken in adetailer, can be taken again later. A stage can stand in a sequence once: give the second one a name of its own, and define it with like.',
    ],
    [
      'upscale',
      { meta: { ...image, stage_type: 'img2img' } },
      'wrong_meta',
      'stage.upscale, taken in img2img, enters a state of img2img.',
    ],
    [
      'txt2img.refined',
      { meta: { ...image, stage_type: 'txt2img' } },
      'wrong_meta',
      'pass.refiner, taken in txt2img.base, enters a state of the pass null.',
    ],
    [
      'txt2img',
      { meta: { ...image, stage_type: 'txt2img', gives: 'latent' } },
      'broken_chain',
      'stage.img2img, taken in txt2img.base, takes what txt2img.base does not give.',
    ],
    [
      'txt2img.refined',
      { on: { 'pass.refiner': '#canonicalSequence.txt2img.refined' } },
      'repeated_event',
      'pass.refiner, taken in txt2img.refined, can be taken again later. It can be taken once: leave one of the two out.',
    ],
    [
      'txt2img',
      { meta: { ...image, stage_type: 'txt2img' } },
      'wrong_meta',
      "The state txt2img takes an image, but the work of txt2img takes nothing: write takes: 'nothing' in its meta.",
    ],
    [
      'txt2img.base',
      { meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'image' } },
      'broken_chain',
      'pass.refiner, taken in txt2img.base, takes what txt2img.base does not give.',
    ],
  ])('on %s with %o says %s', (state, change, code, message) => {
    expect(said(state, change)).toContainEqual([code, message]);
  });

  test.each([
    ['always', { always: '#canonicalSequence.complete' }],
    ['after', { after: { 1: '#canonicalSequence.complete' } }],
  ])('tells %s once, and not as an event of the machine', (effect, change) => {
    expect(said('upscale', change)).toEqual([
      ['impure', `upscale has "${effect}": planning changes nothing and waits for nothing.`],
    ]);
  });

  test.each([
    [
      'pass.img2img',
      'img2img is the name of a stage and of a pass: one switch, img2img_enabled, cannot ask for both. Give one of them another name.',
    ],
    [
      'stage.valueOf',
      'stage.valueOf cannot be asked for: every object has a property valueOf already. Give it another name.',
    ],
  ])('of %s says whose name that is, once for the machine', (event, message) => {
    const machine = changeState(canonicalSequence, 'img2img', { on: { [event]: toUpscale } });
    expect(checkSequence(machine)).toEqual([{ code: 'clash', state: '', message }]);
  });

  test.each(['w-m', '', 'a.b', '*'])('of a stage named %j says how stages are named', (name) => {
    expect(said('img2img', { on: { [`stage.${name}`]: toUpscale } })).toContainEqual([
      'unknown_event',
      `img2img on stage.${name} has the name "${name}": name stages and passes with letters, digits and _.`,
    ]);
  });

  test.each([
    ['img2img', 'img2img'],
    ['redrawn', 'img2img'],
    ['redrawnUpscale', 'upscale'],
    ['upscale', 'upscale'],
    ['standaloneUpscale', 'upscale'],
    ['adetailer', 'adetailer'],
  ])('lets %s take nothing but an image, since %s works on one', (state, stage_type) => {
    for (const [takes, words] of [
      ['nothing', 'nothing'],
      ['latent', 'a latent'],
    ])
      expect(said(state, { meta: { ...image, stage_type, takes } })).toContainEqual([
        'wrong_meta',
        `The state ${state} takes ${words}, but the work of ${stage_type} takes an image: write takes: 'image' in its meta.`,
      ]);
  });

  test('names both orders where one set has two', () => {
    expect(checkSequence(undecided)).toEqual([
      {
        code: 'ambiguous_set',
        state: '',
        message:
          'One set has several orders: stage.txt2img, stage.adetailer, stage.upscale, plan.finished; ' +
          'stage.txt2img, stage.upscale, stage.adetailer, plan.finished.',
      },
    ]);
  });

  test('says so of a machine that throws, and throws nothing itself', () => {
    const throwing = setup({
      types: { input: {} as SequencePolicies },
      guards: {
        externalInput: () => {
          throw new Error('no');
        },
      },
    }).createMachine({
      id: 'throwing',
      initial: 'start',
      states: {
        start: {
          description: 'x',
          meta: { ...image, stage_type: null },
          on: { 'stage.a': { guard: 'externalInput', target: 'start' } },
        },
      },
    });
    expect(checkSequence(throwing)).toMatchObject([{ code: 'throws', state: '' }]);
    const refusal = expect.objectContaining({ name: 'InvalidSequenceError' });
    expect(() => definePlanner({ sequence: throwing })).toThrow(refusal);
    expect(() => buildStagePlan({ txt2img_enabled: true }, { sequence: throwing })).toThrow(refusal);
  });
});

test('a machine whose context throws is told so, and not that its states cannot be reached', () => {
  const throwing = rebuild(canonicalSequence, (root) => ({
    ...root,
    context: () => {
      throw new Error('no');
    },
  }));
  expect(checkSequence(throwing)).toMatchObject([
    { code: 'throws', message: 'Walking the machine throws: Error: no' },
  ]);
  expect(() => buildStagePlan({ txt2img_enabled: true }, { sequence: throwing })).toThrow(
    'throws: Error: no',
  );
});

/** Allows nothing the first times, and everything later. */
function fickle(times: number): () => boolean {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > times;
  };
}

test.each<[string, () => StageSequence]>([
  ['a guard', () => canonicalSequence.provide({ guards: { externalInput: fickle(1) } })],
  [
    'a guard, by turns,',
    () => {
      let asked = 0;
      const byTurns = () => {
        asked += 1;
        return asked % 2 === 1;
      };
      return canonicalSequence.provide({ guards: { externalInput: byTurns } });
    },
  ],
  [
    'the context',
    () => {
      const allows = fickle(10);
      const context = () => ({ ...everythingAllowed, externalInput: allows() });
      return rebuild(canonicalSequence, (root) => ({ ...root, context }));
    },
  ],
])(
  'a machine of which %s answers otherwise the second time is told where, and nothing else',
  (_what, make) => {
    expect(checkSequence(make())).toEqual([
      {
        code: 'impure',
        state: 'start',
        message:
          'start takes other events when it is asked again: let guards and context depend on the policies alone.',
      },
    ]);
  },
);

test('a circle that only an open policy closes is refused under every policy', () => {
  const circle = changeState(canonicalSequence, 'adetailer', {
    on: {
      'stage.upscale': { guard: 'standaloneUpscale', target: '#canonicalSequence.upscale' },
      'plan.finished': { target: '#canonicalSequence.complete' },
    },
  });
  expect(() => buildStagePlan({ txt2img_enabled: true }, { sequence: circle })).toThrow(
    'can be taken again later',
  );
});

test('no stage begins at the end of a plan, no pass works in no stage, and an inner state is of its outer stage', () => {
  const none = { stage_type: null, pass: null, takes: 'image', gives: 'image' };
  const x = { description: 'x' };
  const messages = (state: string, change: object) => said(state, change).map(([, message]) => message);
  expect(said('complete', { ...x, type: 'final', meta: { ...none, stage_type: 'upscale' } })).toContainEqual([
    'wrong_meta',
    'complete ends the plan, so no stage can begin in it: its stage_type must be null.',
  ]);
  expect(
    messages('txt2img.refined', { ...x, meta: { ...image, stage_type: 'upscale', pass: 'refiner' } }),
  ).toContain('txt2img.refined is of the stage upscale, but stands in one of txt2img.');
  expect(
    messages('adetailer', { ...x, on: { 'pass.hires': { target: '#canonicalSequence.complete' } } }),
  ).toContain('pass.hires, taken in adetailer, ends the plan, which only plan.finished does.');
  const away = rebuild(canonicalSequence, (root) => ({
    ...root,
    states: {
      ...root.states,
      nowhere: { ...x, meta: { ...none, pass: 'hires' }, on: { 'plan.finished': { target: 'complete' } } },
      adetailer: { ...root.states?.adetailer, on: { 'pass.hires': { target: 'nowhere' } } },
    },
  }));
  expect(checkSequence(away).map(({ message }) => message)).toContain(
    'pass.hires, taken in adetailer, enters a state of no stage.',
  );
});

describe('a sequence whose every plan starts from an existing image', () => {
  const enlarging = (
    guards: Readonly<Record<string, (at: { context: SequencePolicies }) => boolean>>,
    guard: string,
  ) =>
    setup({
      types: { input: {} as SequencePolicies, context: {} as SequencePolicies },
      guards,
    }).createMachine({
      id: 'enlarging',
      context: ({ input }) => input,
      initial: 'start',
      states: {
        start: {
          description: 'x',
          meta: { ...image, stage_type: null },
          on: { 'stage.upscale': { guard, target: 'upscale' } },
        },
        upscale: {
          description: 'x',
          meta: { ...image, stage_type: 'upscale' },
          on: { 'plan.finished': { target: 'complete' } },
        },
        complete: { description: 'x', meta: { ...image, stage_type: null }, type: 'final' },
      },
    });

  test('is one, although it has no plan where none is allowed', () => {
    expect(
      checkSequence(enlarging({ externalInput: ({ context }) => context.externalInput }, 'externalInput')),
    ).toEqual([]);
  });

  test('is none where no policy opens it', () => {
    expect(checkSequence(enlarging({ externalInput: () => false }, 'externalInput'))).toEqual([
      { code: 'unreachable_state', state: 'upscale', message: 'upscale is not reached under any policy.' },
      { code: 'unreachable_state', state: 'complete', message: 'complete is not reached under any policy.' },
      { code: 'dead_end', state: 'start', message: 'From start no plan can be finished.' },
    ]);
  });

  test('is told which of its guards passes over externalInput', () => {
    const careless = enlarging(
      { standaloneUpscale: ({ context }) => context.standaloneUpscale },
      'standaloneUpscale',
    );
    expect(checkSequence(careless).map(({ message }) => message)).toContain(
      'stage.upscale, taken in start, takes an existing image although externalInput is false: its guard standaloneUpscale must ask for externalInput as well.',
    );
  });
});

describe('a machine that answers otherwise when it is asked again is told by its states:', () => {
  /** Enlarges by the one state or the other, or not at all, as its guard says when it is asked. */
  const forking = (says: () => boolean, otherwise: object) =>
    setup({
      types: { input: {} as SequencePolicies, context: {} as SequencePolicies },
      guards: { externalInput: says },
    }).createMachine({
      id: 'forking',
      context: ({ input }) => input,
      initial: 'start',
      states: {
        start: {
          description: 'x',
          meta: { ...image, stage_type: null, takes: 'nothing', gives: 'nothing' },
          on: { 'stage.txt2img': { target: 'txt2img' } },
        },
        txt2img: {
          description: 'x',
          meta: { ...image, stage_type: 'txt2img', takes: 'nothing' },
          on: {
            'stage.upscale': [{ guard: 'externalInput', target: 'upscale' }, ...[otherwise].flat()],
            'plan.finished': { target: 'complete' },
          },
        },
        ...Object.fromEntries(
          ['upscale', 'other'].map((name) => [
            name,
            {
              description: 'x',
              meta: { ...image, stage_type: 'upscale' },
              on: { 'plan.finished': { target: 'complete' } },
            },
          ]),
        ),
        complete: { description: 'x', meta: { ...image, stage_type: null }, type: 'final' },
      },
    });
  const told = {
    code: 'impure',
    state: 'txt2img',
    message:
      'txt2img takes other events when it is asked again: let guards and context depend on the policies alone.',
  };

  test.each<[string, object]>([
    ['the same event leads elsewhere', [{ target: 'other' }]],
    ['an event is missing', []],
  ])('%s', (_what, otherwise) => {
    for (const first of [true, false]) {
      const asking = vi.fn(() => first);
      expect(readSequence(forking(asking, otherwise), everythingAllowed).states).not.toEqual([]);
      const often = asking.mock.calls.length;
      let asked = 0;
      const says = () => {
        asked += 1;
        return asked <= often === first;
      };
      expect(checkSequence(forking(says, otherwise))).toEqual([told]);
    }
  });
});

test('a machine that cannot be read is refused before anything is planned', () => {
  const impure = rebuild(canonicalSequence, (root) => ({ ...root, entry: () => {} }));
  expect(() => buildStagePlan({ txt2img_enabled: true }, { sequence: impure })).toThrow(InvalidSequenceError);
  expect(() => buildStagePlan({ txt2img_enabled: true }, { sequence: impure })).toThrow(
    'canonicalSequence cannot serve as a sequence.',
  );
});

test('a machine that ends where it starts has no plan but the empty one', () => {
  const meta = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' };
  const start = { description: 'A state for a test.', meta, type: 'final' } as const;
  expect(checkSequence(createMachine({ id: 'over', initial: 'start', states: { start } }))).toEqual([
    {
      code: 'empty_plan',
      state: 'start',
      message: 'start ends the plan: the way out of the start must be a stage.',
    },
  ]);
});

test('a stage that takes nothing may follow any other', () => {
  const stage = (stage_type: string | null, gives: string) => ({
    description: 'A state for a test.',
    meta: { stage_type, pass: null, takes: 'nothing', gives },
  });
  const machine = createMachine({
    id: 'twoPictures',
    initial: 'start',
    states: {
      start: { ...stage(null, 'nothing'), on: { 'stage.txt2img': { target: 'txt2img' } } },
      txt2img: { ...stage('txt2img', 'image'), on: { 'stage.caption': { target: 'caption' } } },
      caption: { ...stage('caption', 'text'), on: { 'plan.finished': { target: 'complete' } } },
      complete: { ...stage(null, 'nothing'), type: 'final' },
    },
  });
  expect(checkSequence(machine)).toEqual([]);
});
