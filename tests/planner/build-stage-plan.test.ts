import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { everyPolicy } from '../../machines/policies.ts';
import {
  buildStagePlan,
  detailBeforeUpscale,
  planFingerprint,
  type StageConfig,
  type StageExecution,
  StageExecutionPlan,
  safeBuildStagePlan,
  sayDecision,
  verifyStagePlan,
} from '../../src/index.ts';
import { configOf, everySwitchSet, everything, refiner } from '../fixtures.ts';

const plans = everySwitchSet.flatMap((run) => {
  const result = safeBuildStagePlan(configOf(run));
  return result.success ? [result.plan] : [];
});

describe('a plan', () => {
  test('links each stage to the one before it, and numbers them from 0', () => {
    for (const { stages } of plans) {
      stages.forEach((stage, index) => {
        expect(stage.order_index).toBe(index);
        expect(stage.id).toBe(`${index + 1}-${stage.stage_type}`);
        const previous = stages[index - 1];
        if (previous !== undefined) expect(stage.input).toEqual({ source: 'stage', stage_id: previous.id });
        expect(stage.requires_input_image).toBe(stage.input.source !== 'none');
        expect(stage.produces_output_image).toBe(true);
      });
    }
    expect(plans).toHaveLength(40);
  });

  test('starts from nothing with txt2img, and from the existing image with img2img', () => {
    expect(buildStagePlan({ txt2img_enabled: true, input_image: 'a.png' }).stages[0]?.input).toEqual({
      source: 'none',
    });
    expect(buildStagePlan({ img2img_enabled: true, input_image: 'a.png' }).stages[0]?.input).toEqual({
      source: 'external',
      image: 'a.png',
    });
    expect(buildStagePlan({ img2img_enabled: true }).stages[0]?.input).toEqual({
      source: 'external',
      image: null,
    });
  });

  test('is frozen at every depth', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    for (const plan of [...plans, buildStagePlan(everything), repaired()]) expect(frozen(plan)).toBe(true);
  });

  test('matches its own schema, survives JSON and back, and is verified', () => {
    for (const plan of [...plans, buildStagePlan(everything)]) {
      const copy: unknown = JSON.parse(JSON.stringify(plan));
      expect(StageExecutionPlan.parse(copy)).toEqual(plan);
      expect(verifyStagePlan(copy)).toEqual({ valid: true, plan, problems: [] });
    }
  });

  test('has one decision for every stage and pass of the machine', () => {
    for (const plan of plans) {
      expect(plan.decisions.map(({ stage, pass }) => stage ?? pass).toSorted()).toEqual([
        'adetailer',
        'hires',
        'img2img',
        'refiner',
        'txt2img',
        'upscale',
      ]);
    }
  });

  test('carries run_id and metadata untouched, and never freezes what the caller holds', () => {
    const metadata = { tags: ['a'] };
    const plan = buildStagePlan({ txt2img_enabled: true, run_id: 'r', metadata });
    expect(plan).toMatchObject({ run_id: 'r', metadata });
    expect(Object.isFrozen(metadata) || Object.isFrozen(metadata.tags)).toBe(false);
  });
});

describe('determinism', () => {
  test('the same config gives the same bytes, whatever the order of its keys', () => {
    const bytes = JSON.stringify(buildStagePlan(everything));
    const { metadata: _, ...keyed } = everything;
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.entries(keyed), { minLength: Object.keys(keyed).length }),
        (entries) => {
          const config = { ...Object.fromEntries(entries), metadata: everything.metadata };
          expect(JSON.stringify(buildStagePlan(config))).toBe(bytes);
        },
      ),
    );
  });

  test('different plans have different fingerprints', () => {
    expect(new Set(plans.map(planFingerprint)).size).toBe(plans.length);
  });
});

