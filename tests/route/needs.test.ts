import { expect, test } from 'vitest';
import { explainStagePlan } from '../../src/index.ts';
import { sequenceOf } from '../growth/machines.ts';

test('a stage that leads on only behind its pass still gives its image', () => {
  const sequence = sequenceOf('behindAPass', {
    start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
    txt2img: { stage: 'txt2img', on: { 'pass.hires': 'hires', 'plan.finished': 'complete' } },
    hires: {
      stage: 'txt2img',
      pass: 'hires',
      on: { 'stage.upscale': 'upscale', 'plan.finished': 'complete' },
    },
    upscale: { stage: 'upscale', on: { 'plan.finished': 'complete' } },
  });
  const { rejections } = explainStagePlan({ hires_enabled: true, upscale_enabled: true }, { sequence });
  expect(rejections.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('upscale needs txt2img before it, which gives it an image.'),
  );
});
