import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildStagePlan, diffStagePlans, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';

const chain: RunConfigInput = { txt2img_enabled: true, adetailer_enabled: true, width: 640, height: 960 };

function detectorsOf(config: RunConfigInput) {
  const stage = buildStagePlan(config).stages.find(({ stage_type }) => stage_type === 'adetailer');
  return stage?.stage_type === 'adetailer' ? stage.stage_config.detectors : [];
}

function sizesOf(config: RunConfigInput) {
  return detectorsOf(config).map(({ inpaint_width, inpaint_height }) => [inpaint_width, inpaint_height]);
}

describe('a find is repainted at', () => {
  test("the size of the run's first pass, however large the picture is by then", () => {
    const larger = { hires_enabled: true, img2img_enabled: true, upscale_enabled: true };
    expect(sizesOf({ ...chain, ...larger })).toEqual([[640, 960]]);
    expect(sizesOf(JSON.parse(readFileSync('examples/full-chain.json', 'utf8')))).toEqual([[832, 1216]]);
  });

  test('the size that img2img works at, where that starts the plan', () => {
    const redrawn = { ...chain, txt2img_enabled: false, img2img_enabled: true };
    expect(sizesOf({ ...redrawn, input_image_size: { width: 517, height: 301 } })).toEqual([[512, 296]]);
    expect(sizesOf({ ...redrawn, img2img: { width: 768, height: 512 } })).toEqual([[768, 512]]);
    expect(sizesOf(redrawn)).toEqual([[640, 960]]);
  });

  test('its own size, side by side', () => {
    const adetailer = [{ inpaint_width: 512, inpaint_height: 768 }, { inpaint_width: 1024 }, {}];
    expect(sizesOf({ ...chain, adetailer })).toEqual([
      [512, 768],
      [1024, 960],
      [640, 960],
    ]);
  });
});

describe('a detector', () => {
  const fields = {
    model: 'hand_yolov8n.pt',
    classes: 'left hand, right hand',
    prompt: 'a hand',
    negative_prompt: 'six fingers',
    confidence: 0.5,
    mask_filter_method: 'Confidence',
    mask_k: 2,
    mask_min_ratio: 0.01,
    mask_max_ratio: 0.9,
    dilate_erode: -4,
    x_offset: 10,
    y_offset: -10,
    mask_merge_invert: 'Merge',
    mask_blur: 8,
    denoising_strength: 0.25,
    inpaint_only_masked: false,
    inpaint_only_masked_padding: 16,
    inpaint_width: 512,
    inpaint_height: 512,
    steps: 12,
    cfg_scale: 5,
    checkpoint: 'detail.safetensors',
    vae: 'detail.vae.pt',
    sampler_name: 'Euler a',
    scheduler: 'Karras',
    noise_multiplier: 1.1,
    clip_skip: 2,
    restore_face: true,
  } as const;

  test('has every field in the plan that the run states', () => {
    expect(detectorsOf({ ...chain, adetailer: fields })).toEqual([fields]);
  });

  test('leaves to the run what it does not state, as null', () => {
    expect(detectorsOf(chain)).toMatchObject([
      { checkpoint: null, vae: null, steps: null, cfg_scale: null, sampler_name: null, clip_skip: null },
    ]);
  });

  test.each(['None', '', ' '])('named %j is refused, alone and in a list', (model) => {
    for (const adetailer of [{ model }, [{}, { model }]]) {
      const result = safeBuildStagePlan({ ...chain, adetailer });
      expect(!result.success && 'problems' in result.error && result.error.problems).toMatchObject([
        {
          code: 'not_allowed',
          path: Array.isArray(adetailer) ? ['adetailer', 1, 'model'] : ['adetailer', 'model'],
        },
      ]);
    }
  });

  // Source: `get_override_settings` of ADetailer, to which "None" and "Use same ..." are no checkpoint and no VAE.
  test.each(['None', ' none ', 'Use same checkpoint', 'Use same VAE', '', ' '])(
    'has no checkpoint, VAE, sampler or scheduler %j: the run says null for "as the run"',
    (name) => {
      for (const field of ['checkpoint', 'vae', 'sampler_name', 'scheduler']) {
        const result = safeBuildStagePlan({ ...chain, adetailer: [{}, { [field]: name }] });
        expect(!result.success && 'problems' in result.error && result.error.problems).toMatchObject([
          { code: 'not_allowed', path: ['adetailer', 1, field] },
        ]);
      }
    },
  );

  test('is named by its index and field where two plans differ in it', () => {
    const before = buildStagePlan({ ...chain, adetailer: [{}, fields] });
    const after = buildStagePlan({ ...chain, adetailer: [{}, { ...fields, confidence: 0.6 }] });
    expect(diffStagePlans(before, after).text).toBe(
      'adetailer: stage_config.detectors[1].confidence changes from 0.5 to 0.6.',
    );
  });
});