describe('stage_config', () => {
  test('holds the settings in force: the run, with the overrides of img2img in img2img alone', () => {
    const [txt2img, img2img, upscale, adetailer] = buildStagePlan(everything).stages.map(
      (stage) => stage.stage_config,
    );
    expect(txt2img).toMatchObject({
      steps: 30,
      sampler_name: 'Euler a',
      hires_steps: 12,
      refiner_switch_at: 0.7,
    });
    expect(img2img).toMatchObject({
      steps: 18,
      sampler_name: 'Euler a',
      seed: null,
      denoising_strength: 0.25,
    });
    expect(upscale).toMatchObject({
      steps: 30,
      upscaler: 'R-ESRGAN 4x+ Anime6B',
      upscale_factor: 3,
      codeformer_weight: 0.5,
    });
    expect(adetailer).toMatchObject({
      steps: 30,
      detectors: [{ model: 'face_yolov8s.pt' }, { model: 'hand_yolov8n.pt', mask_k: 2 }],
    });
  });

  test('takes every override that img2img may have, and null or undefined as none', () => {
    const overrides = {
      prompt: 'p',
      negative_prompt: 'n',
      model: 'm',
      vae: 'v',
      sampler_name: 's',
      scheduler: 'c',
      steps: 3,
      cfg_scale: 4,
      width: 64,
      height: 72,
      seed: 5,
    };
    const planned = (img2img: object) => buildStagePlan({ ...everything, img2img }).stages[1]?.stage_config;
    expect(planned(overrides)).toMatchObject(overrides);
    expect(planned({ model: null, vae: null, steps: undefined })).toMatchObject({
      model: everything.model,
      vae: everything.vae,
      steps: everything.steps,
    });
  });

  test('carries the switches of the run on every stage', () => {
    for (const run of everySwitchSet) {
      const result = safeBuildStagePlan(configOf(run));
      if (!result.success) continue;
      const { adetailer_enabled, img2img_enabled, txt2img_enabled, upscale_enabled } = run;
      for (const { stage_config } of result.plan.stages) {
        expect(stage_config).toMatchObject({
          enabled: true,
          adetailer_enabled,
          img2img_enabled,
          txt2img_enabled,
          upscale_enabled,
        });
      }
    }
  });

  test('leaks no refiner or hires field into a stage that it does not belong to', () => {
    for (const { stages, decisions } of plans) {
      for (const { id, stage_type, stage_config } of stages) {
        const carries = (pass: string) =>
          decisions.some(
            (decision) =>
              decision.pass === pass && decision.outcome === 'planned' && decision.stage_id === id,
          );
        expect(stage_config.refiner_enabled).toBe(carries('refiner'));
        const passes = Object.entries(stage_config).filter(([field]) => /^(refiner|hires)_/.test(field));
        const foreign = passes.filter(([field]) => !carries(field.replace(/_.*/, '')));
        expect(foreign.every(([, value]) => value === null || value === false)).toBe(true);
        if (stage_type !== 'upscale') continue;
        expect(passes.some(([field]) => field.startsWith('hires_'))).toBe(false);
        expect(stage_config.redraw !== null).toBe(carries('hires'));
      }
    }
  });

  test('has a type in which such a leak cannot be written', () => {
    type Of<Type extends StageConfig['stage_type']> = Extract<StageConfig, { stage_type: Type }>;
    expectTypeOf<Of<'adetailer'>['hires_enabled']>().toEqualTypeOf<false>();
    expectTypeOf<Of<'img2img' | 'adetailer' | 'upscale'>['refiner_enabled']>().toEqualTypeOf<false>();
    expectTypeOf<
      Extract<Of<'txt2img'>, { refiner_enabled: true }>['refiner_model_name']
    >().toEqualTypeOf<string>();
    expectTypeOf<
      Extract<Of<'txt2img'>, { refiner_enabled: false }>['refiner_model_name']
    >().toEqualTypeOf<null>();
    expectTypeOf<Of<'upscale'>>().not.toHaveProperty('hires_enabled');
    expectTypeOf<StageExecution['stage_type']>().toEqualTypeOf<StageConfig['stage_type']>();
    expectTypeOf<StageExecutionPlan['stages']>().toEqualTypeOf<readonly StageExecution[]>();
  });
});

