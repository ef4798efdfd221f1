import { expect, test } from 'vitest';
import { explainStagePlan } from '../../src/index.ts';

function suggestionFor(run: object): string | undefined {
  const [problem] = explainStagePlan({ txt2img_enabled: true, ...run }).problems;
  expect(problem?.code).toBe('unknown_key');
  return problem?.suggestion;
}

test.each([
  ['batch_count', 'n_iter'],
  ['hr_scale', 'hires_upscale_factor'],
  ['hires_fix', 'hires_enabled'],
  ['ckpt', 'model'],
  ['checkpoint', 'model'],
  ['sd_model', 'model'],
  ['STEPS', 'steps'],
  ['CFG Scale', 'cfg_scale'],
  ['cfg', 'cfg_scale'],
  ['sampler', 'sampler_name'],
  ['hiresEnabled', 'hires_enabled'],
  ['use_refiner', 'refiner_enabled'],
  ['enable_hr', 'hires_enabled'],
  ['hires_checkpoint', 'hires_model_name'],
  ['promt', 'prompt'],
  ['upscaler', 'upscale.upscaler'],
  ['denoising_strength', 'img2img.denoising_strength'],
])('who types %s is told of %s', (typed, meant) => {
  expect(suggestionFor({ [typed]: 1 })).toBe(meant);
});

test.each([
  ['upscale', 'upscale_by', 'upscale_factor'],
  ['img2img', 'denoise', 'denoising_strength'],
  ['adetailer', 'ad_model', 'model'],
  ['adetailer', 'mask_k_largest', 'mask_k'],
  ['adetailer', 'width', 'inpaint_width'],
  ['adetailer', 'enabled', 'adetailer_enabled'],
  ['adetailer', 'backend_options', 'adetailer_backend_options'],
  ['upscale', 'denoising_strength', 'upscale.redraw.denoising_strength'],
  ['upscale', 'steps', 'upscale.redraw.steps'],
  ['upscale', 'sampler', 'upscale.redraw.sampler_name'],
  ['upscale', 'width', 'upscale.resize_to.width'],
  ['upscale', 'seed', 'seed'],
  ['img2img', 'mask_blur', 'img2img.mask.blur'],
  ['img2img', 'image', 'input_image'],
])('who types in %s the name %s is told of %s', (section, typed, meant) => {
  expect(suggestionFor({ [section]: { [typed]: 1 } })).toBe(meant);
});

test.each([
  [{ upscale: { redraw: { denoise: 1 } } }, 'denoising_strength'],
  [{ upscale: { redraw: { upscaler: 1 } } }, 'upscale.upscaler'],
  [{ adetailer: [{}, { denoise: 1 }] }, 'denoising_strength'],
  [{ img2img_mask: 1 }, 'img2img.mask'],
])('inside a section, and in a list, the path counts too: %j is told of %s', (run, meant) => {
  expect(suggestionFor(run)).toBe(meant);
});

test.each([
  ['img2img', 'upscale_factor'],
  ['img2img', 'resize_to'],
  ['img2img', 'confidence'],
  ['upscale', 'inpaint_width'],
])('in %s the name %s is not taken for a field of another stage', (section, typed) => {
  expect(suggestionFor({ [section]: { [typed]: 1 } })).toBeUndefined();
});

test.each([['styles'], ['faceswap_enabled'], ['hires_tiling'], ['lora_names'], ['tiling'], ['eta']])(
  'of %s nobody knows what was meant, and nothing is suggested',
  (typed) => {
    expect(suggestionFor({ [typed]: 1 })).toBeUndefined();
  },
);
