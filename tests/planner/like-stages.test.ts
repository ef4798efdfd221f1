import { describe, expect, expectTypeOf, test } from 'vitest';
import { detailPlanner } from '../../examples/detail-twice.ts';
import { redrawPlanner } from '../../examples/redraw-twice.ts';
import {
  buildStagePlan,
  canonicalSequence,
  definePlanner,
  defineStage,
  diffStagePlans,
  InvalidSequenceError,
  InvalidStagePlanError,
  migrateStagePlan,
  type StageDefinition,
  StageExecutionPlan,
  sayWarning,
  sequenceFingerprint,
  verifyStagePlan,
} from '../../src/index.ts';
import { runOfPlan } from '../../src/plan/run-of-plan.ts';
import {
  drawJourney,
  drawSequence,
  journeyOfPlan,
  markJourney,
  sequenceGraph,
} from '../../visualizations/index.ts';
import { everything } from '../fixtures.ts';
import { sequenceOf } from '../growth/machines.ts';
import { leafChanges } from './leaf-changes.ts';

const all = {
  txt2img_enabled: true,
  adetailer_enabled: true,
  upscale_enabled: true,
  second_detail_enabled: true,
} as const;
const plan = detailPlanner.buildStagePlan({
  ...all,
  steps: 24,
  adetailer: { model: 'face_yolov8n.pt' },
  second_detail: [{ model: 'hand_yolov8n.pt' }, { model: 'eyes.pt', prompt: 'green eyes' }],
  second_detail_backend_options: { webui: { tiling: true } },
  adetailer_backend_options: { webui: { tiling: false } },
});
const { sequence } = detailPlanner;

function copyOf(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}

