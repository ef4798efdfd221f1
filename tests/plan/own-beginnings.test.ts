import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import * as z from 'zod';
import { policyContext, type SequencePolicies } from '../../machines/index.ts';
import { definePlanner, type StageDefinition, sayWarning, verifyStagePlan } from '../../src/index.ts';

interface Place {
  readonly stage: string;
  readonly takes: 'nothing' | 'image' | 'video';
  readonly pass?: string;
}

/** A planner by stages in a row, of which each may be left out: what a place takes, whoever stands before it. */
function plannerOf(places: readonly Place[], stages: readonly StageDefinition[] = []) {
  const description = 'A state of a machine for tests.';
  const nothing = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' };
  const moves = (from: number) =>
    Object.fromEntries(
      places.slice(from).flatMap(({ stage, pass, takes }) => {
        if (from === 0 && pass !== undefined) return [];
        const guard = from === 0 && takes !== 'nothing' ? { guard: 'externalInput' as const } : {};
        const name = pass ?? stage;
        return [[`${pass === undefined ? 'stage' : 'pass'}.${name}`, { target: name, ...guard }] as const];
      }),
    );
  const end = { 'plan.finished': { target: 'complete' } };
  const sequence = setup({
    types: { input: {} as SequencePolicies, context: {} as SequencePolicies },
    guards: { externalInput: ({ context }) => context.externalInput },
  }).createMachine({
    id: 'inARow',
    context: policyContext,
    initial: 'start',
    states: {
      start: { description, meta: nothing, on: moves(0) },
      ...Object.fromEntries(
        places.map(({ stage, takes, pass = null }, index) => [
          pass ?? stage,
          {
            description,
            meta: { stage_type: stage, pass, takes, gives: 'image' },
            on: { ...moves(index + 1), ...end },
          },
        ]),
      ),
      complete: { description, meta: { ...nothing, takes: 'image', gives: 'image' }, type: 'final' },
    },
  });
  return definePlanner({ sequence, stages });
}

function onAll(...stages: readonly string[]) {
  return Object.fromEntries(stages.map((stage) => [`${stage}_enabled`, true]));
}

const prepare = {
  stage_type: 'prepare',
  switch: 'prepare_enabled',
  settings: z.strictObject({}),
  keeps_size: true,
} as const;
const batch = { batch_size: 2, n_iter: 2 };
const fromImage: readonly Place[] = [
  { stage: 'prepare', takes: 'image' },
  { stage: 'img2img', takes: 'image' },
  { stage: 'adetailer', takes: 'image' },
];
const fromNothing: readonly Place[] = [
  { stage: 'prepare', takes: 'nothing' },
  { stage: 'txt2img', takes: 'nothing' },
  { stage: 'adetailer', takes: 'image' },
];

type Planner = ReturnType<typeof plannerOf>;

function planOf(planner: Planner, config: object) {
  const result = planner.safeBuildStagePlan(config);
  if (!result.success) throw result.error;
  expect(planner.verifyStagePlan(structuredClone(result.plan)).problems).toEqual([]);
  return result.plan;
}

function countsOf({ stages }: ReturnType<typeof planOf>) {
  return stages.map(({ images_in, images_out, stage_config: { batch_size, n_iter, seed } }) => [
    `${batch_size} x ${n_iter}`,
    `${images_in} -> ${images_out}`,
    seed,
  ]);
}

function findsOf({ stages }: ReturnType<typeof planOf>) {
  return stages.flatMap(({ stage_config }) =>
    'detectors' in stage_config
      ? stage_config.detectors.map(({ inpaint_width, inpaint_height }) => [inpaint_width, inpaint_height])
      : [],
  );
}

