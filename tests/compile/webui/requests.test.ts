import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../../examples/own-stage.ts';
import { sayRefusal } from '../../../src/compile/refusals.ts';
import {
  toWebuiRequests,
  UncompilablePlanError,
  type WebuiHandler,
  type WebuiTargetName,
} from '../../../src/compile/webui/index.ts';
import { buildStagePlan, definePlanner, defineStage } from '../../../src/index.ts';
import { chain, compiled, model, only, refusalsOf, refused } from './webui-fixtures.ts';

const base = { txt2img_enabled: true, model, seed: 7 };
const alone = { standaloneAdetailer: true };
const redraw = { img2img_enabled: true, input_image: 'photo.png', model, seed: 7 };
const size = { input_image_size: { width: 768, height: 512 } };
const hires = { ...base, hires_enabled: true };
const refiner = { refiner_enabled: true, refiner_model_name: 'sd_xl_refiner_1.0.safetensors' };
const others: readonly WebuiTargetName[] = ['a1111', 'reforge', 'forge'];

describe('the requests of a plan', () => {
  test('are in order, each taking the image of the one before it', () => {
    const requests = compiled({ ...chain, upscale: { redraw: {} } }, { target: 'a1111' });
    expect(
      requests.map(({ id, path, image_from, image_field, image_result }) => [
        id,
        path.replace('/sdapi/v1/', ''),
        image_from,
        image_field,
        image_result,
      ]),
    ).toEqual([
      ['1-txt2img', 'txt2img', null, null, 'images'],
      ['2-img2img', 'img2img', { source: 'request', id: '1-txt2img', image: 0 }, 'init_images', 'images'],
      ['3-upscale', 'extra-single-image', { source: 'request', id: '2-img2img', image: 0 }, 'image', 'image'],
      [
        '3-upscale-redraw',
        'img2img',
        { source: 'request', id: '3-upscale', image: 0 },
        'init_images',
        'images',
      ],
      [
        '4-adetailer',
        'img2img',
        { source: 'request', id: '3-upscale-redraw', image: 0 },
        'init_images',
        'images',
      ],
    ]);
  });

  test('start from the existing image where the plan does', () => {
    expect(only({ ...redraw, ...size }, { target: 'a1111' }).image_from).toEqual({
      source: 'external',
      image: 'photo.png',
    });
  });

  test('of several images are refused, or one for each image in order', () => {
    const config = { ...chain, adetailer_enabled: false, batch_size: 2, n_iter: 1 };
    expect(refused(config, { target: 'a1111' })).toEqual([
      'several_images 2-img2img images_in',
      'several_images 3-upscale images_in',
    ]);
    const requests = compiled(config, { target: 'a1111', fanOut: true });
    expect(requests.map(({ id, image_from, body }) => [id, image_from, body.seed])).toEqual([
      ['1-txt2img', null, 7],
      ['2-img2img-image-1', { source: 'request', id: '1-txt2img', image: 0 }, 7],
      ['2-img2img-image-2', { source: 'request', id: '1-txt2img', image: 1 }, 8],
      ['3-upscale-image-1', { source: 'request', id: '2-img2img-image-1', image: 0 }, undefined],
      ['3-upscale-image-2', { source: 'request', id: '2-img2img-image-2', image: 0 }, undefined],
    ]);
  });

  test('are at most a thousand for one stage', () => {
    const config = { ...chain, img2img_enabled: false, batch_size: 1001 };
    expect(refused(config, { target: 'a1111', fanOut: true })).toEqual([
      'too_many_images 2-upscale images_in',
      'too_many_images 3-adetailer images_in',
    ]);
  });

  test('need a seed that is known where a later one depends on it', () => {
    expect(refused({ ...chain, seed: -1 }, { target: 'a1111' })).toEqual(['random_seed 1-txt2img seed']);
    expect(refused({ ...chain, img2img: { seed: -1 } }, { target: 'a1111' })).toEqual([
      'random_seed 2-img2img seed',
    ]);
    const enlarged = { txt2img_enabled: true, upscale_enabled: true, seed: -1 };
    expect(compiled(enlarged, { target: 'a1111' })[0]?.body.seed).toBe(-1);
    expect(only({ ...redraw, ...size, seed: -1 }, { target: 'a1111' }).body.seed).toBe(-1);
  });

  test('of stages that have no handler are refused for that alone', () => {
    const config = { ...chain, batch_size: 2, sampler_name: 'DDPM' };
    const plan = structuredClone(buildStagePlan(config));
    for (const { stage_config } of plan.stages.slice(0, 2))
      Object.assign(stage_config, { stage_type: 'own' });
    try {
      toWebuiRequests(plan, { target: 'a1111', fanOut: true });
    } catch (error) {
      expect(error).toMatchObject({
        refusals: [
          { code: 'unknown_stage', stage_id: '1-txt2img' },
          { code: 'unknown_stage', stage_id: '2-img2img' },
          { code: 'no_sampler', stage_id: '4-adetailer' },
        ],
      });
    }
    expect.assertions(1);
  });

  test('of a plan made by hand need a seed as well', () => {
    const plan = structuredClone(buildStagePlan({ ...redraw, ...size }));
    Object.assign(plan.stages[0]?.stage_config ?? {}, { seed: null });
    expect(() => toWebuiRequests(plan, { target: 'a1111' })).toThrow('Resolve the seeds first');
  });

  test('say the size of img2img, or are refused where nobody knows it', () => {
    const config = { ...base, upscale_enabled: true, img2img_enabled: true, hires_enabled: true };
    expect(compiled(config, { target: 'a1111' })[1]?.body).toMatchObject({ width: 1024, height: 1024 });
    const odd = { ...redraw, input_image_size: { width: 517, height: 301 } };
    expect(only(odd, { target: 'forge' }).body).toMatchObject({ width: 512, height: 296 });
    expect(
      refused({ ...redraw, adetailer_enabled: true, upscale_enabled: true }, { target: 'forge' }),
    ).toEqual([]);
  });

  test('for a stage of another name are those of the stage that it is like', () => {
    const second = defineStage({ stage_type: 'interpolate', like: 'upscale' });
    const planner = definePlanner({ sequence: filmPlanner.sequence, stages: [second] });
    const plan = planner.buildStagePlan({ ...base, interpolate_enabled: true });
    expect(toWebuiRequests(plan, { target: 'a1111' }).map(({ path }) => path)).toEqual([
      '/sdapi/v1/txt2img',
      '/sdapi/v1/extra-single-image',
    ]);
  });

  test("for a stage of one's own come from a handler of one's own", () => {
    const plan = filmPlanner.buildStagePlan({ ...base, interpolate_enabled: true });
    const interpolate: WebuiHandler = () => [
      { path: '/sdapi/v1/extra-single-image', body: { upscaler_1: 'Film' }, checks: [] },
    ];
    const handlers = { interpolate };
    expect(toWebuiRequests(plan, { target: 'a1111', handlers })[1]).toMatchObject({
      id: '2-interpolate',
      body: { upscaler_1: 'Film' },
      image_field: 'image',
    });
    for (const options of [{}, { handlers: {} }])
      expect(() => toWebuiRequests(plan, { target: 'a1111', ...options })).toThrow(
        'Bring a handler for interpolate',
      );
  });

  test('are only those of a known target', () => {
    // @ts-expect-error: no such target.
    expect(() => compiled(base, { target: 'toString' })).toThrow(RangeError);
  });
});