describe('a stage that is like a known one', () => {
  test('has its settings, its config and its fields, under a name of its own', () => {
    const [, first, , second] = plan.stages;
    expect(second).toMatchObject({ id: '4-second_detail', stage_type: 'second_detail', like: 'adetailer' });
    expect(Object.keys(second?.stage_config ?? {})).toEqual(Object.keys(first?.stage_config ?? {}));
    expect(second?.stage_config).toMatchObject({
      stage_type: 'adetailer',
      adetailer_enabled: true,
      steps: 24,
      detectors: [{ model: 'hand_yolov8n.pt' }, { model: 'eyes.pt', prompt: 'green eyes' }],
      backend_options: { webui: { tiling: true } },
    });
    expect(first?.stage_config).toMatchObject({ backend_options: { webui: { tiling: false } } });
    expect(first).not.toHaveProperty('like');
  });

  test('needs no switch in its definition, and its switch is that of its name', () => {
    const definition = defineStage({ stage_type: 'touch_up', like: 'img2img' });
    expect(definition).toEqual({ stage_type: 'touch_up', switch: 'touch_up_enabled', like: 'img2img' });
    expectTypeOf(definition.like).toEqualTypeOf<'img2img'>();
    expectTypeOf(definition.switch).toEqualTypeOf<'touch_up_enabled'>();
  });

  test('is verified by its planner and, without any definition, by the core', () => {
    const copy: unknown = copyOf(plan);
    expect(detailPlanner.verifyStagePlan(copy)).toEqual({ valid: true, plan, problems: [] });
    expect(verifyStagePlan(copy, { sequence })).toEqual({ valid: true, plan, problems: [] });
  });

  test('is missed in a list that lacks its decision, and left out of one that has none', () => {
    const said = (change: (copy: ReturnType<typeof copyOf>) => void) => {
      const copy = copyOf(plan);
      change(copy);
      return verifyStagePlan(copy, { sequence })
        .problems.map(({ message }) => message)
        .join();
    };
    expect(said(({ decisions }) => decisions.pop())).toContain('decisions[3] is missing, but');
    expect(said(({ decisions }) => decisions.push(decisions[0]))).toContain('the plan it is left out.');
  });

  test('is told by name where it was tampered with', () => {
    const said = (change: (copy: ReturnType<typeof copyOf>) => void) => {
      const copy = copyOf(plan);
      change(copy);
      return verifyStagePlan(copy, { sequence }).problems.map(({ code, path }) => [code, path]);
    };
    expect(
      said((copy) => {
        copy.stages[3].id = '4-x';
      }),
    ).toEqual([['wrong_id', 'stages[3].id']]);
    expect(
      said((copy) => {
        copy.stages[3].stage_config.adetailer_enabled = false;
      }),
    ).toEqual([['tampered_stage', 'stages[3].stage_config.adetailer_enabled']]);
    expect(
      said((copy) => {
        copy.stages[3].like = 'upscale';
      })[0]?.[0],
    ).toBe('malformed_plan');
    expect(
      said(({ stages }) => {
        delete stages[3].like;
      })[0]?.[0],
    ).toBe('malformed_plan');
    expect(
      said((copy) => {
        copy.stages[1].like = 'adetailer';
      }),
    ).toEqual([['tampered_stage', 'stages[1].like']]);
    expect(
      said((copy) => {
        copy.stages[3].stage_config.stage_type = 'second_detail';
      }),
    ).toEqual([['malformed_plan', 'stages[3].stage_config.stage_type']]);
    expect(
      said((copy) => {
        copy.stages[3].stage_type = 'third_detail';
      }),
    ).toEqual([['tampered_stage', 'stages[3].stage_type']]);
  });

  test('shows each leaf of its config in the run that is read out of its plan', () => {
    for (const { path, value } of leafChanges(StageExecutionPlan, plan)) {
      if (!path.startsWith('.stages[3].')) continue;
      const verdict = verifyStagePlan(value, { sequence });
      if (!verdict.valid) expect(verdict.problems.length, path).toBeGreaterThan(0);
      else {
        const run = runOfPlan(verdict.plan);
        expect(detailPlanner.safeBuildStagePlan(run, { order: 'repair' })).toEqual({
          success: true,
          plan: value,
        });
      }
    }
  });

  test('is decided and explained as any other', () => {
    expect(plan.decisions.at(-1)).toMatchObject({
      stage: 'second_detail',
      outcome: 'planned',
      stage_id: '4-second_detail',
    });
    const { rejections, fixes } = detailPlanner.explainStagePlan({ second_detail_enabled: true });
    expect(rejections).toMatchObject([
      { message: expect.stringContaining('second_detail needs txt2img before it') },
    ]);
    expect(fixes).toMatchObject([
      { change: { txt2img_enabled: true, upscale_enabled: true }, flips: 2 },
      { change: { txt2img_enabled: true, second_detail_enabled: false }, flips: 2 },
    ]);
  });

  test('checks its settings, and suggests their keys', () => {
    const { problems } = detailPlanner.explainStagePlan({
      ...all,
      second_detail: { confidence: 3, modle: 'x' },
    });
    expect(problems.map(({ message }) => message)).toEqual([
      'second_detail.confidence must be at most 1, but is 3.',
      'second_detail.modle is not a field of a RunConfig. Did you mean model?',
    ]);
  });

  test('is migrated where the other sequence has it, and moves there', () => {
    const early = definePlanner({
      sequence: sequenceOf('detailEarly', {
        start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
        txt2img: { stage: 'txt2img', on: { 'stage.second_detail': 'second_detail' } },
        second_detail: { stage: 'second_detail', on: { 'stage.adetailer': 'adetailer' } },
        adetailer: { stage: 'adetailer', on: { 'stage.upscale': 'upscale' } },
        upscale: { stage: 'upscale', on: { 'plan.finished': 'complete' } },
      }),
      stages: [defineStage({ stage_type: 'second_detail', like: 'adetailer' })],
    });
    const moved = early.migrateStagePlan(plan);
    expect(moved.plan.stages.map(({ id }) => id)).toEqual([
      '1-txt2img',
      '2-second_detail',
      '3-adetailer',
      '4-upscale',
    ]);
    expect(moved.diff.text).toContain('second_detail moves from position 4 to 2.');
    expect(migrateStagePlan(copyOf(plan), early.sequence)).toEqual(moved);
    expect(early.verifyStagePlan(copyOf(moved.plan)).problems).toEqual([]);
    expect(early.migrateStagePlan(plan).plan).toEqual(moved.plan);
  });

  test('is never dropped on the way: a sequence without it takes no such plan', () => {
    expect(() => migrateStagePlan(copyOf(plan), canonicalSequence)).toThrow(InvalidStagePlanError);
    expect(() => migrateStagePlan(copyOf(plan), 'canonical')).toThrow(
      'Turn second_detail_enabled off: canonicalSequence has no stage second_detail.',
    );
  });

  test('stands in differences under its own name', () => {
    const other = detailPlanner.buildStagePlan({ ...all, second_detail: { denoising_strength: 0.1 } });
    const { changes, text } = detailPlanner.diffStagePlans(plan, other);
    expect(changes.some(({ stage }) => stage === 'second_detail')).toBe(true);
    expect(text).toContain('second_detail');
    expect(diffStagePlans(copyOf(plan), copyOf(other)).changes).toEqual(changes);
  });

  test('is drawn, and its way is lit', async () => {
    expect(await drawSequence(sequence, 'mermaid')).toContain('second_detail');
    const journey = journeyOfPlan(plan, { sequence });
    expect(journey.legal).toBe(true);
    expect(await drawJourney(journey, 'mermaid')).toMatch(/^ {2}upscale -->\|"4"\| second_detail$/m);
  });

  test('stands in the JSON Schemas', () => {
    expect(detailPlanner.runConfigJsonSchema()).toMatchObject({
      properties: {
        second_detail_enabled: { default: false },
        second_detail: {},
        second_detail_backend_options: {},
      },
    });
    expect(JSON.stringify(detailPlanner.stagePlanJsonSchema())).toContain('"const":"adetailer"');
  });

  test('has literal names in the types of its planner', () => {
    expectTypeOf(detailPlanner.buildStagePlan).parameter(0).toHaveProperty('second_detail_enabled');
    expectTypeOf(detailPlanner.buildStagePlan).parameter(0).toHaveProperty('second_detail_backend_options');
    expectTypeOf(redrawPlanner.buildStagePlan)
      .parameter(0)
      .not.toHaveProperty('second_img2img_backend_options');
    const [stage] = plan.stages;
    if (stage?.stage_type === 'second_detail') {
      expectTypeOf(stage.like).toEqualTypeOf<'adetailer'>();
      expectTypeOf(stage.stage_config.stage_type).toEqualTypeOf<'adetailer'>();
    }
    if (stage?.stage_type === 'upscale') expectTypeOf(stage).not.toHaveProperty('like');
  });

  test('keeps its images where the run says so, and may stand in a stated order', () => {
    const kept = detailPlanner.buildStagePlan({
      ...all,
      keep: ['second_detail', 'adetailer'],
      stage_order: ['txt2img', 'adetailer', 'upscale', 'second_detail'],
    });
    expect(kept.stages.map(({ keeps_image }) => keeps_image)).toEqual([false, true, false, true]);
  });
});

