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

test('a difference says what was taken out, moved, put in and changed, and where', () => {
  const settings = { txt2img_enabled: true, upscale_enabled: true } as const;
  const before = buildStagePlan({ ...settings, adetailer_enabled: true });
  const after = buildStagePlan(
    { ...settings, img2img_enabled: true, batch_size: 2 },
    { sequence: 'detail-before-upscale' },
  );
  const told = diffStagePlans(before, after).changes.map(({ kind, stage, path, before, after }) =>
    [kind, stage, path, before, after].join(' '),
  );
  expect(told).toEqual([
    'sequence  sequence canonicalSequence detailBeforeUpscale',
    'changed txt2img images_out 1 2',
    'changed txt2img stage_config.adetailer_enabled true false',
    'changed txt2img stage_config.img2img_enabled false true',
    'changed txt2img stage_config.batch_size 1 2',
    'moved upscale  1 2',
    'changed upscale input txt2img img2img',
    'changed upscale images_in 1 2',
    'changed upscale images_out 1 2',
    'changed upscale keeps_image false true',
    'changed upscale stage_config.adetailer_enabled true false',
    'changed upscale stage_config.img2img_enabled false true',
    'removed adetailer  2 ',
    'added img2img   1',
  ]);
});