describe('txt2img', () => {
  test('has every field stated, and options for what is none', () => {
    expect(
      only({ ...base, vae: 'sdxl_vae.safetensors', clip_skip: 2, scheduler: 'Karras' }, { target: 'a1111' })
        .body,
    ).toEqual({
      prompt: '',
      negative_prompt: '',
      seed: 7,
      sampler_name: 'DPM++ 2M',
      scheduler: 'Karras',
      steps: 20,
      cfg_scale: 7,
      width: 512,
      height: 512,
      batch_size: 1,
      n_iter: 1,
      send_images: true,
      save_images: false,
      override_settings: {
        sd_model_checkpoint: model,
        sd_vae: 'sdxl_vae.safetensors',
        CLIP_stop_at_last_layers: 2,
      },
      override_settings_restore_afterwards: true,
    });
  });

  test.each(['Automatic', 'None'])('of Forge loads no module for the VAE "%s"', (vae) => {
    expect(only({ ...base, vae }, { target: 'forge' }).body.override_settings).toMatchObject({
      forge_additional_modules: [],
    });
    expect(only({ ...base, vae }, { target: 'reforge' }).body.override_settings).toMatchObject({
      sd_vae: vae,
    });
  });

  test('names the VAE of Forge as a module, and no checkpoint where the loaded one is meant', () => {
    const { body } = only({ txt2img_enabled: true, vae: 'sdxl_vae.safetensors' }, { target: 'forge' });
    expect(body.override_settings).toEqual({
      forge_additional_modules: ['sdxl_vae.safetensors'],
      CLIP_stop_at_last_layers: 1,
    });
  });

  test('splits a sampler from its schedule, and refuses what the server does not have', () => {
    const named = (sampler_name: string, scheduler: string, target: WebuiTargetName) => {
      const config = { ...base, sampler_name, scheduler };
      return refused(config, { target })[0] ?? only(config, { target }).body;
    };
    expect(named('DPM++ 2M Karras', 'Automatic', 'a1111')).toMatchObject({
      sampler_name: 'DPM++ 2M',
      scheduler: 'Karras',
    });
    expect(named('dpmpp_2m', 'karras', 'a1111')).toMatchObject({
      sampler_name: 'DPM++ 2M',
      scheduler: 'Karras',
    });
    expect(named('HeunPP2', 'Automatic', 'a1111')).toBe('no_sampler 1-txt2img sampler_name');
    expect(named('HeunPP2', 'Turbo', 'forge')).toMatchObject({ sampler_name: 'HeunPP2', scheduler: 'Turbo' });
    expect(named('HeunPP2', 'Linear Quadratic', 'reforge')).toMatchObject({ sampler_name: 'HeunPP2' });
    expect(named('Euler', 'Turbo', 'a1111')).toBe('no_scheduler 1-txt2img scheduler');
    expect(named('My sampler', 'My schedule', 'a1111')).toMatchObject({
      sampler_name: 'My sampler',
      scheduler: 'My schedule',
    });
    expect(named('LMS', 'Beta', 'sdnext')).toMatchObject({
      sampler_name: 'LMSD',
      schedulers_sigma: 'betas',
    });
    expect(named('Restart', 'Automatic', 'sdnext')).toBe('no_sampler 1-txt2img sampler_name');
  });

  test('of a plan made by hand refuses a sampler whose name says another schedule', () => {
    const plan = structuredClone(buildStagePlan({ ...base, scheduler: 'Exponential' }));
    Object.assign(plan.stages[0]?.stage_config ?? {}, { sampler_name: 'DPM++ 2M Karras' });
    expect(() => toWebuiRequests(plan, { target: 'a1111' })).toThrow(
      'State the sampler and the scheduler apart',
    );
  });

  test.each([
    ['first', 'first pass', [{ code: 'parameter', keys: ['Hires refiner'], value: 'first pass' }]],
    ['both', 'both passes', [{ code: 'parameter', keys: ['Hires refiner'], value: 'both passes' }]],
    ['second', 'second pass', [{ code: 'no_parameter', key: 'Hires refiner' }]],
  ] as const)('with hires fix states that the refiner works in pass "%s"', (refiner_pass, option, checks) => {
    const request = only({ ...hires, ...refiner, refiner_pass }, { target: 'a1111' });
    expect(request.body).toMatchObject({
      refiner_checkpoint: 'sd_xl_refiner_1.0.safetensors',
      refiner_switch_at: 0.8,
      override_settings: { hires_fix_refiner_pass: option },
    });
    expect(request.checks).toEqual(expect.arrayContaining([...checks]));
  });

  test('without hires fix leaves the pass of the refiner out, and looks for it in the answer', () => {
    const request = only({ ...base, ...refiner }, { target: 'a1111' });
    expect(request.body.override_settings).not.toHaveProperty('hires_fix_refiner_pass');
    expect(request.checks).toContainEqual({ code: 'parameter', keys: ['Refiner'], value: null });
    const same = { ...base, ...refiner, refiner_model_name: model };
    expect(only(same, { target: 'a1111' }).checks.map(({ code }) => code)).not.toContain('parameter');
  });

  test.each([
    ['first', { hires_model_name: refiner.refiner_model_name }, true],
    ['second', { hires_model_name: refiner.refiner_model_name }, false],
    ['both', { hires_model_name: refiner.refiner_model_name }, true],
    ['second', { model: refiner.refiner_model_name, hires_model_name: 'other' }, true],
    ['first', { model: refiner.refiner_model_name, hires_model_name: 'other' }, false],
  ] as const)('looks for the refiner of pass "%s" with %j: %s', (refiner_pass, models, looks) => {
    const { checks } = only({ ...hires, ...refiner, refiner_pass, ...models }, { target: 'a1111' });
    const sought = checks.some((check) => check.code === 'parameter' && check.keys.includes('Refiner'));
    expect(sought).toBe(looks);
  });

  test('has the fields of hires fix, by factor or by size', () => {
    const config = { ...hires, hires_upscale_factor: 1.35, width: 584, hires_denoise: 0.4 };
    const request = only(config, { target: 'a1111' });
    expect(request.body).toMatchObject({
      enable_hr: true,
      hr_scale: 1.35,
      hr_upscaler: 'Latent',
      hr_second_pass_steps: 20,
      denoising_strength: 0.4,
      hr_sampler_name: 'DPM++ 2M',
      hr_scheduler: 'Automatic',
      hr_prompt: '',
      hr_negative_prompt: '',
    });
    expect(request.checks).toContainEqual({ code: 'size', width: 784, height: 688 });
    expect(request.body).not.toHaveProperty('hr_checkpoint_name');
    const exact = { ...hires, hires_resize_to: { width: 768, height: 1024 }, hires_model_name: 'detail' };
    expect(only(exact, { target: 'a1111' }).body).toMatchObject({
      hr_resize_x: 768,
      hr_resize_y: 1024,
      hr_checkpoint_name: 'detail',
    });
    expect(only(exact, { target: 'a1111' }).body).not.toHaveProperty('hr_scale');
  });

  test('has a guidance of its own in the second pass where the server has one', () => {
    const config = { ...hires, hires_cfg_scale: 5 };
    expect(refused(config, { target: 'a1111' })).toEqual(['same_in_both_passes 1-txt2img hires_cfg_scale']);
    expect(only(config, { target: 'reforge' }).body.hr_cfg).toBe(5);
    expect(only(config, { target: 'forge' }).body).toMatchObject({
      hr_cfg: 5,
      hr_additional_modules: ['Use same choices'],
    });
    const none = { ...hires, hires_cfg_scale: 0 };
    expect(refused(none, { target: 'reforge' })).toEqual(['out_of_range 1-txt2img hires_cfg_scale']);
    expect(only({ ...none, cfg_scale: 0 }, { target: 'reforge' }).body.hr_cfg).toBe(0);
  });

  test('cannot have an empty prompt in the second pass alone', () => {
    const config = {
      ...hires,
      prompt: 'a',
      negative_prompt: 'b',
      hires_prompt: '',
      hires_negative_prompt: '',
    };
    expect(refused(config, { target: 'forge' })).toEqual([
      'empty_second_prompt 1-txt2img hires_prompt',
      'empty_second_prompt 1-txt2img hires_negative_prompt',
    ]);
  });
});