/** Two more stages of each kind that can be like a known one, all of them optional behind txt2img. */
const kinds = ['img2img', 'upscale', 'adetailer'] as const;
const names = kinds.flatMap((like) => [like, `${like}_2`, `${like}_3`]);
const many = sequenceOf('many', {
  start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
  txt2img: { stage: 'txt2img', on: { ...movesTo(names), 'plan.finished': 'complete' } },
  ...Object.fromEntries(
    names.map((stage, index) => [
      stage,
      { stage, on: { ...movesTo(names.slice(index + 1)), 'plan.finished': 'complete' } },
    ]),
  ),
});
const likes = kinds.flatMap((like): StageDefinition[] => [
  { stage_type: `${like}_2`, switch: `${like}_2_enabled`, like },
  { stage_type: `${like}_3`, switch: `${like}_3_enabled`, like },
]);
const manyPlanner = definePlanner({ sequence: many, stages: likes });

function movesTo(stages: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(stages.map((stage) => [`stage.${stage}`, stage]));
}

test('several of each kind stand in one plan, each with its own settings, and are verified without a definition', () => {
  const { hires_enabled: _, refiner_enabled: __, ...run } = everything;
  const built = manyPlanner.safeBuildStagePlan({
    ...run,
    ...Object.fromEntries(names.map((stage) => [`${stage}_enabled`, true])),
    img2img: { width: 832, height: 1216, seed: 3 },
    img2img_2: { denoising_strength: 0.6, mask: { image: 'm.png' }, backend_options: { webui: { a: 1 } } },
    img2img_3: { width: 512, height: 768, sampler_name: 'Euler' },
    upscale: { upscale_factor: 1.5 },
    upscale_2: { resize_to: { width: 1024, height: 1024 }, redraw: { denoising_strength: 0.2, steps: 8 } },
    upscale_3: { upscaler: 'Latent', upscale_factor: 1, redraw: { prompt: 'sharp' } },
    adetailer_2: [{ model: 'a.pt' }, { model: 'b.pt', checkpoint: 'c' }],
    adetailer_3: { inpaint_width: 640, inpaint_height: 640 },
  });
  if (!built.success) throw built.error;
  expect(built.plan.stages.map(({ stage_type }) => stage_type)).toEqual(['txt2img', ...names]);
  const copy: unknown = copyOf(built.plan);
  expect(manyPlanner.verifyStagePlan(copy).problems).toEqual([]);
  expect(verifyStagePlan(copy, { sequence: many }).problems).toEqual([]);
});

