import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../../examples/own-stage.ts';
import { checkAvailability, readComfyInventory } from '../../../src/compile/comfyui/index.ts';
import { readWebuiInventory, sayMissing, webuiInventoryPaths } from '../../../src/compile/webui/index.ts';
import { buildStagePlan } from '../../../src/index.ts';
import { everything } from '../../fixtures.ts';
import { objectInfo } from '../comfyui/object-info.ts';

/** The answers of a WebUI, as it gives them. */
const answers = {
  '/sdapi/v1/sd-models': [
    {
      title: 'xl/sd_xl_base_1.0.safetensors [31e35c80fc]',
      model_name: 'sd_xl_base_1.0',
      hash: '31e35c80fc',
      sha256: null,
    },
    { title: 'sd_xl_refiner_1.0.safetensors' },
    {},
    1,
  ],
  '/sdapi/v1/sd-vae': [{ model_name: 'sdxl_vae.safetensors', filename: '/x' }],
  '/sdapi/v1/samplers': [
    { name: 'DPM++ 2M', aliases: ['k_dpmpp_2m'] },
    { name: 'Euler a', aliases: [] },
  ],
  '/sdapi/v1/schedulers': [{ name: 'karras', label: 'Karras' }],
  '/sdapi/v1/upscalers': [{ name: 'R-ESRGAN 4x+' }, { name: 'None' }],
  '/sdapi/v1/latent-upscale-modes': [{ name: 'Latent' }],
  '/sdapi/v1/loras': [{ name: 'ink', alias: 'ink-style' }],
  '/adetailer/v1/ad_model': { ad_model: ['face_yolov8n.pt'] },
  '/sdapi/v1/scripts': { txt2img: [], img2img: ['ADetailer'] },
};
const inventory = readWebuiInventory(answers);
const base = { txt2img_enabled: true, model: 'sd_xl_base_1.0.safetensors', scheduler: 'Karras' };

function missing(config: object, has = inventory) {
  return checkAvailability(buildStagePlan(config), has).missing.map(
    ({ code, field, name }) => `${code} ${field} ${name}`,
  );
}

describe('SD.Next', () => {
  const has = readWebuiInventory(
    {
      ...answers,
      '/sdapi/v1/samplers': [{ name: 'LMSD' }],
      '/sdapi/v1/upscalers': [{ name: 'RealESRGAN 4x+' }, { name: 'Latent Bilinear' }],
      '/sdapi/v1/scripts': { img2img: [] },
    },
    'sdnext',
  );

  test('has what it calls by names of its own', () => {
    const all = { ...base, sampler_name: 'LMS', hires_enabled: true, upscale_enabled: true };
    expect(missing(all, has)).toEqual([]);
    expect(missing({ ...all, hires_upscaler_name: 'Latent (bicubic)' }, has)).toEqual([
      'missing_latent_mode hires_upscaler_name Latent (bicubic)',
    ]);
  });

  test('needs no script for its detailer, whose names nobody here knows', () => {
    const plan = buildStagePlan({ ...base, sampler_name: 'LMS', adetailer_enabled: true });
    expect(checkAvailability(plan, has)).toEqual({
      missing: [],
      unchecked: ['scheduler', 'script', 'detector'],
    });
  });
});

test('Forge lists its VAEs among its modules', () => {
  const has = readWebuiInventory({
    '/sdapi/v1/sd-modules': [{ model_name: 'ae.safetensors', filename: '/ae' }],
  });
  expect(missing({ ...base, vae: 'ae.safetensors' }, has)).toEqual([]);
  expect(missing({ ...base, vae: 'other.safetensors' }, has)).toEqual(['missing_vae vae other.safetensors']);
});