describe('txt2img of SD.Next', () => {
  test('has the checkpoint and the layer of CLIP as fields, and no scheduler', () => {
    const { body } = only({ ...base, clip_skip: 2, vae: 'x.safetensors' }, { target: 'sdnext' });
    expect(body).toMatchObject({
      sd_model_checkpoint: model,
      clip_skip: 2,
      schedulers_sigma: 'default',
      override_settings: { sd_vae: 'x.safetensors' },
    });
    expect(body).not.toHaveProperty('scheduler');
    expect(only({ txt2img_enabled: true }, { target: 'sdnext' }).body).toMatchObject({
      override_settings: {},
    });
  });

  test('states the resize mode of hires fix, and its diffusion behind an image upscaler', () => {
    expect(only(hires, { target: 'sdnext' }).body).toMatchObject({
      hr_resize_mode: 1,
      hr_scale: 2,
      hr_force: false,
      hr_denoising_strength: 0.3,
    });
    const exact = {
      ...hires,
      hires_upscaler_name: '4x-UltraSharp',
      hires_resize_to: { width: 768, height: 768 },
    };
    expect(only(exact, { target: 'sdnext' }).body).toMatchObject({
      hr_resize_x: 768,
      hr_force: true,
      hr_resize_mode: 2,
    });
    const wide = { ...hires, hires_resize_to: { width: 1024, height: 512 } };
    expect(refused(wide, { target: 'sdnext' })).toEqual(['other_shape 1-txt2img hires_resize_to']);
    const like = { ...hires, hires_resize_to: { width: 1024, height: 1024 } };
    expect(only(like, { target: 'sdnext' }).body).toMatchObject({ hr_resize_x: 1024, hr_resize_mode: 1 });
  });

  test.each([
    ['Latent', 'Latent Bilinear'],
    ['Latent (bicubic antialiased)', 'Latent Bicubic antialias'],
    ['Nearest', 'Resize Nearest'],
    ['R-ESRGAN General 4xV3', 'RealESRGAN 4x General V3'],
    ['4x-UltraSharp', '4x-UltraSharp'],
  ])('enlarges by the upscaler %s, which it calls %s', (hires_upscaler_name, name) => {
    const request = only({ ...hires, hires_upscaler_name }, { target: 'sdnext' });
    expect(request.body.hr_upscaler).toBe(name);
  });

  test.each(['Euler a', 'DDIM', 'DDPM', 'LCM'])(
    'has no schedule for %s, which would be passed over',
    (name) => {
      const stated = { ...base, sampler_name: name, scheduler: 'Karras' };
      expect(refused(stated, { target: 'sdnext' })).toEqual(['own_schedule 1-txt2img scheduler']);
      expect(refused({ ...stated, scheduler: 'Automatic' }, { target: 'sdnext' })).toEqual([]);
      expect(refused(stated, { target: 'forge' })).toEqual([]);
    },
  );

  test('refuses the refiner, and what differs in the second pass', () => {
    const config = {
      ...hires,
      ...refiner,
      hires_prompt: 'x',
      hires_negative_prompt: 'y',
      hires_cfg_scale: 4,
      hires_scheduler: 'Karras',
      hires_model_name: 'z',
    };
    expect([...refused(config, { target: 'sdnext' })].sort()).toEqual([
      'no_refiner 1-txt2img refiner_enabled',
      'same_in_both_passes 1-txt2img hires_cfg_scale',
      'same_in_both_passes 1-txt2img hires_model_name',
      'same_in_both_passes 1-txt2img hires_negative_prompt',
      'same_in_both_passes 1-txt2img hires_prompt',
      'same_in_both_passes 1-txt2img hires_scheduler',
    ]);
  });
});

