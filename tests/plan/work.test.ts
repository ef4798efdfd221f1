import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../examples/own-stage.ts';
import { buildStagePlan, type PlanOptions, type RunConfigInput, workFingerprints } from '../../src/index.ts';
import { openStages } from '../../src/plan/work.ts';
import { everything } from '../fixtures.ts';

/** The chain txt2img, img2img, upscale, adetailer, with every seed stated. */
const chain: RunConfigInput = { ...everything, input_image: null };
const upscaled: RunConfigInput = { upscale_enabled: true, input_image: 'a.png', prompt: 'x', seed: 4 };
const detailed: RunConfigInput = { adetailer_enabled: true, input_image: 'a.png', seed: 4 };
const redrawn: RunConfigInput = { img2img_enabled: true, input_image: 'a.png', seed: 4 };
const alone: PlanOptions = { standaloneUpscale: true, standaloneAdetailer: true };

function works(run: RunConfigInput): readonly (string | null)[] {
  return workFingerprints(buildStagePlan(run, alone));
}

/** How many stages two runs begin with whose work is the same. */
function shared(one: RunConfigInput, change: RunConfigInput): number {
  const [before, after] = [works(one), works({ ...one, ...change })];
  const first = before.findIndex((work, index) => work === null || work !== after[index]);
  return first === -1 ? before.length : first;
}

