import { describe, expect, test } from 'vitest';
import {
  buildStagePlan,
  explainStagePlan,
  type RunConfigInput,
  safeBuildStagePlan,
  sayDecision,
} from '../../src/index.ts';

const chain: RunConfigInput = {
  txt2img_enabled: true,
  upscale_enabled: true,
  prompt: 'a pier',
  steps: 30,
  model: 'base',
};

function upscaleOf(config: RunConfigInput) {
  const stage = buildStagePlan(config).stages.find(({ stage_type }) => stage_type === 'upscale');
  return stage?.stage_type === 'upscale' ? stage : undefined;
}

function problemsOf(config: unknown) {
  const result = safeBuildStagePlan(config);
  return !result.success && 'problems' in result.error ? result.error.problems : [];
}

describe('the redraw of an upscale', () => {
  test('is null unless it is asked for', () => {
    expect(upscaleOf(chain)?.stage_config.redraw).toBeNull();
  });

  test('is the run where it states nothing, with a strength of 0.3', () => {
    expect(upscaleOf({ ...chain, upscale: { redraw: {} } })?.stage_config.redraw).toEqual({
      denoising_strength: 0.3,
      steps: 30,
      sampler_name: 'DPM++ 2M',
      scheduler: 'Automatic',
      cfg_scale: 7,
      prompt: 'a pier',
      negative_prompt: '',
      model: 'base',
    });
  });

  test('has every setting that it states', () => {
    const redraw = {
      denoising_strength: 0.5,
      steps: 12,
      sampler_name: 'Euler a',
      scheduler: 'Karras',
      cfg_scale: 4,
      prompt: 'planks',
      negative_prompt: 'fog',
      model: 'detail',
    };
    expect(upscaleOf({ ...chain, upscale: { redraw } })?.stage_config.redraw).toEqual(redraw);
  });

  test('lets a latent mode enlarge, which alone is refused', () => {
    const upscale = { upscaler: 'Latent (nearest-exact)' };
    expect(problemsOf({ ...chain, upscale: { ...upscale, redraw: {} } })).toEqual([]);
    expect(problemsOf({ ...chain, upscale })).toMatchObject([
      { path: ['upscale', 'upscaler'], code: 'not_allowed' },
    ]);
    // Hires fix is the redraw of an existing image, and works in txt2img where there is one.
    const hires = { hires_enabled: true, upscale };
    expect(problemsOf({ ...chain, ...hires, txt2img_enabled: false, img2img_enabled: true })).toEqual([]);
    expect(problemsOf({ ...chain, ...hires })).toMatchObject([{ path: ['upscale', 'upscaler'] }]);
  });
});

describe('hires fix after an existing image', () => {
  const redrawn: RunConfigInput = { img2img_enabled: true, hires_enabled: true, input_image: 'photo.png' };

  test('is an upscale by its own upscaler and factor, and its every setting is the redraw', () => {
    const stage = upscaleOf({
      ...redrawn,
      hires_upscaler_name: 'Latent',
      hires_upscale_factor: 1.5,
      hires_denoise: 0.5,
      hires_steps: 12,
      hires_sampler_name: 'Euler a',
      hires_scheduler: 'Karras',
      hires_cfg_scale: 4,
      hires_prompt: 'planks',
      hires_negative_prompt: 'fog',
      hires_model_name: 'detail',
    });
    expect(stage?.stage_config).toMatchObject({
      upscaler: 'Latent',
      upscale_factor: 1.5,
      resize_to: null,
      redraw: {
        denoising_strength: 0.5,
        steps: 12,
        sampler_name: 'Euler a',
        scheduler: 'Karras',
        cfg_scale: 4,
        prompt: 'planks',
        negative_prompt: 'fog',
        model: 'detail',
      },
    });
    expect(Object.keys(stage?.stage_config ?? {}).filter((field) => field.startsWith('hires_'))).toEqual([]);
  });

  test('takes what it leaves open from the run, 0 steps too', () => {
    const stage = upscaleOf({ ...redrawn, hires_steps: 0, steps: 25, prompt: 'a pier', model: 'base' });
    expect(stage?.stage_config.redraw).toMatchObject({ steps: 25, prompt: 'a pier', model: 'base' });
  });

  test('brings the picture to an exact size where one is stated', () => {
    const hires_resize_to = { width: 768, height: 1024 };
    expect(upscaleOf({ ...redrawn, hires_resize_to })).toMatchObject({
      output_size: hires_resize_to,
      stage_config: { upscale_factor: null, resize_to: hires_resize_to },
    });
  });

  test('where an upscale is on too, that enlarges and hires redraws; warnings name what does not count', () => {
    const config: RunConfigInput = {
      ...redrawn,
      upscale_enabled: true,
      upscale: { upscaler: 'Lanczos', upscale_factor: 3 },
      hires_denoise: 0.4,
      hires_resize_to: { width: 768, height: 768 },
    };
    expect(upscaleOf(config)?.stage_config).toMatchObject({
      upscaler: 'Lanczos',
      upscale_factor: 3,
      resize_to: null,
      redraw: { denoising_strength: 0.4 },
    });
    expect(buildStagePlan(config).warnings).toEqual([
      { code: 'hires_in_upscale', stage_id: '2-upscale' },
      { code: 'no_effect', field: 'hires_resize_to', value: { width: 768, height: 768 } },
      { code: 'no_effect', field: 'hires_upscaler_name', value: 'Latent' },
    ]);
  });

  test('with an order that leaves the upscale out is told what hires fix opens', () => {
    const result = safeBuildStagePlan({ ...redrawn, stage_order: ['img2img'] });
    expect(!result.success && 'rejections' in result.error && result.error).toMatchObject({
      rejections: [
        {
          message: 'Name upscale in stage_order: hires_enabled is on, and works in upscale here.',
        },
      ],
      fixes: [{ change: { stage_order: ['img2img', 'upscale'] } }],
    });
  });

  test('that no policy allows speaks of the stages that were asked for, and of no upscale', () => {
    const { decisions, rejections } = explainStagePlan(redrawn, {
      externalInput: false,
      standaloneUpscale: true,
    });
    const said = decisions
      .filter(({ reason }) => reason !== 'switch_off')
      .map((decision) => sayDecision(decision, 'canonicalSequence'));
    expect(said).toEqual([
      'hires cannot be reached: the start leads to txt2img.',
      'img2img cannot be reached: the start leads to txt2img.',
    ]);
    expect(rejections.map(({ message }) => message)).toEqual([
      expect.stringContaining('hires needs txt2img before it.'),
      expect.stringContaining('img2img needs txt2img before it, which gives it an image.'),
    ]);
  });
});
