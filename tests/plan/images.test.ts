import { describe, expect, test } from 'vitest';
import { buildStagePlan, type RunConfigInput } from '../../src/index.ts';

const batch = { batch_size: 4, n_iter: 2 };
const chain: RunConfigInput = {
  txt2img_enabled: true,
  img2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  ...batch,
};

/** Of each stage: its batch, and how many images it takes and gives. */
function countsOf(config: RunConfigInput, options = {}) {
  return buildStagePlan(config, options).stages.map(({ images_in, images_out, stage_config }) => [
    `${stage_config.batch_size} x ${stage_config.n_iter}`,
    `${images_in} -> ${images_out}`,
  ]);
}

describe('the batch is made by the generation that starts the plan', () => {
  test('and every later stage runs once for each image: four stages with 4 x 2 make 8 images', () => {
    expect(countsOf(chain)).toEqual([
      ['4 x 2', '0 -> 8'],
      ['1 x 1', '8 -> 8'],
      ['1 x 1', '8 -> 8'],
      ['1 x 1', '8 -> 8'],
    ]);
  });

  test('so that img2img makes it of one existing image', () => {
    expect(countsOf({ img2img_enabled: true, adetailer_enabled: true, ...batch })).toEqual([
      ['4 x 2', '1 -> 8'],
      ['1 x 1', '8 -> 8'],
    ]);
  });
});

describe('an upscale alone', () => {
  const alone = { standaloneUpscale: true };

  test('gives one image of one, and warns of the batch that has no effect', () => {
    const config = { upscale_enabled: true, input_image: 'photo.png', ...batch };
    expect(countsOf(config, alone)).toEqual([['1 x 1', '1 -> 1']]);
    expect(buildStagePlan(config, alone).warnings).toEqual([
      { code: 'batch_ignored', stage_id: '1-upscale', ...batch },
    ]);
  });

  test('warns of nothing where no batch is asked for', () => {
    expect(buildStagePlan({ upscale_enabled: true, input_image: 'photo.png' }, alone).warnings).toEqual([]);
  });
});