test('a fingerprint is SHA-256 in hexadecimal, and every stage of a chain has one of its own', () => {
  expect(new Set(works(chain)).size).toBe(4);
  for (const work of works(chain)) expect(work).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, RunConfigInput]>([
  ['run_id', { run_id: 'other' }],
  ['metadata', { metadata: {} }],
  ['keep', { keep: [] }],
])('%s is no work', (_, change) => {
  expect(shared(chain, change)).toBe(4);
});

test.each<[number, RunConfigInput]>([
  [0, { seed: 43 }],
  [0, { prompt: 'a fox' }],
  [0, { hires_denoise: 0.5 }],
  [0, { refiner_switch_at: 0.6 }],
  [0, { batch_size: 1 }],
  [0, { backend_options: { webui: { tiling: false } } }],
  [1, { img2img: { ...everything.img2img, denoising_strength: 0.3 } }],
  [2, { upscale: { ...everything.upscale, upscale_factor: 2 } }],
  [3, { adetailer: { model: 'face_yolov8s.pt' } }],
  [3, { adetailer_backend_options: {} }],
])('the first %i stages do the same work after %j', (count, change) => {
  expect(shared(chain, change)).toBe(count);
});

test.each<[number, RunConfigInput]>([
  [3, { adetailer_enabled: false }],
  [2, { upscale_enabled: false, adetailer_enabled: false }],
  [1, { img2img_enabled: false }],
])('the first %i stages do the same work with %j', (count, change) => {
  expect(shared({ ...chain, keep: [] }, change)).toBe(count);
});

describe('what a stage ignores is no work:', () => {
  test.each<[string, RunConfigInput]>([
    ['prompt', { prompt: 'y' }],
    ['an open prompt', { prompt: '__wild__' }],
    ['model', { model: 'a' }],
    ['steps', { steps: 9 }],
    ['seed', { seed: 5 }],
    ['a random seed', { seed: -1 }],
    ['clip_skip', { clip_skip: 2 }],
  ])('%s in an upscale without a redraw', (_, change) => {
    expect(shared(upscaled, change)).toBe(1);
  });

  const redraw = { denoising_strength: 0.2, prompt: 'p', negative_prompt: 'n', model: 'm', steps: 8 };
  const enlarged = { ...upscaled, upscale: { redraw } };

  test.each<[number, RunConfigInput]>([
    [1, { prompt: 'y' }],
    [1, { model: 'a' }],
    [1, { steps: 9 }],
    [0, { seed: 5 }],
    [0, { vae: 'v' }],
    [0, { clip_skip: 2 }],
    [0, { cfg_scale: 3 }],
    [0, { upscale: { redraw: { ...redraw, denoising_strength: 0.3 } } }],
  ])('%i of what a redraw states itself: %j', (count, change) => {
    expect(shared(enlarged, change)).toBe(count);
  });

  test.each<[number, NonNullable<RunConfigInput['adetailer']>, RunConfigInput]>([
    [0, {}, { prompt: 'y' }],
    [1, { prompt: 'own' }, { prompt: 'y' }],
    [0, { prompt: 'own, [PROMPT]' }, { prompt: 'y' }],
    [0, { prompt: '[SEP]own' }, { prompt: 'y' }],
    [0, { negative_prompt: '[PROMPT]' }, { negative_prompt: 'y' }],
    [0, {}, { steps: 9 }],
    [1, { steps: 8 }, { steps: 9 }],
    [1, { checkpoint: 'c' }, { model: 'm' }],
    [0, {}, { model: 'm' }],
    [
      1,
      { vae: 'v', clip_skip: 2, cfg_scale: 4, sampler_name: 'Euler', scheduler: 'Karras' },
      { vae: 'w', clip_skip: 1, cfg_scale: 5, sampler_name: 'DDIM' },
    ],
    [0, {}, { negative_prompt: 'y' }],
    [1, { negative_prompt: 'own' }, { negative_prompt: 'y' }],
    [0, {}, { scheduler: 'Karras' }],
    [1, { scheduler: 'Simple' }, { scheduler: 'Karras' }],
    [0, {}, { clip_skip: 2 }],
    [1, { clip_skip: 1 }, { clip_skip: 2 }],
    [0, {}, { width: 640 }],
    [1, { inpaint_only_masked: false }, { width: 640 }],
    [0, {}, { seed: 5 }],
  ])('%i where a detector has %j and the run %j', (count, adetailer, change) => {
    expect(shared({ ...detailed, adetailer }, change)).toBe(count);
  });

  test('what a detector says as the run would is the same work', () => {
    const run = { ...detailed, steps: 9, prompt: 'x' };
    expect(shared(run, { adetailer: { steps: 9, prompt: 'x' } })).toBe(1);
  });

  test('the reason of a size', () => {
    const size = { width: 512, height: 512 };
    expect(shared({ ...redrawn, ...size }, { img2img: size })).toBe(1);
  });
});

test('the redraw of hires fix runs all its steps, and is other work than one like it', () => {
  const plain = {
    ...redrawn,
    upscale_enabled: true,
    upscale: { upscaler: 'x', redraw: { denoising_strength: 0.3 } },
  };
  const byHires = { ...redrawn, upscale_enabled: true, upscale: { upscaler: 'x' }, hires_enabled: true };
  const redrawOf = (run: RunConfigInput) => buildStagePlan(run).stages.at(-1)?.stage_config;
  expect(redrawOf(plain)).toEqual(redrawOf(byHires));
  expect(works(plain)[0]).toBe(works(byHires)[0]);
  expect(works(plain)[1]).not.toBe(works(byHires)[1]);
});

test('another existing image, or another size of it, is other work', () => {
  expect(shared(redrawn, { input_image: 'b.png' })).toBe(0);
  expect(shared(redrawn, { input_image_size: { width: 640, height: 640 } })).toBe(0);
});

const { seed: _, ...unseeded } = chain;
const variation = (webui: RunConfigInput['metadata']) => ({ ...chain, backend_options: { webui } });

test.each<[string, number, RunConfigInput]>([
  ['a seed of -1', 0, { ...chain, seed: -1 }],
  ['no seed', 0, unseeded],
  ['a random seed of img2img', 1, { ...chain, img2img: { seed: -1 } }],
  ['a wildcard', 0, { ...chain, prompt: 'a __beast__' }],
  ['a variant in the negative prompt', 0, { ...chain, negative_prompt: '{a|b}' }],
  ['a variant in the prompt of hires fix', 0, { ...chain, hires_prompt: '{a|b}' }],
  [
    'a variant in a redraw',
    2,
    { ...chain, upscale: { redraw: { denoising_strength: 0.2, prompt: '{a|b}' } } },
  ],
  ['a variant in a detector', 3, { ...chain, adetailer: [{}, { prompt: '{a|b}' }] }],
  ['an open prompt in backend options', 0, variation({ scripts: [{ args: { ad_prompt: '__x__' } }] })],
  ['a random seed in backend options', 0, variation({ subseed: -1, subseed_strength: 0.1 })],
  ['a random seed in text', 0, variation({ scripts: { a: { seed: '-1' } } })],
  ['a variation without a seed', 0, variation({ subseed_strength: 0.1 })],
  ['an image that is not named', 0, { ...redrawn, input_image: null }],
  ['a mask that is not named', 1, { ...chain, img2img: { mask: {} } }],
])('%s shares nothing from its stage on', (_name, count, run) => {
  const all = works(run);
  expect(all.indexOf(null)).toBe(count);
  expect(all.slice(count)).toEqual(Array(all.length - count).fill(null));
  const plan = buildStagePlan(run, alone);
  expect(openStages(plan)[0]?.stage_id).toBe(plan.stages[count]?.id);
});

test('a stage is open for one reason, and the stages behind it by their own alone', () => {
  const reasonsOf = (run: RunConfigInput) =>
    openStages(buildStagePlan(run)).map(({ stage_id, reason }) => `${stage_id}: ${reason}`);
  expect(reasonsOf(chain)).toEqual([]);
  expect(reasonsOf({ ...chain, seed: -1, prompt: '{a|b}', img2img: { mask: {}, prompt: 'x' } })).toEqual([
    '1-txt2img: random_seed',
    '2-img2img: unnamed_image',
    '4-adetailer: open_prompt',
  ]);
  expect(reasonsOf({ ...redrawn, input_image: null })).toEqual(['1-img2img: unnamed_image']);
  expect(reasonsOf({ ...chain, hires_prompt: '__beast__' })).toEqual(['1-txt2img: open_prompt']);
});

test.each([
  { subseed: 7, subseed_strength: 0.1 },
  { subseed_strength: 0 },
  { note: null },
  { hr_prompt: null },
  { style: 'a __b__ {c|d}' },
])('the backend options %j leave nothing open', (webui) => {
  expect(works(variation(webui))).not.toContain(null);
});

test('all settings of a stage of one\u2019s own are work', () => {
  const film = { txt2img_enabled: true, interpolate_enabled: true, seed: 1 };
  const worksOf = (frames: number) =>
    workFingerprints(filmPlanner.buildStagePlan({ ...film, interpolate: { frames } }));
  expect(worksOf(8)).toEqual(worksOf(8));
  expect(worksOf(8)[0]).toBe(worksOf(16)[0]);
  expect(worksOf(8)[1]).not.toBe(worksOf(16)[1]);
});
