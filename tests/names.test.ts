import { describe, expect, test } from 'vitest';
import { isSameCheckpoint } from '../src/names/checkpoints.ts';
import { samplerLabel, samplers, splitSamplerName } from '../src/names/samplers.ts';
import { schedulerLabel, schedulers } from '../src/names/schedulers.ts';
import { upscalerLabel } from '../src/names/upscalers.ts';

describe('names', () => {
  test('every spelling of a sampler is its label, also joined with every schedule', () => {
    for (const [label, ...others] of samplers) {
      for (const name of [label, ...others]) expect(samplerLabel(name)).toBe(label);
      for (const [schedule] of schedulers.filter(([name]) => name !== 'DDIM' && name !== 'Automatic'))
        expect(splitSamplerName(`${label} ${schedule}`)).toEqual({ sampler: label, scheduler: schedule });
    }
  });

  test('every spelling of a schedule is its label, and another name stays', () => {
    for (const [label, ...others] of schedulers)
      for (const name of [label, ...others]) expect(schedulerLabel(name)).toBe(label);
    expect([schedulerLabel('mystery'), samplerLabel('mystery')]).toEqual(['mystery', 'mystery']);
  });

  test.each([
    ['base', 'base', true],
    ['base.safetensors', 'base', true],
    ['sdxl/base.safetensors [31e35c80fc]', 'sdxl/base.ckpt', true],
    ['sdxl/base', 'sd15/base', false],
    ['base', 'refiner', false],
    ['base [old]', 'base', false],
    ['base', null, false],
    [null, null, false],
  ])('the checkpoints %j and %j are one: %s', (one, other, same) => {
    expect(isSameCheckpoint(one, other)).toBe(same);
    expect(isSameCheckpoint(other, one)).toBe(same);
  });

  test.each([
    ['model-4x-UltraSharp.pth', '4x-UltraSharp'],
    ['esrgan/RealESRGAN_x4plus.pth', 'R-ESRGAN 4x+'],
    ['pixel-lanczos', 'Lanczos'],
    ['latent-nearest-exact', 'Latent (nearest-exact)'],
    ['Mystery', 'Mystery'],
  ])('the upscaler %s is %s', (name, label) => {
    expect(upscalerLabel(name)).toBe(label);
  });
});
