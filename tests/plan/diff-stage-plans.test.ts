import { expect, test } from 'vitest';
import { buildStagePlan, diffStagePlans, type RunConfigInput } from '../../src/index.ts';

const existing: RunConfigInput = { img2img_enabled: true, input_image: 'photo.png', img2img: size(512) };

function size(side: number) {
  return { width: side, height: side };
}

function pathsOf(before: RunConfigInput, after: RunConfigInput): readonly string[] {
  const { changes } = diffStagePlans(buildStagePlan(before), buildStagePlan(after));
  return changes.map(({ stage, path }) => (stage === null ? path : `${stage}: ${path}`));
}

test('plans differ in the size that comes in, though what goes out is the same', () => {
  expect(pathsOf({ ...existing, input_image_size: size(512) }, existing)).toEqual(['img2img: input_size']);
});

test('plans differ in the number of images that a stage takes', () => {
  const plan = buildStagePlan({ txt2img_enabled: true, upscale_enabled: true });
  const stages = plan.stages.map((stage) => ({ ...stage, images_in: 7 }));
  expect(diffStagePlans(plan, { ...plan, stages }).changes.map(({ path }) => path)).toEqual([
    'images_in',
    'images_in',
  ]);
});

test('plans differ in their warnings, and not where only the place of the stage in one does', () => {
  const run: RunConfigInput = { txt2img_enabled: true };
  expect(pathsOf(run, { ...run, input_image: 'photo.png' })).toEqual(['warnings[0]']);
  const plan = buildStagePlan({ img2img_enabled: true });
  const warnings = [{ code: 'unnamed_input_image', stage_id: '3-img2img' } as const];
  expect(diffStagePlans(plan, { ...plan, warnings }).text).toBe('No difference.');
});