test('a plan is verified without a definition whichever of them it has, however many plans were verified before', () => {
  const own = likes.map(({ stage_type }) => stage_type);
  for (let bits = 0; bits < 2 ** own.length; bits += 1) {
    const on = own.filter((_, index) => (bits >> index) & 1).map((stage) => [`${stage}_enabled`, true]);
    const built = manyPlanner.safeBuildStagePlan({ txt2img_enabled: true, ...Object.fromEntries(on) });
    if (!built.success) throw built.error;
    expect(verifyStagePlan(copyOf(built.plan), { sequence: many }).problems).toEqual([]);
  }
});

test('of a stage whose name no definition could have it is said that no run has such a plan', () => {
  const prompts = sequenceOf('prompts', {
    start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
    txt2img: { stage: 'txt2img', on: { 'stage.prompt': 'prompt' } },
    prompt: { stage: 'prompt', on: { 'plan.finished': 'complete' } },
  });
  const { text, fingerprint } = { text: JSON.stringify(plan), fingerprint: sequenceFingerprint(prompts) };
  const forged = copyOf(JSON.parse(text.replaceAll('"second_detail"', '"prompt"')));
  const [first, , , last] = forged.stages;
  const events = ['stage.txt2img', 'stage.prompt', 'plan.finished'];
  const verdict = verifyStagePlan(
    { ...forged, sequence: { id: 'prompts', fingerprint }, events, stages: [first, last] },
    { sequence: prompts },
  );
  expect(verdict.problems[0]).toMatchObject({
    code: 'tampered_stage',
    message: expect.stringContaining('No run has this plan'),
  });
});

test('of a pass inside a stage that cannot carry it nothing is thrown', () => {
  const detailed = (on: Readonly<Record<string, string>>) =>
    sequenceOf('detailed', {
      start: { stage: null, on: { 'stage.adetailer': 'adetailer' } },
      adetailer: { stage: 'adetailer', on: { ...on, 'plan.finished': 'complete' } },
      ...('pass.hires' in on && {
        hires: { stage: 'adetailer', pass: 'hires', on: { 'plan.finished': 'complete' } },
      }),
    });
  const forger = detailed({ 'pass.hires': 'hires' });
  const built = buildStagePlan({ adetailer_enabled: true }, { sequence: detailed({}) });
  const sequenceField = { id: 'detailed', fingerprint: sequenceFingerprint(forger) };
  const events = ['stage.adetailer', 'pass.hires', 'plan.finished'];
  const verdict = verifyStagePlan(
    { ...copyOf(built), sequence: sequenceField, events },
    { sequence: forger },
  );
  expect(verdict.problems).toMatchObject([
    { code: 'illegal_events', message: expect.stringContaining('No run has this plan') },
  ]);
  expect(verdict.problems[0]?.message).toContain(
    'The pass hires happens inside adetailer, whose settings have no place for it.',
  );
});

test('a stage like upscale takes hires fix as its redraw, as the known one does', () => {
  const redrawn = definePlanner({
    sequence: sequenceOf('enlargeTwice', {
      start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
      txt2img: { stage: 'txt2img', on: { 'stage.enlarge': 'enlarge', 'pass.hires': 'hires' } },
      enlarge: { stage: 'enlarge', on: { 'pass.hires': 'hires', 'plan.finished': 'complete' } },
      hires: { stage: 'enlarge', pass: 'hires', on: { 'plan.finished': 'complete' } },
    }),
    stages: [defineStage({ stage_type: 'enlarge', like: 'upscale' })],
  });
  const run = { txt2img_enabled: true, hires_enabled: true, hires_denoise: 0.4 } as const;
  const opened = redrawn.buildStagePlan(run);
  const both = redrawn.buildStagePlan({
    ...run,
    enlarge_enabled: true,
    enlarge: { upscale_factor: 3, redraw: { denoising_strength: 0.1 } },
  });
  expect(opened.stages[1]).toMatchObject({
    like: 'upscale',
    stage_config: { upscale_factor: 2, redraw: { denoising_strength: 0.4 } },
  });
  expect(both.stages[1]).toMatchObject({
    stage_config: { upscale_factor: 3, redraw: { denoising_strength: 0.4 } },
  });
  expect(both.warnings).toContainEqual(
    expect.objectContaining({ code: 'no_effect', field: 'enlarge.redraw' }),
  );
  for (const each of [opened, both])
    expect(verifyStagePlan(copyOf(each), { sequence: redrawn.sequence }).problems).toEqual([]);
});

