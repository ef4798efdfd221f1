import { expect, test } from 'vitest';
import { buildStagePlan, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';

const chain: RunConfigInput = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };

function keptBy(config: RunConfigInput) {
  return buildStagePlan(config)
    .stages.filter(({ keeps_image }) => keeps_image)
    .map(({ id }) => id);
}

test('the images of the last stage are always kept, and no others unless keep names their stage', () => {
  expect(keptBy(chain)).toEqual(['3-adetailer']);
  expect(keptBy({ ...chain, keep: ['txt2img'] })).toEqual(['1-txt2img', '3-adetailer']);
  expect(keptBy({ ...chain, keep: ['upscale', 'adetailer', 'txt2img', 'upscale'] })).toEqual([
    '1-txt2img',
    '2-upscale',
    '3-adetailer',
  ]);
});

test('a stage that hires fix opens can be kept by its name', () => {
  const config = { img2img_enabled: true, hires_enabled: true, adetailer_enabled: true } as const;
  expect(keptBy({ ...config, keep: ['upscale'] })).toEqual(['2-upscale', '3-adetailer']);
});

test('a kept stage that is not planned is an error with its path', () => {
  const result = safeBuildStagePlan({ ...chain, keep: ['txt2img', 'img2img'] });
  expect(!result.success && 'problems' in result.error && result.error.problems).toEqual([
    {
      path: ['keep', 1],
      code: 'not_allowed',
      message:
        'keep[1] is img2img, which is not planned: the planned stages are txt2img, upscale, adetailer.',
    },
  ]);
});
