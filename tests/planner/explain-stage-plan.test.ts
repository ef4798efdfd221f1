import { describe, expect, test } from 'vitest';
import { everyPolicy } from '../../machines/policies.ts';
import { policyContext, sequenceSetup } from '../../machines/sequence-setup.ts';
import {
  buildStagePlan,
  explainStagePlan,
  InvalidStagePlanError,
  safeBuildStagePlan,
  sayDecision,
  sequences,
} from '../../src/index.ts';
import { configOf, everySwitchSet, on, switchNames } from '../fixtures.ts';
import { undecided } from '../undecided.ts';

function outcomes(config: unknown): Readonly<Record<string, string>> {
  const { decisions } = explainStagePlan(config);
  return Object.fromEntries(
    decisions.map(({ stage, pass, outcome, reason, state }) => [
      stage ?? pass ?? '',
      `${outcome}, ${reason}, in ${state}`,
    ]),
  );
}

describe('explainStagePlan', () => {
  test('gives the decisions of the plan where there is one', () => {
    const config = { txt2img_enabled: true, adetailer_enabled: true };
    expect(explainStagePlan(config)).toEqual({
      sequence_id: 'canonicalSequence',
      legal: true,
      problems: [],
      more: 0,
      decisions: buildStagePlan(config).decisions,
      warnings: [],
      rejections: [],
      fixes: [],
      fix_count: { count: 0, at_least: false },
    });
    expect(outcomes(config)).toEqual({
      txt2img: 'planned, switch_on, in start',
      refiner: 'skipped, switch_off, in txt2img.base',
      hires: 'skipped, switch_off, in txt2img.base',
      img2img: 'skipped, switch_off, in txt2img.base',
      upscale: 'skipped, switch_off, in txt2img.base',
      adetailer: 'planned, switch_on, in txt2img.base',
    });
  });

  test('of a rejected run tells what could be reached from what could not', () => {
    expect(
      outcomes({
        img2img_enabled: true,
        refiner_enabled: true,
        refiner_model_name: 'r',
        upscale_enabled: true,
      }),
    ).toEqual({
      txt2img: 'skipped, switch_off, in start',
      refiner: 'rejected, unreachable, in null',
      hires: 'skipped, switch_off, in redrawnUpscale.enlarged',
      img2img: 'rejected, plan_rejected, in start',
      upscale: 'rejected, plan_rejected, in redrawn',
      adetailer: 'skipped, switch_off, in redrawnUpscale.enlarged',
    });
  });

  test('of a config with wrong fields tells all of them and asks no machine', () => {
    expect(explainStagePlan({ steps: 0, x: 1 })).toMatchObject({
      legal: false,
      problems: [{ path: ['steps'] }, { path: ['x'] }],
      decisions: [],
    });
  });

  test('throws nothing, whatever it is given', () => {
    for (const value of [null, undefined, 7, 'x', [], () => 1, Symbol('x'), 10n])
      expect(explainStagePlan(value).legal).toBe(false);
  });
});

describe('rejections', () => {
  test('name the state, what was possible there, and where the stage could be entered', () => {
    expect(explainStagePlan({ adetailer_enabled: true }).rejections).toEqual([
      {
        code: 'unreachable_stage',
        stage: 'adetailer',
        state: 'start',
        reachable: ['stage.txt2img', 'stage.img2img'],
        enterable_from: [
          { state: 'start', guard: 'standaloneAdetailer' },
          { state: 'txt2img', guard: null },
          { state: 'img2img', guard: null },
          { state: 'redrawn', guard: null },
          { state: 'redrawnUpscale', guard: null },
          { state: 'standaloneUpscale', guard: 'standaloneAdetailer' },
          { state: 'upscale', guard: null },
        ],
        needs: ['stage.txt2img', 'stage.img2img'],
        excluded_by: [],
        message:
          'adetailer needs txt2img or img2img before it, which give it an image. ' +
          '(The walk stands in start, which leads to txt2img or img2img.)',
      },
    ]);
  });

  test('name the guard that forbids', () => {
    const { rejections } = explainStagePlan({ upscale_enabled: true });
    expect(rejections).toMatchObject([
      {
        enterable_from: [
          { state: 'start', guard: 'standaloneUpscale' },
          { guard: null },
          { guard: null },
          { guard: null },
        ],
      },
    ]);
  });

  test('of an empty run say that an empty plan is no plan', () => {
    expect(explainStagePlan({}).rejections).toMatchObject([
      {
        code: 'empty_plan',
        state: 'start',
        reachable: ['stage.txt2img', 'stage.img2img'],
        message: 'Begin with txt2img or img2img: a plan without a stage is no plan.',
      },
    ]);
  });

  test('name a pass as a pass', () => {
    const { rejections } = explainStagePlan({ hires_enabled: true });
    expect(rejections).toMatchObject([{ code: 'unreachable_pass', pass: 'hires', state: 'start' }]);
  });

  test('stand in the error, in fields and in words', () => {
    const result = safeBuildStagePlan({ adetailer_enabled: true });
    const error = result.success ? null : result.error;
    expect(error).toBeInstanceOf(InvalidStagePlanError);
    const { rejections, fixes } = explainStagePlan({ adetailer_enabled: true });
    expect(error).toMatchObject({ rejections, fixes });
    expect(error?.message.split('\n')).toEqual([
      'The run has no legal stage plan.',
      expect.stringContaining('adetailer needs txt2img or img2img before it'),
      '- To fix it, allow standaloneAdetailer (ADetailer with no generation before it).',
      '- To fix it, turn txt2img_enabled on.',
      '- To fix it, turn img2img_enabled on.',
    ]);
  });
});