describe('img2img', () => {
  test('states every field of a mask, and none without one', () => {
    const mask = { image: 'mask.png', fill: 'latent_noise', only_masked: true, invert: true } as const;
    const config = { ...redraw, ...size, img2img: { mask } };
    const expected = {
      mask: { $image: 'mask.png' },
      mask_blur: 4,
      inpainting_fill: 2,
      inpaint_full_res: true,
      inpaint_full_res_padding: 32,
      inpainting_mask_invert: 1,
    };
    expect(only(config, { target: 'a1111' }).body).toMatchObject({ ...expected, resize_mode: 0 });
    expect(only(config, { target: 'sdnext' }).body).toMatchObject({ ...expected, resize_mode: 1 });
    expect(only({ ...redraw, ...size, img2img: { mask: {} } }, { target: 'a1111' }).body).toMatchObject({
      mask: { $image: 'mask' },
      inpainting_mask_invert: 0,
    });
    expect(Object.keys(only({ ...redraw, ...size }, { target: 'a1111' }).body)).not.toContain(
      'inpainting_fill',
    );
  });
});

describe('upscale', () => {
  const config = { ...base, upscale_enabled: true };

  test('goes to the page of extras, by factor or by size', () => {
    expect(compiled({ ...config, upscale: { upscale_factor: 8 } }, { target: 'a1111' })[1]).toMatchObject({
      body: { resize_mode: 0, upscaling_resize: 8, upscaler_1: 'R-ESRGAN 4x+', codeformer_visibility: 0 },
      checks: [
        { code: 'images', count: 1 },
        { code: 'size', width: 4096, height: 4096 },
      ],
    });
    const exact = { ...config, upscale: { resize_to: { width: 1024, height: 768 } } };
    expect(compiled(exact, { target: 'sdnext' })[1]?.body).toEqual({
      resize_mode: 1,
      upscaling_resize_w: 1024,
      upscaling_resize_h: 768,
      upscaling_crop: true,
      upscaler_1: 'RealESRGAN 4x+',
    });
  });

  test('with a redraw is img2img behind it, at the size that the plan says', () => {
    for (const target of ['a1111', 'sdnext'] as const) {
      const requests = compiled({ ...config, upscale: { redraw: { steps: 12 } } }, { target });
      expect(requests.map(({ id }) => id)).toEqual(['1-txt2img', '2-upscale', '2-upscale-redraw']);
      expect(requests[2]?.body).toMatchObject({ width: 1024, height: 1024, steps: 12, seed: 7 });
    }
  });

  test('by a latent mode is one img2img, which restores no faces', () => {
    const latent = { upscaler: 'Latent', redraw: {} };
    const requests = compiled({ ...config, upscale: latent }, { target: 'a1111' });
    expect(requests[1]).toMatchObject({ id: '2-upscale-redraw', body: { resize_mode: 3, width: 1024 } });
    const faces = { gfpgan_visibility: 0.1, codeformer_visibility: 0.2 };
    expect(refused({ ...config, upscale: { ...latent, ...faces } }, { target: 'a1111' })).toEqual([
      'no_face_restoring 2-upscale gfpgan_visibility',
      'no_face_restoring 2-upscale codeformer_visibility',
    ]);
    const wide = { ...latent, resize_to: { width: 1024, height: 512 } };
    expect(refused({ ...config, upscale: wide }, { target: 'a1111' })).toEqual([
      'other_shape 2-upscale resize_to',
    ]);
    const like = { ...latent, resize_to: { width: 768, height: 768 } };
    expect(compiled({ ...config, upscale: like }, { target: 'a1111' })[1]?.body.width).toBe(768);
    const plan = structuredClone(buildStagePlan({ ...config, upscale: like }));
    Object.assign(plan.stages[1] ?? {}, { input_size: null });
    expect(() => toWebuiRequests(plan, { target: 'a1111' })).toThrow('State input_image_size');
    const bicubic = { ...latent, upscaler: 'Latent (bicubic)' };
    expect(refused({ ...config, upscale: bicubic }, { target: 'a1111' })).toEqual([
      'no_latent_mode 2-upscale upscaler',
    ]);
  });

  test('of SD.Next restores no faces and enlarges by no latent mode', () => {
    const upscale = {
      upscaler: 'Latent',
      redraw: {},
      gfpgan_visibility: 0.1,
      codeformer_visibility: 0.2,
    };
    expect(refused({ ...config, upscale }, { target: 'sdnext' })).toEqual([
      'no_face_restoring 2-upscale gfpgan_visibility',
      'no_face_restoring 2-upscale codeformer_visibility',
      'no_latent_mode 2-upscale upscaler',
    ]);
  });

  test('of an image of unknown size is possible, but not its redraw', () => {
    const later = { ...redraw, txt2img_enabled: false, upscale_enabled: true };
    const plan = structuredClone(buildStagePlan({ ...later, upscale: { redraw: {} } }));
    for (const stage of plan.stages) Object.assign(stage, { output_size: null });
    for (const target of ['a1111', 'sdnext'] as const)
      expect(() => toWebuiRequests(plan, { target })).toThrow('State input_image_size');
    const plain = structuredClone(buildStagePlan(later));
    for (const stage of plain.stages) Object.assign(stage, { output_size: null });
    expect(toWebuiRequests(plain, { target: 'a1111' })[1]?.checks).toEqual([{ code: 'images', count: 1 }]);
  });
});

