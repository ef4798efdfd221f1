import { describe, expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { detailPlanner } from '../../examples/detail-twice.ts';
import { canonicalSequence, detailBeforeUpscale } from '../../machines/index.ts';
import { defaultPolicies } from '../../machines/policies.ts';
import {
  explainStagePlan,
  InvalidStagePlanError,
  legalStageOrders,
  repairStageOrder,
  stageTypes,
  verifyStageOrder,
} from '../../src/index.ts';
import { routeThrough } from '../../src/route/route.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { eventsOf } from '../../src/sequence/walk.ts';

describe('verifyStageOrder', () => {
  test.each([
    [['adetailer'], 'illegal_order', 0, 'start'],
    [['txt2img', 'adetailer', 'upscale'], 'illegal_order', 2, 'adetailer'],
    [['txt2img', 'txt2img'], 'illegal_order', 1, 'txt2img.base'],
    [['txt2img', 'video'], 'illegal_order', 1, 'txt2img.base'],
  ])('%j is refused: %s at %i in %s', (stages, code, index, state) => {
    expect(verifyStageOrder(stages)).toMatchObject({ valid: false, rejections: [{ code, index, state }] });
  });

  test('an empty list is an empty plan', () => {
    expect(verifyStageOrder([])).toMatchObject({ valid: false, rejections: [{ code: 'empty_plan' }] });
  });

  test('says of a stage that the sequence does not know that it has none', () => {
    expect(verifyStageOrder(['video']).rejections[0]?.message).toBe(
      'Leave video out: canonicalSequence has no stage video.',
    );
  });

  test('asks the sequence that it is given', () => {
    const stages = ['txt2img', 'adetailer', 'upscale'];
    expect(verifyStageOrder(stages, { sequence: detailBeforeUpscale })).toEqual({
      valid: true,
      rejections: [],
    });
  });
});

describe('repairStageOrder', () => {
  test('puts stages in order and says what it moved', () => {
    expect(repairStageOrder(['adetailer', 'txt2img', 'upscale'])).toEqual({
      stages: ['txt2img', 'upscale', 'adetailer'],
      moves: [
        { stage: 'txt2img', from: 1, to: 0 },
        { stage: 'upscale', from: 2, to: 1 },
        { stage: 'adetailer', from: 0, to: 2 },
      ],
    });
    expect(repairStageOrder(['txt2img']).moves).toEqual([]);
  });

  test.each([
    [['adetailer']],
    [[]],
    [['txt2img', 'txt2img']],
    [['txt2img', 'video']],
    [['txt2img', 'refiner']],
  ])('cannot repair %j', (stages) => {
    expect(() => repairStageOrder(stages)).toThrow(
      expect.objectContaining({ name: 'InvalidStagePlanError' }),
    );
  });
});

describe('what repairStageOrder cannot repair is said of the stages, and', () => {
  const said = (stages: readonly string[], options = {}) => {
    try {
      return repairStageOrder(stages, options).stages;
    } catch (error) {
      if (error instanceof InvalidStagePlanError) return error.message.split('\n');
      throw error;
    }
  };
  const place = '(The walk stands in start, which leads to txt2img or img2img.)';
  const needs = (stage: string) =>
    `- ${stage} needs txt2img or img2img before it, which give it an image. ${place}`;

  test('the fixes are orders to name, or policies that were left at their default', () => {
    expect(said(['adetailer'])).toEqual([
      'These stages have no legal order.',
      needs('adetailer'),
      '- To fix it, allow standaloneAdetailer (ADetailer with no generation before it).',
      '- To fix it, name txt2img, adetailer.',
      '- To fix it, name img2img, adetailer.',
    ]);
    expect(said(['adetailer', 'upscale']).slice(3)).toEqual([
      '- To fix it, name txt2img, upscale, adetailer.',
      '- To fix it, name img2img, upscale, adetailer.',
    ]);
    expect(said(['adetailer', 'upscale'], { standaloneUpscale: true }).slice(2)).toEqual([
      '- To fix it, allow standaloneAdetailer (ADetailer with no generation before it).',
      '- To fix it, name txt2img, upscale, adetailer.',
      '- To fix it, name img2img, upscale, adetailer.',
      '- To fix it, name upscale.',
    ]);
    expect(said(['adetailer'], { standaloneAdetailer: false }).join()).not.toContain('standaloneAdetailer');
  });

  test('each fix is an order that the sequence takes', () => {
    const stages = ['txt2img', 'img2img', 'upscale', 'adetailer', 'film'];
    for (let bits = 0; bits < 2 ** stages.length; bits += 1) {
      const named = stages.filter((_, index) => (bits >> index) & 1).reverse();
      try {
        expect(verifyStageOrder(repairStageOrder(named).stages).valid).toBe(true);
      } catch (error) {
        if (!(error instanceof InvalidStagePlanError)) throw error;
        expect(error.message).not.toMatch(/_enabled|stage_order/);
        for (const { change, options } of error.fixes)
          expect(verifyStageOrder([change.stage_order].flat().map(String), options).valid).toBe(true);
      }
    }
  });

  test('every fault is told at once, a pass among the stages included', () => {
    expect(said(['film', 'adetailer', 'adetailer', 'hires'])).toEqual([
      'These stages have no legal order.',
      needs('adetailer'),
      '- Name adetailer once: the order has it more than once.',
      '- Leave film out: canonicalSequence has no stage film.',
      '- Leave hires out: canonicalSequence has no stage hires.',
      '- To fix it, allow standaloneAdetailer (ADetailer with no generation before it), and name adetailer.',
      '- To fix it, name txt2img, adetailer.',
      '- To fix it, name img2img, adetailer.',
    ]);
    expect(said(['film', 'upscale', 'txt2img'])).toEqual([
      'These stages have no legal order.',
      '- Leave film out: canonicalSequence has no stage film.',
      '- To fix it, name txt2img, upscale.',
    ]);
  });

  test.each([['txt2img'], [null], [[1]]])('%j is called no list of stages', (stages) => {
    const message = 'stages must be a list of stage types.';
    expect(() => verifyStageOrder('upscale' as never)).toThrow(
      expect.objectContaining({ problems: [{ option: 'stages', message }] }),
    );
    // @ts-expect-error: as from JavaScript.
    expect(() => repairStageOrder(stages)).toThrow(message);
    // @ts-expect-error: as from JavaScript.
    expect(() => verifyStageOrder(stages)).toThrow(message);
  });
});

describe('legalStageOrders', () => {
  test('lists each order with its stages and passes, and each is verified', () => {
    const orders = [...legalStageOrders()];
    expect(orders).toHaveLength(legalStageOrders().count);
    expect(orders.at(-1)).toEqual({
      events: [
        'stage.txt2img',
        'pass.refiner',
        'pass.hires',
        'stage.img2img',
        'stage.upscale',
        'stage.adetailer',
        'plan.finished',
      ],
      stages: ['txt2img', 'img2img', 'upscale', 'adetailer'],
      passes: ['refiner', 'hires'],
    });
    for (const { stages } of orders) expect(verifyStageOrder(stages).valid).toBe(true);
  });
});

test('stage types are read off the machine, in its order', () => {
  expect(stageTypes(canonicalSequence)).toEqual(['txt2img', 'img2img', 'upscale', 'adetailer']);
  expect(stageTypes(detailBeforeUpscale)).toEqual(['txt2img', 'img2img', 'adetailer', 'upscale']);
});

test('an order with a stage that a pass opens is told where that stage stands, and only the ways into it', () => {
  const config = { img2img_enabled: true, hires_enabled: true, stage_order: ['upscale', 'img2img'] };
  expect(explainStagePlan(config).rejections).toMatchObject([
    { stage: 'upscale', behind: 'img2img', needs: [], enterable_from: [{ state: 'redrawn', guard: null }] },
  ]);
});

describe('of a stage that another has to come before', () => {
  /** What is said of `second`, where only `first` begins a plan. */
  const saidOf = (gives: string, takes: string) => {
    const meta = { pass: null, takes: 'nothing', gives: 'nothing' };
    const sequence = createMachine({
      id: 'pair',
      initial: 'start',
      states: {
        start: { description: '', meta: { ...meta, stage_type: null }, on: { 'stage.first': 'first' } },
        first: {
          meta: { ...meta, stage_type: 'first', gives },
          on: { 'stage.second': 'second', 'plan.finished': 'complete' },
        },
        second: {
          meta: { ...meta, stage_type: 'second', takes, gives },
          on: { 'plan.finished': 'complete' },
        },
        complete: { meta: { ...meta, stage_type: null }, type: 'final' },
      },
    });
    return verifyStageOrder(['second'], { sequence }).rejections.map(({ message }) => message.split(' (')[0]);
  };

  test.each([
    ['image', 'image', 'second needs first before it, which gives it an image.'],
    ['image', 'nothing', 'second needs first before it.'],
    ['video', 'video', 'second needs first before it.'],
    ['video', 'image', 'second needs first before it.'],
  ])('which gives %s where it takes %s', (gives, takes, message) => {
    expect(saidOf(gives, takes)).toEqual([message]);
  });
});

test('a stated stage that the sequence does not have is to be left out', () => {
  const { rejections } = explainStagePlan(
    { txt2img_enabled: true, stage_order: ['txt2img', 'img2img'] },
    { sequence: detailPlanner.sequence },
  );
  expect(rejections.map(({ message }) => message)).toEqual([
    'Leave img2img out: detailTwice has no stage img2img.',
  ]);
});

test('a stage that is out of place is put before an earlier one, and never before itself or behind another as well', () => {
  const [both] = verifyStageOrder(['txt2img', 'adetailer', 'upscale', 'img2img']).rejections;
  expect(both).toMatchObject({ stage: 'upscale', index: 2, before: 'adetailer', behind: null });
  const [twice] = verifyStageOrder(['txt2img', 'upscale', 'upscale']).rejections;
  expect(twice).toMatchObject({ stage: 'upscale', index: 2, before: null, repeated: true });
});

test.each([
  [{}, ['stage.txt2img']],
  [{ adetailer_enabled: true }, ['stage.txt2img', 'stage.adetailer']],
])('a stated order is walked up to what is wrong with it: with %j', (more, events) => {
  const run = { txt2img_enabled: true, upscale_enabled: true, ...more };
  const stage_order = ['txt2img', 'adetailer', 'upscale'];
  const reading = readSequence(canonicalSequence, defaultPolicies);
  const route = routeThrough(reading, { ...run, stage_order }, { order: 'reject', openable: [] });
  expect(!route.legal && eventsOf(route.ended)).toEqual(events);
});