describe('hires fix without txt2img', () => {
  const config = { img2img_enabled: true, hires_enabled: true, hires_upscale_factor: 1.5 };

  test('is an upscale with a redraw after img2img, by every setting of hires fix, and says so', () => {
    const plan = buildStagePlan({
      ...config,
      hires_upscaler_name: 'Latent (nearest)',
      hires_denoise: 0.5,
      hires_steps: 12,
      hires_prompt: 'finer',
      upscale: { upscaler: 'Lanczos', gfpgan_visibility: 1 },
    });
    expect(plan.stages.map((stage) => stage.stage_type)).toEqual(['img2img', 'upscale']);
    expect(plan.stages[1]?.stage_config).toMatchObject({
      upscaler: 'Latent (nearest)',
      upscale_factor: 1.5,
      gfpgan_visibility: 0,
      upscale_enabled: false,
      redraw: { denoising_strength: 0.5, steps: 12, prompt: 'finer', sampler_name: 'DPM++ 2M', cfg_scale: 7 },
    });
    expect(plan.stages[1]?.output_size).toEqual({ width: 768, height: 768 });
    expect(plan.warnings).toContainEqual({ code: 'hires_in_upscale', stage_id: '2-upscale' });
    expect(plan.events).toEqual(['stage.img2img', 'pass.hires', 'plan.finished']);
    expect(plan.decisions).toMatchObject([
      { stage: 'txt2img', reason: 'switch_off' },
      { pass: 'refiner', reason: 'switch_off' },
      { pass: 'hires', outcome: 'planned', reason: 'switch_on', stage_id: '2-upscale' },
      { stage: 'img2img', reason: 'switch_on', stage_id: '1-img2img' },
      { stage: 'upscale', outcome: 'planned', reason: 'opened_by_pass', by: 'hires', stage_id: '2-upscale' },
      { stage: 'adetailer', reason: 'switch_off' },
    ]);
  });

  test('redraws what an upscale that is on enlarges, and a warning names what does not count', () => {
    const plan = buildStagePlan({
      ...config,
      hires_denoise: 0.4,
      upscale_enabled: true,
      upscale: { upscaler: 'Lanczos', upscale_factor: 3, redraw: { denoising_strength: 0.1 } },
    });
    expect(plan.stages[1]?.stage_config).toMatchObject({
      upscaler: 'Lanczos',
      upscale_factor: 3,
      redraw: { denoising_strength: 0.4 },
    });
    expect(plan.warnings.flatMap((warning) => (warning.code === 'no_effect' ? warning.field : []))).toEqual([
      'hires_upscale_factor',
      'hires_upscaler_name',
      'upscale.redraw',
    ]);
    expect(verifyStagePlan(plan).problems).toEqual([]);
  });
});

describe('policies', () => {
  test('a standalone upscale is a plan of its own where it is allowed, and nothing may follow it', () => {
    const options = { standaloneUpscale: true };
    const plan = buildStagePlan({ upscale_enabled: true, input_image: 'a.png' }, options);
    expect(plan.stages).toMatchObject([
      { stage_type: 'upscale', input: { source: 'external', image: 'a.png' } },
    ]);
    expect(safeBuildStagePlan({ upscale_enabled: true }).success).toBe(false);
    expect(safeBuildStagePlan({ upscale_enabled: true, adetailer_enabled: true }, options).success).toBe(
      false,
    );
  });

  test('they change nothing but what they allow: a plan is the same under every policy that allows it', () => {
    const bytes = everyPolicy.map((policies) =>
      JSON.stringify(buildStagePlan({ txt2img_enabled: true, ...refiner }, policies)),
    );
    expect(new Set(bytes).size).toBe(1);
  });
});