describe('adetailer', () => {
  const config = { ...base, adetailer_enabled: true };

  test.each(others)(
    'is an img2img for %s that is skipped, and changes next to nothing if it is not',
    (target) => {
      const steps = {
        ...config,
        steps: 1,
        adetailer: [
          { steps: 20 },
          { mask_k: 2, steps: 9, inpaint_only_masked: false },
          { model: 'a' },
          { model: 'b' },
        ],
      };
      const [, request] = compiled(steps, { target });
      expect(request?.body).toMatchObject({
        denoising_strength: 0.01,
        steps: 2,
        width: 512,
        height: 512,
        alwayson_scripts: {
          ADetailer: {
            args: [
              true,
              true,
              {
                ad_model: 'face_yolov8n.pt',
                ad_use_inpaint_width_height: true,
                ad_inpaint_width: 512,
                ad_inpaint_height: 512,
                ad_use_steps: true,
                ad_steps: 20,
              },
              {
                ad_model: 'face_yolov8n.pt',
                ad_mask_k: 2,
                ad_inpaint_only_masked: false,
                ad_use_steps: true,
                ad_steps: 9,
              },
              expect.objectContaining({ ad_model: 'a', ad_use_steps: true, ad_steps: 1 }),
              expect.objectContaining({ ad_model: 'b' }),
            ],
          },
        },
      });
      expect(request?.checks).toEqual(
        expect.arrayContaining([
          { code: 'parameter', keys: ['ADetailer model'], value: 'face_yolov8n.pt' },
          { code: 'parameter', keys: ['ADetailer model 2nd'], value: 'face_yolov8n.pt' },
          { code: 'parameter', keys: ['ADetailer model 3rd'], value: 'a' },
          { code: 'parameter', keys: ['ADetailer model 4th'], value: 'b' },
        ]),
      );
    },
  );

  test('states a sampler of a detector with its schedule and its switch', () => {
    const tab = (adetailer: object) => {
      const [, request] = compiled({ ...config, scheduler: 'Karras', adetailer }, { target: 'a1111' });
      return JSON.stringify(request?.body.alwayson_scripts);
    };
    expect(tab({ scheduler: 'Beta' })).toContain(
      '"ad_use_sampler":true,"ad_sampler":"DPM++ 2M","ad_scheduler":"Beta"',
    );
    expect(tab({ sampler_name: 'Euler' })).toContain('"ad_sampler":"Euler","ad_scheduler":"Karras"');
    expect(tab({})).not.toContain('ad_sampler');
  });

  test('that repaints the whole picture needs one of whole blocks, which the server would shrink', () => {
    const photo = {
      adetailer_enabled: true,
      input_image: 'photo.png',
      seed: 7,
      adetailer: [{}, { inpaint_only_masked: false }],
    };
    const of = (width: number, height: number) => {
      const plan = buildStagePlan({ ...photo, input_image_size: { width, height } }, alone);
      return () => toWebuiRequests(plan, { target: 'a1111' });
    };
    expect(of(512, 304)).not.toThrow();
    for (const odd of [of(517, 304), of(512, 301)]) expect(odd).toThrow('Bring the picture to whole blocks');
  });

  test('needs the size of the picture', () => {
    const plan = structuredClone(buildStagePlan(config));
    Object.assign(plan.stages[1] ?? {}, { input_size: null });
    expect(() => toWebuiRequests(plan, { target: 'a1111' })).toThrow('State input_image_size');
  });

  test('of SD.Next is one request for each detector', () => {
    const adetailer = [{}, { prompt: 'a face', negative_prompt: 'blur', steps: 9, cfg_scale: 4 }];
    const requests = compiled({ ...config, prompt: 'a', adetailer }, { target: 'sdnext' });
    expect(requests.slice(1)).toMatchObject([
      {
        id: '2-adetailer-detector-1',
        path: '/sdapi/v1/detail',
        body: { detailer_models: ['face-yolo8n'], detailer_prompt: 'a', detailer_steps: 20, seed: 7 },
        image_from: { id: '1-txt2img' },
        image_result: 'image',
      },
      {
        id: '2-adetailer-detector-2',
        body: { detailer_prompt: 'a face', detailer_negative: 'blur', detailer_steps: 9 },
        image_from: { id: '2-adetailer-detector-1' },
      },
    ]);
  });

  test('of SD.Next has one prompt for all finds, with that of the run in its place', () => {
    const named = { ...config, prompt: 'a $& face', adetailer: { prompt: '[PROMPT], smiling' } };
    expect(compiled(named, { target: 'sdnext' })[1]?.body).toMatchObject({
      detailer_prompt: 'a $& face, smiling',
      detailer_max: 1000,
    });
    const each = { prompt: 'a [SEP] b', negative_prompt: '[SKIP]' };
    expect(refused({ ...config, adetailer: each }, { target: 'sdnext' })).toEqual([
      'one_prompt 2-adetailer detectors[0].prompt',
      'one_prompt 2-adetailer detectors[0].negative_prompt',
    ]);
    expect(refused({ ...config, adetailer: each }, { target: 'a1111' })).toEqual([]);
  });

  test('of SD.Next is refused for whatever its detailer has no field for', () => {
    const adetailer = {
      model: 'hand_yolov8n.pt',
      mask_k: 1,
      checkpoint: 'x',
      steps: 120,
      cfg_scale: 40,
      mask_blur: 200,
      inpaint_width: 64,
      sampler_name: 'Euler',
      scheduler: 'Karras',
    };
    expect(refused({ ...config, adetailer }, { target: 'sdnext' })).toEqual([
      'no_detector_setting 2-adetailer detectors[0].mask_k',
      'no_detector_setting 2-adetailer detectors[0].checkpoint',
      'out_of_range 2-adetailer detectors[0].mask_blur',
      'out_of_range 2-adetailer detectors[0].inpaint_width',
      'not_square 2-adetailer detectors[0].inpaint_height',
      'no_detector 2-adetailer detectors[0].model',
      'no_scheduler 2-adetailer detectors[0].scheduler',
      'out_of_range 2-adetailer detectors[0].steps',
      'out_of_range 2-adetailer detectors[0].cfg_scale',
    ]);
  });

  test('of SD.Next works with the model that is loaded, and no other', () => {
    const other = { ...config, img2img_enabled: true, img2img: { model: 'anime' } };
    expect(refused(other, { target: 'sdnext' })).toEqual(['other_model 3-adetailer model']);
    expect(refused({ ...config, model: null }, { target: 'sdnext' })).toEqual([]);
  });
});