test('a plan has as many warnings as its stages give reason for, and is verified with all of them', () => {
  const count = 30;
  const stages = Array.from({ length: count }, (_, index) => `enlarge_${index}`);
  const sequence = sequenceOf('manyTimes', {
    start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
    txt2img: { stage: 'txt2img', on: movesTo(stages.slice(0, 1)) },
    ...Object.fromEntries(
      stages.map((stage, index) => {
        const next = stages.slice(index + 1, index + 2);
        return [stage, { stage, on: next.length > 0 ? movesTo(next) : { 'plan.finished': 'complete' } }];
      }),
    ),
  });
  const planner = definePlanner({
    sequence,
    stages: stages.map((stage_type) => defineStage({ stage_type, like: 'upscale' })),
  });
  const side = (index: number) => (index % 2 === 0 ? 512 : 1024);
  const result = planner.safeBuildStagePlan({
    txt2img_enabled: true,
    ...Object.fromEntries(stages.map((stage) => [`${stage}_enabled`, true])),
    ...Object.fromEntries(
      stages.map((stage, index) => [
        stage,
        { resize_to: { width: side(index), height: side(index + 1) }, redraw: { steps: 1 } },
      ]),
    ),
  });
  if (!result.success) throw result.error;
  expect(result.plan.warnings.length).toBeGreaterThan(2.5 * count);
  expect(planner.verifyStagePlan(copyOf(result.plan)).problems).toEqual([]);
});

test('a warning of a stage that has moved is no difference, and one that came is', () => {
  const names = Array.from({ length: 12 }, (_, index) => `enlarge_${index}`);
  const sequence = sequenceOf('twelve', {
    start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
    txt2img: { stage: 'txt2img', on: movesTo(names.slice(0, 2)) },
    ...Object.fromEntries(
      names.map((stage, index) => {
        const next = names.slice(index + 1, index + 2);
        return [stage, { stage, on: next.length > 0 ? movesTo(next) : { 'plan.finished': 'complete' } }];
      }),
    ),
  });
  const planner = definePlanner({
    sequence,
    stages: names.map((stage_type) => defineStage({ stage_type, like: 'upscale' })),
  });
  const planWith = (first: boolean, steps: number) => {
    const on = names.slice(first ? 0 : 1).map((name) => [`${name}_enabled`, true]);
    const enlarge_11 = { upscale_factor: 1, redraw: { steps } };
    const result = planner.safeBuildStagePlan({
      txt2img_enabled: true,
      ...Object.fromEntries(on),
      ...Object.fromEntries(names.map((name) => [name, { upscale_factor: 1 }])),
      enlarge_11,
    });
    if (!result.success) throw result.error;
    return result.plan;
  };
  const warned = ({ text }: { readonly text: string }) =>
    text.split('\n').filter((line) => line.startsWith('warnings'));
  expect(warned(planner.diffStagePlans(planWith(true, 1), planWith(false, 1)))).toEqual([]);
  expect(warned(planner.diffStagePlans(planWith(true, 20), planWith(true, 1)))).toEqual([
    'warnings[0] changes from null to {"code":"redraws_everything","stage_id":"enlarge_11","steps":1,"denoising_strength":0.3}.',
  ]);
});

