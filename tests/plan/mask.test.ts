import { expect, test } from 'vitest';
import { buildStagePlan, type RunConfigInput } from '../../src/index.ts';

const existing: RunConfigInput = { img2img_enabled: true, input_image: 'photo.png' };

function maskOf(config: RunConfigInput) {
  const [stage] = buildStagePlan(config).stages;
  return stage?.stage_type === 'img2img' ? stage.stage_config.mask : undefined;
}

test('img2img redraws the whole image, unless it has a mask', () => {
  expect(maskOf(existing)).toBeNull();
});

test('a mask has what it states, and the defaults of the WebUI for the rest', () => {
  expect(maskOf({ ...existing, img2img: { mask: { image: 'mask.png' } } })).toEqual({
    image: 'mask.png',
    blur: 4,
    fill: 'original',
    only_masked: false,
    padding: 32,
    invert: false,
  });
  const stated = {
    image: 'm',
    blur: 0,
    fill: 'latent_nothing',
    only_masked: true,
    padding: 0,
    invert: true,
  } as const;
  expect(maskOf({ ...existing, img2img: { mask: stated } })).toEqual(stated);
});
