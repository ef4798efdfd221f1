import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everythingAllowed } from '../../machines/policies.ts';
import type { StageSequence } from '../../src/index.ts';
import {
  buildStagePlan,
  canonicalSequence,
  detailBeforeUpscale,
  explainStagePlan,
  legalStageOrders,
  safeBuildStagePlan,
  sequenceFingerprint,
  sequences,
} from '../../src/index.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { follow, walkedStages } from '../../src/sequence/walk.ts';
import { configOf, everySwitchSet, everything } from '../fixtures.ts';
import { rebuild, shuffled } from '../rebuild.ts';
import { undecided } from '../undecided.ts';

const runningOrder = (sequence: StageSequence) => readSequence(sequence, everythingAllowed).runningOrder;

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
      { numRuns: 10 },
    );
  });

  test('accepts 40 orders, 41 with a standalone upscale and 32 without external input', () => {
    expect(legalStageOrders({ sequence }).count).toBe(40);
    expect(legalStageOrders({ sequence, standaloneUpscale: true }).count).toBe(41);
    expect(legalStageOrders({ sequence, externalInput: false }).count).toBe(32);
  });
});

test('a stage of a walk has the step that begins it and its passes, and not the end of the plan', () => {
  const events = ['stage.txt2img', 'pass.hires', 'stage.upscale', 'plan.finished'];
  const walk = follow(readSequence(canonicalSequence, everythingAllowed), events);
  expect(walkedStages(walk).map(({ steps }) => steps.map(({ event }) => event))).toEqual([
    ['stage.txt2img', 'pass.hires'],
    ['stage.upscale'],
  ]);
  const beyond = follow(readSequence(canonicalSequence, everythingAllowed), [...events, 'stage.img2img']);
  expect(beyond).toEqual(walk);
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
        orders: [
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
        message: 'txt2img needs adetailer or upscale behind it: a plan of undecided cannot end there.',
      },
    ],
    fixes: [{ flips: 1 }, { flips: 1 }],
  });
});

test('a switch that the sequence has no stage for is refused, not passed over', () => {
  const run = { txt2img_enabled: true, upscale_enabled: true, hires_enabled: true, img2img_enabled: true };
  const result = safeBuildStagePlan(run, { sequence: undecided });
  expect(!result.success && result.error.message).toContain(
    'Turn img2img_enabled off: undecided has no stage img2img.',
  );
  const { fixes } = explainStagePlan(run, { sequence: undecided });
  expect(fixes.map(({ message }) => message)).toEqual(['turn img2img_enabled and hires_enabled off']);
});

test('a sequence without any way to finish has no fix to offer', () => {
  const endless = rebuild(undecided, (root) => {
    const states = Object.entries(root.states ?? {}).map(([key, state]) => {
      const { 'plan.finished': _, ...on } = state.on ?? {};
      return [key, { ...state, on }];
    });
    return { ...root, states: Object.fromEntries(states) };
  });
  const result = safeBuildStagePlan({ txt2img_enabled: true }, { sequence: endless });
  expect(!result.success && result.error).toMatchObject({
    rejections: [{ code: 'unfinished_plan' }],
    fixes: [],
  });
});

test('the running order is the longest way, and what that leaves out comes last', () => {
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
        ...root.states?.start,
        on: { ...root.states?.start?.on, 'stage.aside': '#undecided.complete' },
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

test('without any state there is nowhere to walk', () => {
  expect(follow({ states: [] }, ['stage.txt2img'])).toEqual({
    steps: [],
    state: '',
    offered: [],
    complete: false,
  });
});