describe('what is stated for a stage that is off has no effect, and the plan says so', () => {
  const options = { webui: { tiling: true } };
  const image = { image: 'mask.png' };

  test.each([
    ['img2img', 'img2img.mask', { img2img: { mask: image } }],
    ['img2img_2', 'img2img_2.mask', { img2img_2: { mask: image } }],
    ['img2img_2', 'img2img_2.backend_options', { img2img_2: { backend_options: options } }],
    ['upscale_3', 'upscale_3.backend_options', { upscale_3: { backend_options: options } }],
    ['adetailer_2', 'adetailer_2_backend_options', { adetailer_2_backend_options: options }],
  ])('of %s, %s', (stage, field, stated) => {
    const run = { txt2img_enabled: true, img2img_3_enabled: true, ...stated };
    const result = manyPlanner.safeBuildStagePlan(run);
    if (!result.success) throw result.error;
    const like = stage.split('_')[0];
    const warning = { code: 'no_effect', field, ...(stage !== like && { like }) };
    expect(result.plan.warnings).toMatchObject([warning]);
    expect(manyPlanner.explainStagePlan(run).warnings).toEqual(result.plan.warnings);
    const copy = copyOf(result.plan);
    for (const verified of [manyPlanner.verifyStagePlan(copy), verifyStagePlan(copy, { sequence: many })])
      expect(verified.problems).toEqual([]);
    expect(migrateStagePlan(copy, many).plan).toEqual(result.plan);
    const on = manyPlanner.safeBuildStagePlan({ ...run, [`${stage}_enabled`]: true });
    expect(on.success && on.plan.warnings.map(({ code }) => code)).toEqual([]);
  });

  test('of each by itself, and none is made of another', () => {
    const result = manyPlanner.safeBuildStagePlan({
      txt2img_enabled: true,
      img2img_2: { mask: image, backend_options: options },
      img2img_3: { mask: image },
      adetailer_3_backend_options: options,
    });
    if (!result.success) throw result.error;
    expect(result.plan.warnings.map((warning) => 'field' in warning && warning.field)).toEqual([
      'img2img_2.backend_options',
      'img2img_2.mask',
      'img2img_3.mask',
      'adetailer_3_backend_options',
    ]);
    expect(verifyStagePlan(copyOf(result.plan), { sequence: many }).problems).toEqual([]);
    const forged = copyOf(result.plan);
    forged.warnings[1].like = 'upscale';
    expect(verifyStagePlan(forged, { sequence: many }).problems.map(({ code }) => code)).toContain(
      'tampered_warning',
    );
  });
});

test('words about a stage name it by its own name', () => {
  const run = { txt2img_enabled: true, img2img_2_enabled: true, img2img_2: { mask: {} } };
  expect(manyPlanner.explainStagePlan(run).warnings.map(sayWarning)).toEqual([
    expect.stringContaining('state img2img_2.mask.image, or let the runner bring it.'),
  ]);
});

test('rules between fields hold for each of them', () => {
  const { problems } = manyPlanner.explainStagePlan({
    txt2img_enabled: true,
    img2img_2: { width: 512 },
    upscale_2: { upscaler: 'Latent' },
    adetailer_2: { sampler_name: 'DPM++ 2M Karras', scheduler: 'Simple' },
  });
  expect(problems.map(({ path }) => path.join('.'))).toEqual([
    'img2img_2.height',
    'upscale_2.upscaler',
    'adetailer_2.0.sampler_name',
  ]);
});

describe('definePlanner refuses a like', () => {
  const refusal = (stage_type: string) => {
    const stage: StageDefinition = { stage_type, switch: `${stage_type}_enabled`, like: 'upscale' };
    try {
      definePlanner({ sequence: canonicalSequence, stages: [stage] });
      return [];
    } catch (error) {
      if (error instanceof InvalidSequenceError) return error.problems.map(({ code }) => code);
      throw error;
    }
  };

  test.each([['upscale'], ['prompt'], ['hires'], ['__proto__'], ['constructor'], ['toString'], ['a-b']])(
    'of the name %s',
    (name) => {
      expect(refusal(name)).toContain('clash');
    },
  );

  test.each([
    ['second_backend_options', 'the field of the backend options'],
    ['second_enabled', 'the switch'],
  ])('of the name %s, which is %s of another', (stage_type, field) => {
    const stages = [
      defineStage({ stage_type: 'second', like: 'adetailer' }),
      defineStage({ stage_type, like: 'upscale' }),
    ];
    expect(() => definePlanner({ sequence: canonicalSequence, stages })).toThrow(
      `${stage_type} is ${field} of second. Give one of the two another name.`,
    );
  });
});

test('the core builds along a sequence with a like, as long as that is off', () => {
  expect(buildStagePlan({ txt2img_enabled: true }, { sequence }).stages).toHaveLength(1);
  expect(() =>
    buildStagePlan({ txt2img_enabled: true, stage_order: ['txt2img'] }, { sequence }),
  ).not.toThrow();
});

test('a plan that details twice is drawn, with every stage on its way', () => {
  const plan = detailPlanner.buildStagePlan({
    txt2img_enabled: true,
    adetailer_enabled: true,
    upscale_enabled: true,
    second_detail_enabled: true,
  });
  const { sequence } = detailPlanner;
  const marks = markJourney(sequenceGraph(sequence), journeyOfPlan(plan, { sequence }));
  for (const { stage_type } of plan.stages) expect(marks[stage_type]).toEqual(['taken']);
});