describe('backend options', () => {
  test('are added where the server has such a field, and nowhere else', () => {
    const webui = {
      styles: ['film'],
      override_settings: { eta_noise_seed_delta: 31337 },
      alwayson_scripts: { ControlNet: { args: [{ image: { $image: 'pose' } }] } },
    };
    const { body } = only({ ...base, backend_options: { webui } }, { target: 'a1111' });
    expect(body).toMatchObject({
      styles: ['film'],
      override_settings: { eta_noise_seed_delta: 31337, sd_model_checkpoint: model },
      alwayson_scripts: webui.alwayson_scripts,
    });
    const detailed = { ...base, adetailer_enabled: true, adetailer_backend_options: { webui } };
    expect(compiled(detailed, { target: 'a1111' })[1]?.body.alwayson_scripts).toMatchObject({
      ADetailer: { args: [true, true, {}] },
      ControlNet: {},
    });
  });

  test('that are no field, a planned one, or of another type are refused by their names', () => {
    const webui = {
      clip_skip: 2,
      steps: 9,
      tiling: 'yes',
      override_settings: { sd_vae: 'x', forge_only: 1, ESRGAN_tile: 1.5 },
      alwayson_scripts: { adetailer: { args: [] } },
    };
    expect(refused({ ...base, backend_options: { webui } }, { target: 'a1111' })).toEqual([
      'unknown_option 1-txt2img backend_options.webui.clip_skip',
      'planned_option 1-txt2img backend_options.webui.steps',
      'wrong_option 1-txt2img backend_options.webui.tiling',
      'planned_option 1-txt2img backend_options.webui.override_settings.sd_vae',
      'unknown_option 1-txt2img backend_options.webui.override_settings.forge_only',
      'wrong_option 1-txt2img backend_options.webui.override_settings.ESRGAN_tile',
      'planned_option 1-txt2img backend_options.webui.alwayson_scripts.adetailer',
    ]);
    const wrong = { override_settings: 1, toString: 1 };
    expect(refused({ ...base, backend_options: { webui: wrong } }, { target: 'a1111' })).toEqual([
      'unknown_option 1-txt2img backend_options.webui.toString',
      'wrong_option 1-txt2img backend_options.webui.override_settings',
    ]);
  });

  test('of an upscale belong to its last request, and extras have no options', () => {
    const config = { ...base, upscale_enabled: true };
    const styled = { redraw: {}, backend_options: { webui: { styles: ['film'] } } };
    const [, extras, last] = compiled({ ...config, upscale: styled }, { target: 'a1111' });
    expect([extras?.body.styles, last?.body.styles]).toEqual([undefined, ['film']]);
    const bare = { backend_options: { webui: { override_settings: {}, upscaler_2: 'Lanczos' } } };
    expect(refused({ ...config, upscale: bare }, { target: 'a1111' })).toEqual([
      'unknown_option 2-upscale backend_options.webui.override_settings',
    ]);
  });

  test('that vary a batch are refused, since the server gives all of it one seed', () => {
    const varied = { ...base, backend_options: { webui: { subseed: 3, subseed_strength: 0.2 } } };
    expect(only(varied, { target: 'a1111' }).body).toMatchObject({ seed: 7, subseed_strength: 0.2 });
    for (const batch of [{ batch_size: 2 }, { n_iter: 2 }])
      for (const target of ['forge', 'sdnext'] as const)
        expect(refused({ ...varied, ...batch }, { target })).toEqual([
          'varied_batch 1-txt2img backend_options.webui.subseed_strength',
        ]);
  });

  test('of a detailer of SD.Next belong to every detector', () => {
    const config = {
      ...base,
      adetailer_enabled: true,
      adetailer: [{}, {}],
      adetailer_backend_options: { webui: { detailer_iou: 0.4 } },
    };
    expect(compiled(config, { target: 'sdnext' }).map(({ body }) => body.detailer_iou)).toEqual([
      undefined,
      0.4,
      0.4,
    ]);
    const fewer = { ...config, adetailer_backend_options: { webui: { detailer_max: 2 } } };
    expect(refused(fewer, { target: 'sdnext' })[0]).toBe(
      'planned_option 2-adetailer backend_options.webui.detailer_max',
    );
  });
});