describe("a stage of one's own that starts the plan", () => {
  test('from an existing image makes no batch, and the plan says so', () => {
    const plan = planOf(plannerOf(fromImage, [prepare]), {
      ...onAll('prepare', 'img2img'),
      ...batch,
      seed: 7,
      input_image: 'a.png',
    });
    expect(countsOf(plan)).toEqual([
      ['1 x 1', '1 -> 1', 7],
      ['1 x 1', '1 -> 1', null],
    ]);
    expect(plan.warnings).toEqual([{ code: 'batch_ignored', stage_id: '1-prepare', ...batch }]);
  });

  test('from nothing makes the batch, and later stages run once for each image', () => {
    const plan = planOf(plannerOf(fromNothing, [prepare]), {
      ...onAll('prepare', 'adetailer'),
      ...batch,
      seed: 7,
    });
    expect(countsOf(plan)).toEqual([
      ['2 x 2', '0 -> 4', 7],
      ['1 x 1', '4 -> 4', null],
    ]);
    expect(plan.warnings).toEqual([]);
  });

  test.each([fromNothing, [{ stage: 'prepare', takes: 'image' } as const, ...fromNothing.slice(1)]])(
    'and hands nothing on leaves the batch to the generation behind it',
    (...places) => {
      const plan = planOf(plannerOf(places, [prepare]), {
        ...onAll('prepare', 'txt2img', 'adetailer'),
        ...batch,
        seed: 7,
        input_image: 'a.png',
        input_image_size: { width: 640, height: 640 },
      });
      expect(countsOf(plan).slice(1)).toEqual([
        ['2 x 2', '0 -> 4', 7],
        ['1 x 1', '4 -> 4', null],
      ]);
      expect(plan.stages[1]).toMatchObject({ input: { source: 'none' }, input_size: null });
      expect(plan.warnings.map(({ code }) => code)).not.toContain('batch_ignored');
      expect(findsOf(plan)).toEqual([[512, 512]]);
    },
  );

  test('from something that is no image has no size, and the plan says so', () => {
    const size = { width: 640, height: 480 };
    const plan = planOf(plannerOf([{ stage: 'prepare', takes: 'video' }], [prepare]), {
      ...onAll('prepare'),
      input_image: 'a.mp4',
      input_image_size: size,
    });
    expect(plan.stages[0]).toMatchObject({ input: { image: 'a.mp4' }, input_size: null, output_size: null });
    expect(plan.warnings).toEqual([{ code: 'no_effect', field: 'input_image_size', value: size }]);
  });

  test.each(['upscale', 'adetailer', 'img2img'] as const)('and is like %s makes what that makes', (like) => {
    const other = { stage_type: 'again', switch: 'again_enabled', like } as const;
    const plan = planOf(plannerOf([{ stage: 'again', takes: 'image' }], [other]), {
      ...onAll('again'),
      ...batch,
      input_image: 'a.png',
    });
    const makes = like === 'img2img';
    expect(countsOf(plan)).toEqual([makes ? ['2 x 2', '1 -> 4', -1] : ['1 x 1', '1 -> 1', -1]]);
    expect(plan.warnings.map(sayWarning)).toEqual(
      makes
        ? []
        : ['1-again works on one image: batch_size 2 and n_iter 2 have no effect without generation.'],
    );
  });
});

describe('a find is repainted at the size of the first generation, wherever that stands', () => {
  const planner = plannerOf(fromImage, [prepare]);
  const all = onAll('prepare', 'img2img', 'adetailer');

  test('at its own size, or that of the image that comes in', () => {
    const img2img = { width: 768, height: 512 };
    expect(findsOf(planOf(planner, { ...all, img2img }))).toEqual([[768, 512]]);
    const input_image_size = { width: 517, height: 301 };
    expect(findsOf(planOf(planner, { ...all, input_image_size }))).toEqual([[512, 296]]);
  });

  test("at the run's own, where that is unknown, or nothing is generated before it", () => {
    expect(findsOf(planOf(planner, { ...all, width: 640, height: 960 }))).toEqual([[640, 960]]);
    const early = plannerOf([
      { stage: 'adetailer', takes: 'image' },
      { stage: 'img2img', takes: 'image' },
    ]);
    const config = { ...onAll('adetailer', 'img2img'), img2img: { width: 768, height: 512 } };
    expect(findsOf(planOf(early, config))).toEqual([[512, 512]]);
  });
});

