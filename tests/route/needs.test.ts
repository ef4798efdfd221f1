import { expect, test } from 'vitest';
import { defaultPolicies } from '../../machines/policies.ts';
import { explainStagePlan } from '../../src/index.ts';
import { routeThrough } from '../../src/route/route.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { choices, sequenceOf } from '../growth/machines.ts';

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

test('reasons stand in running order, and what the sequence does not have comes last and needs nothing', () => {
  const run = {
    a1_enabled: true,
    b1_enabled: true,
    b2_enabled: true,
    a2_enabled: true,
    adetailer_enabled: true,
  };
  const route = routeThrough(readSequence(choices(2), defaultPolicies), run, {
    order: 'reject',
    openable: [],
  });
  expect(!route.legal && route.rejections).toMatchObject([
    { stage: 'b1', needs: [], excluded_by: ['stage.a1'] },
    { stage: 'b2', needs: [], excluded_by: ['stage.a2'] },
    { stage: 'adetailer', needs: [], excluded_by: [] },
  ]);
});
