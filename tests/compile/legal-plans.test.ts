import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildStagePlan, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';
import { legalPlans, runConfigArbitrary } from '../../src/testing/index.ts';
import { outcomeOf, strayed, type Target, targets } from './outcome.ts';

const options = { standaloneUpscale: true, standaloneAdetailer: true };

/** Ways to vary every legal plan. Each is one thing that a backend may handle in its own way. */
const variants: Readonly<Record<string, RunConfigInput>> = {
  plain: {},
  'a photo of a known size': { input_image_size: { width: 768, height: 512 } },
  'a photo of an odd size': { input_image_size: { width: 517, height: 301 } },
  'two detectors': { adetailer: [{}, { model: 'person_yolov8n-seg.pt', steps: 9, scheduler: 'Karras' }] },
  'a detector of mediapipe': { adetailer: { model: 'mediapipe_face_full' } },
  'hires fix by a model': { hires_upscaler_name: '4x-UltraSharp', hires_upscale_factor: 1.35 },
  'hires fix to a size': { hires_resize_to: { width: 1216, height: 1536 } },
  'hires fix by an antialiased mode': { hires_upscaler_name: 'Latent (antialiased)' },
  'the refiner in the second pass': { refiner_pass: 'second' },
  'the refiner in both passes': { refiner_pass: 'both', hires_denoise: 0.5 },
  'a mask': { img2img: { mask: { image: 'mask.png' } } },
  'a redraw': { upscale: { redraw: { steps: 12 } } },
  'a latent redraw': { upscale: { upscaler: 'Latent', redraw: { denoising_strength: 0.5 } } },
  'factor 8': { upscale: { upscale_factor: 8 } },
  'faces restored': { upscale: { codeformer_visibility: 0.5 } },
  'a batch': { batch_size: 2 },
  batches: { n_iter: 2 },
  'a random seed': { seed: -1 },
};

/** What random configs rarely have: names and numbers that a backend takes. */
const sendable: RunConfigInput = {
  model: 'sd_xl_base_1.0.safetensors',
  sampler_name: 'DPM++ 2M',
  scheduler: 'Karras',
  seed: 7,
  batch_size: 1,
  n_iter: 1,
  steps: 20,
  width: 1024,
  height: 1024,
  refiner_enabled: false,
  backend_options: {},
  adetailer: {},
  adetailer_backend_options: {},
  img2img: {},
  upscale: {},
  hires_upscaler_name: 'Latent',
  hires_sampler_name: null,
  hires_scheduler: null,
  hires_denoise: 0.4,
  hires_cfg_scale: null,
  hires_prompt: null,
  hires_negative_prompt: null,
  hires_model_name: null,
};

/** The only reasons that a target may have to refuse a variant. */
const reasons: Readonly<Record<Target, readonly string[]>> = {
  a1111: ['random_seed', 'unknown_size', 'no_latent_mode', 'other_shape'],
  reforge: ['random_seed', 'unknown_size', 'no_latent_mode', 'other_shape'],
  forge: ['random_seed', 'unknown_size', 'no_latent_mode', 'other_shape'],
  sdnext: [
    'random_seed',
    'unknown_size',
    'no_refiner',
    'no_latent_mode',
    'other_shape',
    'no_face_restoring',
    'no_detector',
    'no_scheduler',
    'not_square',
    'other_model',
  ],
  comfyui: [
    'random_seed',
    'several_batches',
    'no_latent_mode',
    'no_face_restoring',
    'no_detector',
    'unknown_size',
    'out_of_range',
  ],
};