describe('a latent mode is judged in the stage that it enlarges in', () => {
  const latent = { upscaler: 'Latent' };
  const problemsOf = (planner: Planner, config: object) =>
    planner.explainStagePlan(config).problems.map(({ path, code }) => [path.join('.'), code]);
  const refused = (stage: string) => [[`${stage}.upscaler`, 'not_allowed']];

  test('whose redraw is hires fix, whichever stage the plan begins with', () => {
    const inUpscale = plannerOf([
      { stage: 'txt2img', takes: 'nothing' },
      { stage: 'upscale', takes: 'image' },
      { stage: 'upscale', takes: 'image', pass: 'hires' },
    ]);
    const config = { ...onAll('txt2img', 'upscale', 'hires'), upscale: latent };
    expect(planOf(inUpscale, config).stages[1]?.stage_config).toMatchObject({
      upscaler: 'Latent',
      redraw: { denoising_strength: 0.3 },
    });
    // Where hires fix opens the stage, it is hires fix that enlarges.
    expect(problemsOf(inUpscale, { ...config, upscale_enabled: false })).toEqual([]);
    expect(problemsOf(inUpscale, { ...config, hires_enabled: false })).toEqual(refused('upscale'));
  });

  test('and hires fix in another stage is none', () => {
    const inImg2img = plannerOf([
      { stage: 'img2img', takes: 'image' },
      { stage: 'img2img', takes: 'image', pass: 'hires' },
      { stage: 'upscale', takes: 'image' },
    ]);
    const config = { ...onAll('img2img', 'upscale', 'hires'), upscale: latent };
    expect(problemsOf(inImg2img, config)).toEqual(refused('upscale'));
    expect(problemsOf(inImg2img, { ...config, upscale: { ...latent, redraw: {} } })).toEqual([]);
  });

  test('of several stages each by itself, and beside what else is wrong', () => {
    const again = { stage_type: 'again', switch: 'again_enabled', like: 'upscale' } as const;
    const twice = plannerOf(
      [
        { stage: 'img2img', takes: 'image' },
        { stage: 'upscale', takes: 'image' },
        { stage: 'upscale', takes: 'image', pass: 'hires' },
        { stage: 'again', takes: 'image' },
      ],
      [again],
    );
    const config = {
      ...onAll('img2img', 'upscale', 'hires', 'again'),
      upscale: latent,
      again: latent,
      keep: ['img2img', 'adetailer'],
    };
    expect(problemsOf(twice, { ...config, keep: [] })).toEqual(refused('again'));
    expect(
      problemsOf(twice, {
        ...config,
        keep: ['img2img'],
        again: { ...latent, upscale_factor: 8 },
        input_image_size: { width: 65536, height: 8 },
      }),
    ).toEqual([['upscale.upscale_factor', 'out_of_range'], ...refused('again')]);
    const plan = planOf(twice, { ...config, keep: [], again: {} });
    const forged = structuredClone(plan);
    Object.assign(forged.stages[2]?.stage_config ?? {}, latent);
    expect(twice.verifyStagePlan(forged).problems).toMatchObject([
      { code: 'tampered_stage', path: 'stages[2].stage_config.upscaler' },
    ]);
  });
});

/** Two stages like each known one, in any order, some of them off, each with what counts and what does not. */
const shuffled = fc.record({
  order: fc.shuffledSubarray(
    ['txt2img', 'img2img', 'img2img_2', 'upscale', 'upscale_2', 'adetailer', 'adetailer_2'],
    { minLength: 2 },
  ),
  on: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  hiresAt: fc.nat(6),
  run: fc.record({
    hires_enabled: fc.boolean(),
    seed: fc.constantFrom(-1, 5),
    batch_size: fc.constantFrom(1, 3),
    input_image_size: fc.option(fc.constant({ width: 517, height: 301 })),
    backend_options: fc.constantFrom({}, { webui: { tiling: true } }),
    ...redrawing('img2img'),
    ...redrawing('img2img_2'),
    ...enlarging('upscale'),
    ...enlarging('upscale_2'),
  }),
});

function redrawing(stage: string) {
  const settings = { mask: fc.option(fc.constant({})), seed: fc.constantFrom(-1, 3) };
  return { [stage]: fc.record(settings, { requiredKeys: [] }) };
}

function enlarging(stage: string) {
  const settings = {
    upscaler: fc.constantFrom('Lanczos', 'Latent'),
    redraw: fc.option(fc.constant({ steps: 1 })),
    backend_options: fc.constant({ webui: { tiling: true } }),
  };
  return { [stage]: fc.record(settings, { requiredKeys: [] }) };
}

test('whatever stands where, and whatever is off, a plan is that of the run that is read out of it', () => {
  const likes: readonly StageDefinition[] = (['img2img', 'upscale', 'adetailer'] as const).map((like) => ({
    stage_type: `${like}_2`,
    switch: `${like}_2_enabled`,
    like,
  }));
  let planned = 0;
  fc.assert(
    fc.property(shuffled, ({ order, on, hiresAt, run }) => {
      const places: readonly Place[] = order.flatMap((stage, index): readonly Place[] => {
        const place = { stage, takes: stage === 'txt2img' ? 'nothing' : 'image' } as const;
        const hires = index === hiresAt && !stage.startsWith('adetailer');
        return hires ? [place, { stage, takes: 'image', pass: 'hires' }] : [place];
      });
      const planner = plannerOf(
        places,
        likes.filter(({ stage_type }) => order.some((stage) => stage === stage_type)),
      );
      const said = Object.entries(run).filter(
        ([key]) => !key.endsWith('_2') || order.some((stage) => stage === key),
      );
      const stages = order.filter((_, index) => on[index] === true);
      const hires = places.some(({ pass }) => pass === 'hires') && run.hires_enabled;
      const result = planner.safeBuildStagePlan({
        ...Object.fromEntries(said),
        ...onAll(...stages),
        hires_enabled: hires,
      });
      if (!result.success) return;
      planned += 1;
      const copy: unknown = JSON.parse(JSON.stringify(result.plan));
      expect(planner.verifyStagePlan(copy).problems).toEqual([]);
      expect(verifyStagePlan(copy, { sequence: planner.sequence }).problems).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(planned).toBeGreaterThan(40);
});