test('hires fix inside img2img is for SD.Next alone', () => {
  const plan = structuredClone(buildStagePlan({ ...redraw, ...size }));
  const hiresConfig = buildStagePlan(hires).stages[0]?.stage_config ?? {};
  const fields = Object.entries(hiresConfig).filter(([key]) => key.startsWith('hires_'));
  Object.assign(plan.stages[0]?.stage_config ?? {}, Object.fromEntries(fields));
  expect(() => toWebuiRequests(plan, { target: 'forge' })).toThrow('Enlarge in an upscale with a redraw');
  expect(toWebuiRequests(plan, { target: 'sdnext' })[0]?.body).toMatchObject({ enable_hr: true });
});

test('every refusal of a plan is told at once, in words that say what to do', () => {
  const config = {
    ...hires,
    ...refiner,
    sampler_name: 'Restart',
    hires_cfg_scale: 3,
    adetailer_enabled: true,
  };
  const refusals = refusalsOf(config, { target: 'sdnext' });
  expect(refusals.length).toBeGreaterThan(4);
  const error = new UncompilablePlanError('sdnext', refusals);
  for (const refusal of refusals) expect(error.message).toContain(sayRefusal(refusal, 'sdnext'));
  expect(error).toMatchObject({ name: 'UncompilablePlanError', target: 'sdnext' });
});