describe.each(targets)('every legal plan for %s', (target) => {
  test('in every variant is taken by its tables, or refused for a reason', async () => {
    const seen: Record<string, { compiled: number; refused: number }> = {};
    for (const [name, variant] of Object.entries(variants)) {
      const codes = Array.from(legalPlans(options), ({ config }) => codesOf({ ...config, ...variant }, name));
      const reasonless = codes.flat().filter((code) => !reasons[target].includes(code));
      expect(reasonless, name).toEqual([]);
      const refused = codes.filter(({ length }) => length > 0).length;
      seen[name] = { compiled: codes.length - refused, refused };
    }
    const text = JSON.stringify(seen, null, 2);
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/${target}/legal-plans.json`);
  });

  function codesOf(config: RunConfigInput, name: string): readonly string[] {
    const result = safeBuildStagePlan({ seed: 7, ...config }, options);
    if (!result.success) throw result.error;
    const outcome = outcomeOf(result.plan, target);
    expect(strayed(outcome, target), name).toEqual([]);
    if (!('refusals' in outcome)) return [];
    return outcome.refusals.map((refusal) => refusal.replace(/:.*/s, ''));
  }

  test('of random configs is taken by its tables, or refused', () => {
    const seen = { compiled: 0, refused: 0 };
    fc.assert(
      fc.property(runConfigArbitrary(fc), fc.constantFrom({}, sendable), (config, names) => {
        const result = safeBuildStagePlan({ ...config, ...names });
        if (!result.success) return;
        const outcome = outcomeOf(result.plan, target);
        expect(strayed(outcome, target)).toEqual([]);
        seen['refusals' in outcome ? 'refused' : 'compiled'] += 1;
      }),
      { numRuns: 200 },
    );
    expect(Math.min(seen.compiled, seen.refused)).toBeGreaterThan(10);
  });
});

describe('sizes are those of the plan', () => {
  const base = { txt2img_enabled: true, model: 'a.safetensors', seed: 7 };

  /** The sizes that a compiled plan states or looks for, in order. */
  function sizes(config: RunConfigInput, target: Target, policies = {}): readonly string[] {
    const outcome = outcomeOf(buildStagePlan(config, policies), target);
    if ('requests' in outcome)
      return outcome.requests.flatMap(({ checks }) =>
        checks.flatMap((check) => (check.code === 'size' ? [`${check.width} x ${check.height}`] : [])),
      );
    if ('refusals' in outcome) return outcome.refusals;
    return Object.values(outcome.prompt).flatMap(({ inputs: { width, height } }) =>
      width === undefined ? [] : [`${width} x ${height}`],
    );
  }

  test.each<[string, RunConfigInput, string]>([
    [
      '584 x 1.35',
      { ...base, width: 584, height: 584, hires_enabled: true, hires_upscale_factor: 1.35 },
      '784 x 784',
    ],
    ['factor 8', { ...base, upscale_enabled: true, upscale: { upscale_factor: 8 } }, '4096 x 4096'],
    [
      'img2img after hires fix',
      {
        ...base,
        width: 832,
        height: 1216,
        hires_enabled: true,
        hires_upscale_factor: 1.5,
        img2img_enabled: true,
      },
      '1248 x 1824',
    ],
  ])('%s', (_name, config, last) => {
    expect(sizes(config, 'a1111').at(-1)).toBe(last);
    expect(sizes(config, 'comfyui').at(-1)).toBe(last);
  });

  test('517 x 301 x 1.5', () => {
    const photo = { input_image: 'photo.png', input_image_size: { width: 517, height: 301 } };
    const config = { upscale_enabled: true, ...photo, upscale: { upscale_factor: 1.5 } };
    for (const target of targets)
      expect(sizes(config, target, { standaloneUpscale: true }), target).toEqual(['768 x 448']);
  });

  test('ADetailer after an upscale', () => {
    const config = { ...base, upscale_enabled: true, adetailer_enabled: true };
    expect(sizes(config, 'forge')).toEqual(['512 x 512', '1024 x 1024', '1024 x 1024']);
    expect(sizes(config, 'comfyui')).toEqual(['512 x 512', '1024 x 1024']);
  });
});

test('a field that no table has, or of another type, is seen to stray', () => {
  const outcome = outcomeOf(buildStagePlan({ txt2img_enabled: true }), 'a1111');
  if (!('requests' in outcome)) throw new Error('It should compile.');
  const requests = outcome.requests.map((one) => ({
    ...one,
    body: { ...one.body, clip_skip: 2, steps: 1.5 },
  }));
  expect(strayed({ requests }, 'a1111')).toEqual(['1-txt2img steps', '1-txt2img clip_skip']);
});