describe.each(Object.entries(sequences))('the fixes of %s', (_, sequence) => {
  test.each(everyPolicy)(
    'are all the legal sets with the fewest flips, and no other, under %o',
    (policies) => {
      const options = { sequence, ...policies };
      const legal = everySwitchSet.filter((run) => safeBuildStagePlan(configOf(run), options).success);
      for (const run of everySwitchSet) {
        const { legal: planned, fixes } = explainStagePlan(configOf(run), options);
        if (planned) continue;
        const distance = (other: typeof run) =>
          switchNames.filter((name) => run[name] !== other[name]).length;
        const nearest = Math.min(...legal.map(distance));
        const expected = legal.filter((other) => distance(other) === nearest);
        const fixed = fixes.map(({ change }) => ({ ...run, ...change }));
        expect(fixed.map(on).toSorted()).toEqual(expected.map(on).toSorted());
        expect(fixes.every(({ flips }) => flips === nearest)).toBe(true);
      }
    },
  );
});

describe('sayDecision says', () => {
  const said = (config: object) =>
    Object.fromEntries(
      explainStagePlan(config).decisions.map((decision) => [
        decision.stage ?? decision.pass,
        sayDecision(decision, 'canonicalSequence'),
      ]),
    );

  test('of a rejected run what can be reached, and what cannot', () => {
    expect(said({ txt2img_enabled: true, hires_enabled: true, upscale_enabled: true })).toMatchObject({
      txt2img: 'txt2img_enabled is on.',
      hires: 'hires_enabled is on, and works in 1-txt2img.',
    });
    const rejected = { img2img_enabled: true, refiner_enabled: true, refiner_model_name: 'r' };
    expect(said(rejected)).toMatchObject({
      img2img: 'img2img can be reached, but the plan as a whole is rejected.',
      refiner:
        'refiner cannot be reached: img2img leads to hires, upscale, adetailer, or the end of the plan.',
      upscale: 'upscale_enabled is off.',
    });
    expect(said({ adetailer_enabled: true }).adetailer).toBe(
      'adetailer cannot be reached: the start leads to txt2img or img2img.',
    );
  });

  test('of a stated order without the stage that a pass opens which pass that is', () => {
    const run = { img2img_enabled: true, hires_enabled: true, stage_order: ['img2img'] };
    expect(explainStagePlan(run).rejections).toEqual([
      {
        code: 'stage_order_mismatch',
        stage: 'upscale',
        mismatch: 'missing',
        by: 'hires',
        message: 'Name upscale in stage_order: hires_enabled is on, and works in upscale here.',
      },
    ]);
  });
});

test('a stage that a pass has opened is explained by that pass', () => {
  const { decisions } = explainStagePlan({ img2img_enabled: true, hires_enabled: true });
  expect(decisions.map((decision) => sayDecision(decision, 'canonicalSequence'))).toContain(
    'hires_enabled is on, and in this run hires works in upscale.',
  );
});

test('a stage that only a closed policy would lead to has no place, whatever else is on', () => {
  const description = 'A state of a machine for tests.';
  const image = { pass: null, takes: 'image', gives: 'image' } as const;
  const finish = { 'plan.finished': { target: 'complete' } };
  const sequence = sequenceSetup.createMachine({
    id: 'apart',
    context: policyContext,
    initial: 'start',
    states: {
      start: {
        description,
        meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
        on: {
          'stage.txt2img': { target: 'txt2img' },
          'stage.img2img': { guard: 'externalInput', target: 'img2img' },
        },
      },
      txt2img: { description, meta: { ...image, stage_type: 'txt2img', takes: 'nothing' }, on: finish },
      img2img: { description, meta: { ...image, stage_type: 'img2img' }, on: finish },
      complete: { description, meta: { ...image, stage_type: null }, type: 'final' },
    },
  });
  const config = { img2img_enabled: true };
  const { rejections } = explainStagePlan(config, { sequence, externalInput: false });
  expect(rejections.map(({ message }) => message)).toEqual([
    'Leave img2img out: it has no place in a plan of apart with these options. (The walk stands in start, which leads to txt2img.)',
  ]);
  expect(explainStagePlan(config, { sequence }).legal).toBe(true);
});

test('of a sequence that does not decide the order, both orders are told', () => {
  const config = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  const { rejections } = explainStagePlan(config, { sequence: undecided });
  expect(rejections.map(({ code, message }) => [code, message.replace(/ \(The walk.*/, '')])).toEqual([
    [
      'ambiguous_sequence',
      'undecided has more than one order for what is on: txt2img, adetailer, upscale; or txt2img, upscale, adetailer.',
    ],
  ]);
});
