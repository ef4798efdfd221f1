import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import type { SequencePolicies } from '../machines/sequence-vocabulary.ts';
import {
  buildStagePlan,
  canonicalSequence,
  detailBeforeUpscale,
  legalStageOrders,
  safeBuildStagePlan,
  sequenceFingerprint,
  sequences,
} from '../src/index.ts';
import { runningOrder } from '../src/walk.ts';
import { configOf, everySwitchSet, everything } from './fixtures.ts';
import { rebuild, shuffled } from './machines.ts';

const start = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' };
const image = (stage_type: string | null) => ({ stage_type, pass: null, takes: 'image', gives: 'image' });
const author = setup({ types: { input: {} as SequencePolicies } });

/** Upscale and ADetailer in either order. */
const undecided = author.createMachine({
  id: 'undecided',
  initial: 'start',
  states: {
    start: { meta: start, on: { 'stage.txt2img': { target: 'txt2img' } } },
    txt2img: {
      meta: { ...image('txt2img'), takes: 'nothing' },
      on: { 'stage.upscale': { target: 'enlarged' }, 'stage.adetailer': { target: 'detailed' } },
    },
    enlarged: {
      meta: image('upscale'),
      on: { 'stage.adetailer': { target: 'last' }, 'plan.finished': { target: 'complete' } },
    },
    detailed: {
      meta: image('adetailer'),
      on: { 'stage.upscale': { target: 'last' }, 'plan.finished': { target: 'complete' } },
    },
    last: { meta: image(null), on: { 'plan.finished': { target: 'complete' } } },
    complete: { meta: image(null), type: 'final' },
  },
});

describe.each(Object.entries(sequences))('%s', (_, sequence) => {
  test('plans the same whatever the order of keys in the machine', () => {
    const configs = everySwitchSet.map(configOf);
    const planned = JSON.stringify(configs.map((config) => safeBuildStagePlan(config, { sequence })));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const twin = shuffled(sequence, numbers);
        expect(sequenceFingerprint(twin)).toBe(sequenceFingerprint(sequence));
        expect(JSON.stringify(configs.map((config) => safeBuildStagePlan(config, { sequence: twin })))).toBe(
          planned,
        );
      }),
      { numRuns: 25 },
    );
  });

  test('accepts 36 words, 37 with a standalone upscale and 32 without external input', () => {
    expect(legalStageOrders({ sequence })).toHaveLength(36);
    expect(legalStageOrders({ sequence, standaloneUpscale: true })).toHaveLength(37);
    expect(legalStageOrders({ sequence, externalInput: false })).toHaveLength(32);
  });
});

test('a machine with ADetailer before upscale is planned in its own order, with no other change', () => {
  const order = (sequence: typeof canonicalSequence | typeof detailBeforeUpscale) =>
    buildStagePlan(everything, { sequence }).stages.map((stage) => stage.stage_type);
  expect(order(canonicalSequence)).toEqual(['txt2img', 'img2img', 'upscale', 'adetailer']);
  expect(order(detailBeforeUpscale)).toEqual(['txt2img', 'img2img', 'adetailer', 'upscale']);
});

test('a sequence with two orders for one set is an error that names both', () => {
  const run = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  const result = safeBuildStagePlan(run, { sequence: undecided });
  expect(!result.success && result.error).toMatchObject({
    rejections: [
      {
        code: 'ambiguous_sequence',
        words: [
          ['stage.txt2img', 'stage.adetailer', 'stage.upscale', 'plan.finished'],
          ['stage.txt2img', 'stage.upscale', 'stage.adetailer', 'plan.finished'],
        ],
        message:
          'undecided has more than one order for what is on: txt2img, adetailer, upscale; or txt2img, upscale, adetailer.',
      },
    ],
    fixes: [{ message: 'turn adetailer_enabled off' }, { message: 'turn upscale_enabled off' }],
  });
});

test('a sequence that cannot end where the run leaves it says so', () => {
  const result = safeBuildStagePlan({ txt2img_enabled: true }, { sequence: undecided });
  expect(!result.success && result.error).toMatchObject({
    rejections: [
      {
        code: 'unfinished_plan',
        state: 'txt2img',
        message: 'A plan cannot end in txt2img: it leads to adetailer or upscale.',
      },
    ],
    fixes: [{ flips: 1 }, { flips: 1 }],
  });
});

test('a switch that the sequence has no stage for is refused, not passed over', () => {
  const result = safeBuildStagePlan(
    { txt2img_enabled: true, upscale_enabled: true, hires_enabled: true, img2img_enabled: true },
    { sequence: undecided },
  );
  expect(!result.success && result.error.message).toContain(
    'img2img is unreachable: the walk stands in enlarged, which leads to adetailer or the end of the plan. undecided has no way into it.',
  );
  expect(!result.success && result.error.message).toContain(
    'turn img2img_enabled off and turn hires_enabled off',
  );
});

test('a sequence without any way to finish has no fix to offer', () => {
  const endless = rebuild(undecided, (root) => ({
    ...root,
    states: {
      ...root.states,
      enlarged: { meta: image('upscale') },
      detailed: { meta: image('adetailer') },
      last: { meta: image(null) },
    },
  }));
  const result = safeBuildStagePlan({ txt2img_enabled: true }, { sequence: endless });
  expect(!result.success && result.error).toMatchObject({
    rejections: [{ code: 'unfinished_plan' }],
    fixes: [],
  });
});

test('the running order is the longest word, and what that leaves out comes last', () => {
  expect(runningOrder(canonicalSequence)).toEqual([
    'stage.txt2img',
    'pass.refiner',
    'pass.hires',
    'stage.img2img',
    'stage.upscale',
    'stage.adetailer',
  ]);
  const withAside = rebuild(undecided, (root) => ({
    ...root,
    states: {
      ...root.states,
      start: {
        meta: start,
        on: { 'stage.txt2img': { target: 'txt2img' }, 'stage.aside': { target: 'last' } },
      },
    },
  }));
  expect(runningOrder(withAside)).toEqual([
    'stage.txt2img',
    'stage.adetailer',
    'stage.upscale',
    'stage.aside',
  ]);
});