describe('a stated order', () => {
  const stage_order = ['txt2img', 'adetailer', 'upscale'] as const;
  const config = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };

  test('that is the order of the sequence changes nothing', () => {
    const stated = buildStagePlan({ ...config, stage_order: ['txt2img', 'upscale', 'adetailer'] });
    expect(stated).toEqual(buildStagePlan(config));
    const passes = {
      ...refiner,
      hires_enabled: true,
      stage_order: ['txt2img', 'upscale', 'adetailer'] as const,
    };
    expect(safeBuildStagePlan({ ...config, ...passes }).success).toBe(true);
  });

  test('that is wrong is rejected with its position, the state and the refused stage', () => {
    const result = safeBuildStagePlan({ ...config, ...refiner, stage_order });
    expect(!result.success && result.error).toMatchObject({
      rejections: [
        {
          code: 'illegal_order',
          stage: 'upscale',
          index: 2,
          before: 'adetailer',
          state: 'adetailer',
          reachable: ['plan.finished'],
          message:
            'Put upscale before adetailer: it cannot stand at position 3. ' +
            '(The walk stands in adetailer, which leads to the end of the plan.)',
        },
      ],
      fixes: [{ change: { stage_order: ['txt2img', 'upscale', 'adetailer'] }, flips: 0 }],
    });
  });

  test('is repaired on request, with a record of every move', () => {
    const plan = repaired();
    expect(plan.stages.map((stage) => stage.stage_type)).toEqual(['txt2img', 'upscale', 'adetailer']);
    const moves = plan.decisions.filter(({ outcome }) => outcome === 'moved');
    expect(moves.map((move) => [move.reason, sayDecision(move, plan.sequence.id)])).toEqual([
      ['order_repaired', 'stage_order has upscale at position 3, canonicalSequence at 2.'],
      ['order_repaired', 'stage_order has adetailer at position 2, canonicalSequence at 3.'],
    ]);
    expect(moves).toMatchObject([
      { stated_index: 2, index: 1 },
      { stated_index: 1, index: 2 },
    ]);
    expect(verifyStagePlan(JSON.parse(JSON.stringify(plan))).valid).toBe(true);
  });

  test('must name exactly the stages that are on, even where it is repaired', () => {
    const result = safeBuildStagePlan(
      { ...config, stage_order: ['upscale', 'upscale', 'img2img'] },
      { order: 'repair' },
    );
    expect(!result.success && result.error).toMatchObject({
      rejections: [
        { code: 'stage_order_mismatch', stage: 'txt2img', mismatch: 'missing' },
        {
          code: 'stage_order_mismatch',
          stage: 'adetailer',
          mismatch: 'missing',
          message: 'Name adetailer in stage_order: adetailer_enabled is on.',
        },
        {
          code: 'stage_order_mismatch',
          stage: 'img2img',
          mismatch: 'extra',
          message: 'Turn img2img_enabled on, or take img2img out of stage_order.',
        },
        {
          code: 'stage_order_mismatch',
          stage: 'upscale',
          mismatch: 'repeated',
          message: 'Name upscale once: the order has it more than once.',
        },
      ],
    });
  });

  test('of a run that has no plan is read for repeats only, and the fix mends both', () => {
    const stage_order = ['upscale', 'upscale'] as const;
    const result = safeBuildStagePlan({ adetailer_enabled: true, stage_order });
    expect(!result.success && result.error).toMatchObject({
      rejections: [{ code: 'unreachable_stage' }, { mismatch: 'repeated', stage: 'upscale' }],
      fixes: [
        {
          change: { stage_order: ['adetailer'] },
          options: { standaloneAdetailer: true },
          flips: 1,
          message:
            'allow standaloneAdetailer (ADetailer with no generation before it), and set stage_order to adetailer',
        },
        {
          change: { txt2img_enabled: true, stage_order: ['txt2img', 'adetailer'] },
          flips: 1,
          message: 'turn txt2img_enabled on, and set stage_order to txt2img, adetailer',
        },
        { change: { img2img_enabled: true, stage_order: ['img2img', 'adetailer'] }, flips: 1 },
      ],
    });
  });

  test('is that of the sequence in use', () => {
    expect(safeBuildStagePlan({ ...config, stage_order }, { sequence: detailBeforeUpscale }).success).toBe(
      true,
    );
  });
});

function repaired(): StageExecutionPlan {
  const config = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  return buildStagePlan({ ...config, stage_order: ['txt2img', 'adetailer', 'upscale'] }, { order: 'repair' });
}