describe('a WebUI', () => {
  test('has what it lists, by every name that it takes', () => {
    for (const model of [
      'sd_xl_base_1.0.safetensors',
      'sd_xl_base_1.0',
      '31e35c80fc',
      'xl/sd_xl_base_1.0.safetensors',
    ])
      expect(missing({ ...base, model }), model).toEqual([]);
    const all = {
      ...base,
      prompt: '<lora:ink-style:1>',
      vae: 'Automatic',
      hires_enabled: true,
      upscale_enabled: true,
      adetailer_enabled: true,
      refiner_enabled: true,
      refiner_model_name: 'sd_xl_refiner_1.0.safetensors',
    };
    expect(missing(all)).toEqual([]);
    expect(checkAvailability(buildStagePlan(all), inventory).unchecked).toEqual([]);
  });

  test('lacks what it does not list, each in its field', () => {
    const config = {
      ...everything,
      prompt: 'a <lora:oil>',
      batch_size: 1,
      n_iter: 1,
      adetailer: [
        { model: 'face_yolov8s.pt', checkpoint: 'x', vae: 'y', prompt: '<lora:z>', scheduler: 'Beta' },
      ],
    };
    expect(missing(config)).toEqual([
      'missing_lora prompt oil',
      'missing_upscaler hires_upscaler_name 4x-UltraSharp',
      'missing_checkpoint hires_model_name sd_xl_detail.safetensors',
      'missing_scheduler hires_scheduler Simple',
      'missing_lora prompt oil',
      'missing_upscaler upscaler R-ESRGAN 4x+ Anime6B',
      'missing_lora prompt oil',
      'missing_detector detectors[0].model face_yolov8s.pt',
      'missing_checkpoint detectors[0].checkpoint x',
      'missing_vae detectors[0].vae y',
      'missing_scheduler detectors[0].scheduler Beta',
      'missing_lora detectors[0].prompt z',
    ]);
  });

  test('that does not say what it has is not checked for it', () => {
    const silent = readWebuiInventory({ '/sdapi/v1/samplers': null });
    const { missing: none, unchecked } = checkAvailability(buildStagePlan(base), silent);
    expect([none, unchecked]).toEqual([[], ['checkpoint', 'sampler', 'scheduler']]);
    expect(webuiInventoryPaths.filter((path) => path !== '/sdapi/v1/sd-modules')).toEqual(
      Object.keys(answers),
    );
  });

  test('that answers with something else has nothing of the kind', () => {
    const odd = readWebuiInventory({ '/sdapi/v1/samplers': {}, '/adetailer/v1/ad_model': [] });
    expect(odd).toEqual({ sampler: [], detector: [] });
  });
});

test('names that may have been meant are told, the nearest first and three at most', () => {
  const samplers = ['Euler b', 'Euler c', 'Euler d', 'Euler e', 'Heun'].map((name) => [name] as const);
  const [found] = checkAvailability(buildStagePlan({ ...base, sampler_name: 'Euler a' }), {
    sampler: samplers,
  }).missing;
  expect(found?.nearest).toHaveLength(3);
  expect(found?.nearest).not.toContain('Heun');
  if (found === undefined) throw new Error('A sampler should be missing.');
  expect(sayMissing(found)).toBe(
    `Install or rename the sampler "Euler a" in sampler_name of 1-txt2img: the server does not have it. Did you mean ${found.nearest.join(' or ')}?`,
  );
  expect(sayMissing({ ...found, nearest: [] })).not.toContain('mean');
});

test('a sampler whose name contradicts its schedule is looked for as it is', () => {
  const plan = structuredClone(buildStagePlan({ ...base, scheduler: 'Exponential' }));
  Object.assign(plan.stages[0]?.stage_config ?? {}, { sampler_name: 'DPM++ 2M Karras' });
  expect(checkAvailability(plan, inventory).missing.map(({ name }) => name)).toEqual([
    'DPM++ 2M Karras',
    'Exponential',
  ]);
});

test("a redraw and a stage of one's own ask for what they need", () => {
  const redrawn = { ...base, upscale_enabled: true, upscale: { upscaler: 'Latent', redraw: { model: 'x' } } };
  expect(missing(redrawn)).toEqual(['missing_checkpoint redraw.model x']);
  const film = filmPlanner.buildStagePlan({ ...base, interpolate_enabled: true });
  expect(checkAvailability(film, inventory).missing).toEqual([]);
});

describe('ComfyUI', () => {
  const has = readComfyInventory(objectInfo);

  test('has what its nodes list, by the names of plans', () => {
    const config = {
      ...base,
      prompt: '<lora:ink>',
      sampler_name: 'DPM++ 2M',
      hires_enabled: true,
      hires_scheduler: 'Uniform',
      hires_upscaler_name: '4x-UltraSharp',
      upscale_enabled: true,
      adetailer_enabled: true,
    };
    expect(missing(config, has)).toEqual([]);
    expect(missing({ ...base, scheduler: 'Polyexponential' }, has)).toEqual([]);
    expect(missing({ ...base, model: 'sd_xl_base_1.0', sampler_name: 'Restart' }, has)).toEqual([
      'missing_checkpoint model sd_xl_base_1.0',
      'missing_sampler sampler_name Restart',
    ]);
  });

  test('without a node has nothing of its kind, but for what needs no model', () => {
    const bare = readComfyInventory({});
    expect(bare).toMatchObject({ checkpoint: [], script: [], upscaler: [['Lanczos'], ['Nearest']] });
  });
});
