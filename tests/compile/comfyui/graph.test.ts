import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../../examples/own-stage.ts';
import {
  type ComfyHandler,
  sayComfyWarning,
  toComfyPrompt,
  validateComfyPrompt,
} from '../../../src/compile/comfyui/index.ts';
import { buildStagePlan, definePlanner, defineStage } from '../../../src/index.ts';
import { base, compiled, inputs, inputsOf, photo, refiner, refusals, refused } from './comfy-fixtures.ts';
import { objectInfo } from './object-info.ts';

const size = { input_image_size: { width: 768, height: 512 } };
const hires = { ...base, hires_enabled: true };
const enlarge = { ...base, upscale_enabled: true };

describe('txt2img', () => {
  test('is a checkpoint, two prompts, an empty latent, a sampler, and what keeps its picture', () => {
    const { prompt, warnings } = compiled({ ...base, negative_prompt: 'people' });
    expect(prompt).toEqual({
      'checkpoint-1': {
        class_type: 'CheckpointLoaderSimple',
        inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' },
        _meta: { title: 'sd_xl_base_1.0.safetensors' },
      },
      '1-txt2img-positive': {
        class_type: 'CLIPTextEncode',
        inputs: { text: 'a lighthouse', clip: ['checkpoint-1', 1] },
        _meta: { title: '1-txt2img: positive prompt' },
      },
      '1-txt2img-negative': {
        class_type: 'CLIPTextEncode',
        inputs: { text: 'people', clip: ['checkpoint-1', 1] },
        _meta: { title: '1-txt2img: negative prompt' },
      },
      '1-txt2img-latent': {
        class_type: 'EmptyLatentImage',
        inputs: { width: 512, height: 512, batch_size: 1 },
        _meta: { title: '1-txt2img: empty latent' },
      },
      '1-txt2img-sample': {
        class_type: 'KSampler',
        inputs: {
          model: ['checkpoint-1', 0],
          seed: 7,
          steps: 20,
          cfg: 7,
          sampler_name: 'dpmpp_2m',
          scheduler: 'karras',
          positive: ['1-txt2img-positive', 0],
          negative: ['1-txt2img-negative', 0],
          latent_image: ['1-txt2img-latent', 0],
          denoise: 1,
        },
        _meta: { title: '1-txt2img: sample' },
      },
      '1-txt2img-decode': {
        class_type: 'VAEDecode',
        inputs: { samples: ['1-txt2img-sample', 0], vae: ['checkpoint-1', 2] },
        _meta: { title: '1-txt2img: decode' },
      },
      '1-txt2img-save': {
        class_type: 'SaveImage',
        inputs: { images: ['1-txt2img-decode', 0], filename_prefix: 'stageplan/1-txt2img' },
        _meta: { title: '1-txt2img: keep' },
      },
    });
    expect(warnings).toEqual([]);
  });

  test('has a VAE of its own and stops CLIP where that is said', () => {
    const graph = inputsOf({ ...base, vae: 'sdxl_vae.safetensors', clip_skip: 2 });
    expect(graph).toMatchObject({
      'vae-1': { vae_name: 'sdxl_vae.safetensors' },
      'clip-skip-1': { clip: ['checkpoint-1', 1], stop_at_clip_layer: -2 },
      '1-txt2img-positive': { clip: ['clip-skip-1', 0] },
      '1-txt2img-decode': { vae: ['vae-1', 0] },
    });
  });

  test("makes LoRA tags a chain of loaders, and embeddings ComfyUI's own", () => {
    const prompt = 'ink <lora:ink:0.8> <lora:folder/paint.pt:1:0.5>, <embedding:bad> <embedding:deep:0.7>';
    const models = { loras: { ink: 'ink-v2.safetensors' } };
    const config = { ...base, prompt, negative_prompt: 'ugly <lora:ink:1>' };
    const { prompt: graph, warnings } = compiled(config, { models });
    expect(inputs(graph)).toMatchObject({
      'lora-1': {
        model: ['checkpoint-1', 0],
        clip: ['checkpoint-1', 1],
        lora_name: 'ink-v2.safetensors',
        strength_model: 0.8,
        strength_clip: 0.8,
      },
      'lora-2': {
        model: ['lora-1', 0],
        clip: ['lora-1', 1],
        lora_name: 'folder/paint.pt',
        strength_model: 0.5,
        strength_clip: 1,
      },
      '1-txt2img-positive': { text: 'ink, embedding:bad (embedding:deep:0.7)', clip: ['lora-2', 1] },
      '1-txt2img-negative': { text: 'ugly' },
      '1-txt2img-sample': { model: ['lora-2', 0] },
    });
    expect(warnings).toEqual([
      { code: 'negative_lora', stage_id: '1-txt2img', field: 'negative_prompt', value: 'ink' },
    ]);
    expect(inputsOf({ ...base, prompt: '<lora:ink>' })).toMatchObject({
      'lora-1': { lora_name: 'ink.safetensors', strength_model: 1 },
    });
    expect(inputsOf({ ...base, prompt: '<lora:ink:te=0.5:unet=0.9>' })).toMatchObject({
      'lora-1': { strength_model: 0.9, strength_clip: 0.5 },
    });
    expect(refused({ ...base, prompt: '<lora:ink:101>' })).toEqual(['out_of_range 1-txt2img prompt']);
  });

  test.each(['Automatic', 'None'])('has the VAE of its checkpoint for "%s"', (vae) => {
    const graph = inputsOf({ ...base, vae });
    expect(graph).not.toHaveProperty('vae-1');
    expect(graph['1-txt2img-decode']).toMatchObject({ vae: ['checkpoint-1', 2] });
  });

  test.each(['<hypernet:ink:1>', '<LORA:ink:1>', '<random:red|blue>', '<embedding:a:b:c>'])(
    'refuses %s, which would be sent as words',
    (tag) => {
      const tagged = { ...base, ...refiner, negative_prompt: `ugly ${tag}, dull` };
      expect(refused(tagged)).toEqual(['unread_tag 1-txt2img negative_prompt']);
    },
  );

  test.each([
    ['[blurry], (sharp:1.2)', ['[blurry]']],
    ['[cat:dog:0.5] BREAK a hill AND a sea # later\n, red', ['[cat:dog:0.5]', 'BREAK', 'AND', '# later']],
    ['an ANDROID with \\[brackets\\], a < b > c', []],
  ])('warns of what means something to WebUIs alone: %s', (prompt, words) => {
    const warnings = words.length === 0 ? [] : [{ code: 'webui_syntax', field: 'prompt', value: words }];
    expect(compiled({ ...base, prompt }).warnings).toMatchObject(warnings);
  });

  test('shares what is loaded by the same name', () => {
    const graph = compiled({ ...base, img2img_enabled: true, prompt: 'a <lora:ink>', clip_skip: 2 }).prompt;
    const loaders = Object.keys(graph).filter((id) => !/^\d-/.test(id));
    expect(loaders).toEqual(['checkpoint-1', 'lora-1', 'clip-skip-1']);
  });

  test('warns of wildcards that nobody has expanded', () => {
    const { warnings } = compiled({ ...base, prompt: 'a __colour__ fox', scheduler: 'Beta' });
    expect(warnings.map(({ code }) => code)).toEqual(['open_prompt', 'near_scheduler']);
    const refined = compiled({ ...base, ...refiner, prompt: 'a __colour__ fox' });
    expect(refined.warnings.map(({ code }) => code)).toEqual(['open_prompt']);
  });

  test("takes the sampler that is ComfyUI's own, and refuses what has no equal", () => {
    const named = (sampler_name: string, scheduler: string) => {
      const config = { ...base, sampler_name, scheduler };
      return refused(config)[0] ?? inputsOf(config)['1-txt2img-sample'];
    };
    expect(named('er_sde', 'Automatic')).toMatchObject({ sampler_name: 'er_sde', scheduler: 'normal' });
    expect(named('DPM++ 3M SDE', 'Automatic')).toMatchObject({ scheduler: 'exponential' });
    expect(named('DDIM', 'Automatic')).toMatchObject({ scheduler: 'ddim_uniform' });
    expect(named('Euler a', 'Polyexponential')).toMatchObject({
      sampler_name: 'euler_ancestral',
      scheduler: 'exponential',
    });
    for (const sampler of ['Restart', 'PLMS', 'DDIM CFG++', 'anything'])
      expect(named(sampler, 'Automatic')).toBe('no_sampler 1-txt2img sampler_name');
    expect(named('Euler', 'Align Your Steps')).toBe('no_scheduler 1-txt2img scheduler');
  });

  test('has a model by name, one batch of at most 4096, and a seed that is known', () => {
    expect(refused({ txt2img_enabled: true, seed: -1, n_iter: 2, batch_size: 5000 })).toEqual([
      'several_batches 1-txt2img n_iter',
      'out_of_range 1-txt2img batch_size',
      'no_model 1-txt2img model',
      'random_seed 1-txt2img seed',
    ]);
    expect(inputsOf({ ...base, batch_size: 4 })['1-txt2img-latent']).toMatchObject({ batch_size: 4 });
  });

  test('of a plan made by hand refuses a sampler whose name says another schedule', () => {
    const plan = structuredClone(buildStagePlan({ ...base, scheduler: 'Exponential' }));
    Object.assign(plan.stages[0]?.stage_config ?? {}, { sampler_name: 'DPM++ 2M Karras' });
    expect(refusals(() => toComfyPrompt(plan))).toEqual(['joined_sampler 1-txt2img sampler_name']);
  });
});

describe('the refiner', () => {
  test('takes over the noise that is left, with prompts of its own', () => {
    expect(inputsOf({ ...base, ...refiner, prompt: 'a <lora:ink>', steps: 25 })).toMatchObject({
      '1-txt2img-sample': {
        add_noise: 'enable',
        noise_seed: 7,
        steps: 25,
        start_at_step: 0,
        end_at_step: 20,
        return_with_leftover_noise: 'enable',
        model: ['lora-1', 0],
      },
      '1-txt2img-refine': {
        add_noise: 'disable',
        noise_seed: 7,
        steps: 25,
        start_at_step: 20,
        end_at_step: 10_000,
        return_with_leftover_noise: 'disable',
        model: ['checkpoint-2', 0],
        positive: ['1-txt2img-refiner-positive', 0],
        latent_image: ['1-txt2img-sample', 0],
      },
      '1-txt2img-refiner-positive': { text: 'a', clip: ['checkpoint-2', 1] },
    });
  });

  test('needs a step of its own, and leaves one', () => {
    const at = (steps: number, refiner_switch_at: number) =>
      refused({ ...base, ...refiner, steps, refiner_switch_at });
    expect([at(20, 0.96), at(1, 0.5), at(20, 0.001)]).toEqual([
      ['refiner_step 1-txt2img refiner_switch_at'],
      ['refiner_step 1-txt2img refiner_switch_at'],
      [],
    ]);
    expect(inputsOf({ ...base, ...refiner, steps: 10, refiner_switch_at: 0.7 })).toMatchObject({
      '1-txt2img-sample': { end_at_step: 7 },
    });
  });

  test('works in the pass that the plan says', () => {
    const config = { ...hires, ...refiner, hires_steps: 12, hires_denoise: 0.4 };
    const first = inputsOf({ ...config, refiner_pass: 'first' });
    expect([first['1-txt2img-refine'], first['1-txt2img-hires-refine']]).toEqual([
      expect.anything(),
      undefined,
    ]);
    const second = inputsOf({ ...config, refiner_pass: 'second' });
    expect(second['1-txt2img-refine']).toBeUndefined();
    expect(second).toMatchObject({
      '1-txt2img-hires-sample': { steps: 30, start_at_step: 18, end_at_step: 28 },
      '1-txt2img-hires-refine': { steps: 30, start_at_step: 28, end_at_step: 10_000 },
    });
    const both = Object.keys(inputsOf({ ...config, refiner_pass: 'both' }));
    expect(both).toEqual(expect.arrayContaining(['1-txt2img-refine', '1-txt2img-hires-refine']));
  });
});

describe('hires fix', () => {
  test('by a latent mode enlarges to the planned size, not by a factor', () => {
    expect(inputsOf({ ...hires, width: 584, hires_upscale_factor: 1.35 })).toMatchObject({
      '1-txt2img-hires-enlarge': {
        samples: ['1-txt2img-sample', 0],
        upscale_method: 'bilinear',
        width: 784,
        height: 688,
        crop: 'disabled',
      },
      '1-txt2img-hires-sample': { steps: 20, denoise: 0.3, latent_image: ['1-txt2img-hires-enlarge', 0] },
      '1-txt2img-hires-decode': { samples: ['1-txt2img-hires-sample', 0] },
    });
    const exact = { ...hires, hires_resize_to: { width: 768, height: 1024 } };
    expect(inputsOf(exact)['1-txt2img-hires-enlarge']).toMatchObject({ crop: 'center' });
    expect(refused({ ...hires, hires_upscaler_name: 'Latent (antialiased)' })).toEqual([
      'no_latent_mode 1-txt2img hires_upscaler_name',
    ]);
  });

  test('by a model decodes, enlarges, and encodes for the checkpoint of the second pass', () => {
    const config = {
      ...hires,
      hires_upscaler_name: 'R-ESRGAN 4x+',
      hires_model_name: 'other.safetensors',
      hires_prompt: 'detail',
      hires_sampler_name: 'Euler',
      hires_cfg_scale: 4,
    };
    expect(inputsOf(config)).toMatchObject({
      '1-txt2img-decode': { samples: ['1-txt2img-sample', 0], vae: ['checkpoint-1', 2] },
      'upscaler-1': { model_name: 'RealESRGAN_x4plus.pth' },
      '1-txt2img-hires-enlarge-1': { upscale_model: ['upscaler-1', 0], image: ['1-txt2img-decode', 0] },
      '1-txt2img-hires-size': { upscale_method: 'lanczos', width: 1024, height: 1024 },
      '1-txt2img-hires-encode': { pixels: ['1-txt2img-hires-size', 0], vae: ['checkpoint-2', 2] },
      '1-txt2img-hires-positive': { text: 'detail', clip: ['checkpoint-2', 1] },
      '1-txt2img-hires-sample': { model: ['checkpoint-2', 0], sampler_name: 'euler', cfg: 4 },
    });
  });

  test('has no more steps than a schedule can have', () => {
    const tiny = { ...hires, hires_denoise: 0.001 };
    expect(refused(tiny)).toEqual(['out_of_range 1-txt2img hires_denoise']);
    expect(refused({ ...tiny, ...refiner, refiner_pass: 'both' })).toEqual([
      'out_of_range 1-txt2img hires_denoise',
    ]);
  });

  test('of a plan made by hand uses the checkpoint of the first pass where it names none', () => {
    const plan = structuredClone(buildStagePlan(hires));
    Object.assign(plan.stages[0]?.stage_config ?? {}, { hires_model_name: null });
    expect(inputs(toComfyPrompt(plan).prompt)).toMatchObject({
      '1-txt2img-hires-sample': { model: ['checkpoint-1', 0] },
    });
  });
});

describe('img2img', () => {
  test.each([
    [20, 0.25, 14],
    [30, 0.3, 20],
    [20, 0.75, 4],
    [20, 1, 0],
    [20, 0, 19],
    [100, 0.29, 71],
  ])('of %i steps at %d starts at step %i, as WebUIs do', (steps, denoising_strength, start) => {
    const config = { ...photo, ...size, steps, img2img: { denoising_strength } };
    expect(inputsOf(config)['1-img2img-sample']).toMatchObject({
      add_noise: 'enable',
      steps,
      start_at_step: start,
      end_at_step: 10_000,
      return_with_leftover_noise: 'disable',
    });
  });

  test('scales what is not at the size that is worked at, since an encoder crops', () => {
    const graph = inputsOf({ ...photo, ...size });
    expect(graph).toMatchObject({
      '1-img2img-image': { image: 'photo.png' },
      '1-img2img-encode': { pixels: ['1-img2img-image', 0] },
    });
    expect(inputsOf({ ...photo, input_image_size: { width: 517, height: 301 } })).toMatchObject({
      '1-img2img-size': { width: 512, height: 296, crop: 'disabled', upscale_method: 'lanczos' },
      '1-img2img-encode': { pixels: ['1-img2img-size', 0] },
    });
    expect(inputsOf({ ...photo, input_image_size: { width: 512, height: 301 } })).toHaveProperty(
      '1-img2img-size',
    );
    expect(inputsOf(photo)).toHaveProperty('1-img2img-size');
    expect(refused({ ...photo, input_image_size: { width: 20_001, height: 512 } })).toEqual([
      'out_of_range 1-img2img width',
    ]);
  });

  test('after hires fix works at the size that comes in', () => {
    const config = { ...hires, width: 832, height: 1216, hires_upscale_factor: 1.5, img2img_enabled: true };
    const graph = inputsOf(config);
    expect(graph).not.toHaveProperty('2-img2img-size');
    expect(graph).toMatchObject({ '2-img2img-encode': { pixels: ['1-txt2img-hires-decode', 0] } });
  });

  test('of an existing image makes a batch by copies', () => {
    expect(inputsOf({ ...photo, ...size, batch_size: 3 })).toMatchObject({
      '1-img2img-batch': { amount: 3, samples: ['1-img2img-encode', 0] },
      '1-img2img-sample': { latent_image: ['1-img2img-batch', 0] },
    });
    expect(refused({ ...photo, ...size, batch_size: 65, n_iter: 2 })).toEqual([
      'several_batches 1-img2img n_iter',
      'out_of_range 1-img2img batch_size',
    ]);
  });

  const mask = { image: 'mask.png' };

  test('under a mask draws anew what is white, and leaves the rest as it came', () => {
    const { prompt, warnings } = compiled({ ...photo, ...size, img2img: { mask } });
    expect(inputs(prompt)).toMatchObject({
      '1-img2img-mask-image': { image: 'mask.png' },
      '1-img2img-mask-blur': { image: ['1-img2img-mask-image', 0], blur_radius: 10, sigma: 0.4 },
      '1-img2img-mask': { image: ['1-img2img-mask-blur', 0], channel: 'red' },
      '1-img2img-masked': { samples: ['1-img2img-encode', 0], mask: ['1-img2img-mask', 0] },
      '1-img2img-sample': { latent_image: ['1-img2img-masked', 0] },
      '1-img2img-composite': {
        destination: ['1-img2img-image', 0],
        source: ['1-img2img-decode', 0],
        mask: ['1-img2img-mask', 0],
      },
      '1-img2img-save': { images: ['1-img2img-composite', 0] },
    });
    expect(prompt).not.toHaveProperty('1-img2img-mask-invert');
    expect(warnings.map(({ code }) => code)).toEqual(['near_mask']);
    expect(validateComfyPrompt(prompt, objectInfo)).toEqual([]);
  });

  test('under a mask that is inverted and sharp makes a batch', () => {
    const inverted = { ...photo, batch_size: 2, img2img: { mask: { ...mask, invert: true, blur: 0 } } };
    const { prompt } = compiled(inverted);
    expect(inputs(prompt)).toMatchObject({
      '1-img2img-mask': { image: ['1-img2img-mask-image', 0] },
      '1-img2img-mask-invert': { mask: ['1-img2img-mask', 0] },
      '1-img2img-masked': { mask: ['1-img2img-mask-invert', 0] },
      '1-img2img-batch': { samples: ['1-img2img-masked', 0] },
      '1-img2img-beneath': { image: ['1-img2img-size', 0], amount: 2 },
      '1-img2img-composite': { destination: ['1-img2img-beneath', 0] },
    });
    expect(validateComfyPrompt(prompt, objectInfo)).toEqual([]);
  });

  test.each([1, 2, 4, 12])('softens a mask by %i pixels as WebUIs do, within what a node takes', (blur) => {
    const { '1-img2img-mask-blur': inputs } = inputsOf({ ...photo, img2img: { mask: { ...mask, blur } } });
    const { blur_radius, sigma } = inputs as { blur_radius: number; sigma: number };
    expect(sigma * blur_radius).toBeCloseTo(blur);
    expect(blur_radius).toBe(Math.trunc(2.5 * blur + 0.5));
  });

  test('refuses a mask that no nodes equal, and images without a name', () => {
    const other = { ...mask, blur: 13, fill: 'fill', only_masked: true } as const;
    expect(refused({ ...photo, img2img: { mask: other } })).toEqual([
      'no_mask_setting 1-img2img mask.fill',
      'no_mask_setting 1-img2img mask.only_masked',
      'out_of_range 1-img2img mask.blur',
    ]);
    expect(refused({ ...photo, input_image: null, img2img: { mask: {} } })).toEqual([
      'unnamed_image 1-img2img input.image',
      'unnamed_image 1-img2img mask.image',
    ]);
  });

  test('of a plan made by hand needs its size and its image', () => {
    const plan = structuredClone(buildStagePlan({ ...photo, ...size }));
    Object.assign(plan.stages[0]?.stage_config ?? {}, { width: null });
    Object.assign(plan.stages[0] ?? {}, { input: { source: 'none' } });
    expect(refusals(() => toComfyPrompt(plan))).toEqual([
      'unknown_size 1-img2img width',
      'unnamed_image 1-img2img input',
    ]);
  });

  test('may have hires fix inside it', () => {
    const plan = structuredClone(buildStagePlan({ ...photo, ...size }));
    const config = buildStagePlan(hires).stages[0]?.stage_config ?? {};
    const fields = Object.entries(config).filter(([key]) => key.startsWith('hires_'));
    Object.assign(plan.stages[0]?.stage_config ?? {}, Object.fromEntries(fields));
    expect(inputs(toComfyPrompt(plan).prompt)).toMatchObject({
      '1-img2img-hires-enlarge': { samples: ['1-img2img-sample', 0] },
    });
    const { stages } = buildStagePlan({ ...photo, ...size, img2img: { mask } });
    Object.assign(plan.stages[0]?.stage_config ?? {}, { mask: stages[0]?.stage_config['mask' as never] });
    expect(refusals(() => toComfyPrompt(plan))).toEqual(['no_mask_setting 1-img2img hires_enabled']);
  });
});

describe('upscale', () => {
  const passes = (upscale_factor: number, file: string, scale: number) => {
    const models = { upscalers: { mine: { file, scale } } };
    const graph = inputsOf({ ...enlarge, upscale: { upscaler: 'mine', upscale_factor } }, { models });
    return Object.keys(graph).filter((id) => id.startsWith('2-upscale-enlarge-')).length;
  };

  test('runs its model as often as the factor needs, at least once and at most three times', () => {
    expect([1, 2, 4, 4.5, 8].map((factor) => passes(factor, '4x.pth', 4))).toEqual([1, 1, 1, 2, 2]);
    expect(passes(8, '2x.pth', 2)).toBe(3);
    expect(passes(8, '1x.pth', 1)).toBe(1);
    expect(passes(8, '1.5x.pth', 1.5)).toBe(3);
  });

  test('gives the exact size', () => {
    const config = { ...photo, upscale_enabled: true, input_image_size: { width: 517, height: 301 } };
    const graph = inputsOf({ ...config, upscale: { upscale_factor: 1.5 } });
    expect(graph['2-upscale-size']).toMatchObject({ width: 768, height: 440, crop: 'disabled' });
    const exact = { ...enlarge, upscale: { resize_to: { width: 1024, height: 768 }, upscaler: 'Lanczos' } };
    expect(inputsOf(exact)['2-upscale-size']).toMatchObject({
      image: ['1-txt2img-decode', 0],
      width: 1024,
      height: 768,
      crop: 'center',
      upscale_method: 'lanczos',
    });
    expect(inputsOf(exact)).not.toHaveProperty('upscaler-1');
  });

  test('is redrawn by the share of its steps that img2img runs', () => {
    const redraw = { denoising_strength: 0.2, steps: 10, model: 'other.safetensors' };
    expect(inputsOf({ ...enlarge, upscale: { redraw } })).toMatchObject({
      '2-upscale-encode': { pixels: ['2-upscale-size', 0], vae: ['checkpoint-2', 2] },
      '2-upscale-sample': { steps: 10, start_at_step: 7, end_at_step: 10_000, noise_seed: 7 },
      '2-upscale-save': { images: ['2-upscale-decode', 0] },
    });
    const none = { ...redraw, denoising_strength: 0 };
    expect(inputsOf({ ...enlarge, upscale: { redraw: none } })['2-upscale-sample']).toMatchObject({
      start_at_step: 9,
    });
    expect(inputsOf({ ...enlarge, upscale: { upscaler: 'Latent (nearest)', redraw } })).toMatchObject({
      '2-upscale-encode': { pixels: ['1-txt2img-decode', 0] },
      '2-upscale-enlarge': { samples: ['2-upscale-encode', 0], upscale_method: 'nearest-exact' },
      '2-upscale-sample': { latent_image: ['2-upscale-enlarge', 0] },
    });
  });

  test('is redrawn by all of its steps where hires fix made it', () => {
    const config = { ...photo, ...size, hires_enabled: true, hires_upscaler_name: 'R-ESRGAN 4x+' };
    const graph = inputsOf({ ...config, hires_steps: 10, hires_denoise: 0.2 });
    expect(graph['2-upscale-sample']).toMatchObject({ steps: 10, denoise: 0.2, seed: 7 });
  });

  test('by a latent mode takes whole blocks of pixels, since an encoder crops', () => {
    const latent = { upscaler: 'Latent', redraw: {} };
    const of = (width: number, height: number) => {
      const odd = { upscale_enabled: true, input_image: 'photo.png', model: 'a', seed: 7, upscale: latent };
      const plan = buildStagePlan(
        { ...odd, input_image_size: { width, height } },
        { standaloneUpscale: true },
      );
      return inputs(toComfyPrompt(plan).prompt);
    };
    expect(of(517, 304)).toMatchObject({
      '1-upscale-blocks': { image: ['1-upscale-image', 0], width: 512, height: 304, crop: 'disabled' },
      '1-upscale-encode': { pixels: ['1-upscale-blocks', 0] },
    });
    expect(of(512, 301)).toHaveProperty('1-upscale-blocks');
    expect(of(512, 304)).not.toHaveProperty('1-upscale-blocks');
  });

  test('restores no faces, and knows models by their files', () => {
    const faces = { upscaler: '4x-UltraSharp', gfpgan_visibility: 0.1, codeformer_visibility: 0.2 };
    expect(refused({ ...enlarge, upscale: faces })).toEqual([
      'no_face_restoring 2-upscale gfpgan_visibility',
      'no_face_restoring 2-upscale codeformer_visibility',
      'no_upscaler 2-upscale upscaler',
    ]);
  });

  test('has no side over 16384', () => {
    const config = { ...enlarge, width: 4096, upscale: { upscale_factor: 8 } };
    expect(refused(config)).toEqual(['out_of_range 2-upscale output_size']);
  });

  test('of a plan made by hand needs sizes, and a redraw behind a latent mode', () => {
    const plan = (changes: object, config: object) => {
      const copy = structuredClone(buildStagePlan(enlarge));
      Object.assign(copy.stages[1] ?? {}, changes);
      Object.assign(copy.stages[1]?.stage_config ?? {}, config);
      return refusals(() => toComfyPrompt(copy));
    };
    expect(plan({ output_size: null }, {})).toEqual(['unknown_size 2-upscale output_size']);
    expect(plan({ input_size: null }, {})).toEqual(['unknown_size 2-upscale input_size']);
    expect(plan({}, { upscaler: 'Latent' })).toEqual(['no_latent_mode 2-upscale upscaler']);
    const redraw = { ...base, ...buildStagePlan(base).stages[0]?.stage_config, denoising_strength: 0.3 };
    expect(plan({ input_size: null }, { upscaler: 'Latent', redraw })).toEqual([
      'unknown_size 2-upscale input_size',
    ]);
  });

  test('alone needs no seed', () => {
    const plan = buildStagePlan(
      { upscale_enabled: true, input_image: 'photo.png', ...size },
      { standaloneUpscale: true },
    );
    expect(Object.keys(toComfyPrompt(plan).prompt)).toEqual([
      '1-upscale-image',
      'upscaler-1',
      '1-upscale-enlarge-1',
      '1-upscale-size',
      '1-upscale-save',
    ]);
  });
});

describe('adetailer', () => {
  const config = { ...base, adetailer_enabled: true };

  test('is a FaceDetailer for each detector, on the picture of the one before it', () => {
    const adetailer = [
      {},
      {
        model: 'person_yolov8n-seg.pt',
        prompt: 'a person',
        negative_prompt: 'blur',
        checkpoint: 'other.safetensors',
        vae: 'sdxl_vae.safetensors',
        clip_skip: 2,
        steps: 9,
        cfg_scale: 4,
        sampler_name: 'Euler',
        scheduler: 'Karras',
        inpaint_width: 512,
        inpaint_height: 768,
      },
    ];
    const { prompt, warnings } = compiled({ ...config, adetailer });
    expect(inputs(prompt)).toMatchObject({
      'detector-1': { model_name: 'bbox/face_yolov8n.pt' },
      '2-adetailer-detector-1': {
        image: ['1-txt2img-decode', 0],
        bbox_detector: ['detector-1', 0],
        guide_size: 512,
        max_size: 512,
        seed: 7,
        denoise: 0.4,
        bbox_threshold: 0.3,
        bbox_dilation: 4,
        feather: 4,
        sampler_name: 'dpmpp_2m',
      },
      '2-adetailer-detector-1-positive': { text: 'a lighthouse' },
      '2-adetailer-detector-2': {
        image: ['2-adetailer-detector-1', 0],
        bbox_detector: ['detector-2', 0],
        segm_detector_opt: ['detector-2', 1],
        model: ['checkpoint-2', 0],
        vae: ['vae-1', 0],
        max_size: 768,
        steps: 9,
        cfg: 4,
        sampler_name: 'euler',
        scheduler: 'karras',
      },
      '2-adetailer-detector-2-positive': { text: 'a person', clip: ['clip-skip-1', 0] },
      '2-adetailer-detector-2-negative': { text: 'blur' },
    });
    expect(prompt['2-adetailer-detector-1']?.inputs).not.toHaveProperty('segm_detector_opt');
    expect(warnings.map(({ code }) => code)).toEqual([
      'near_detailer',
      'other_steps',
      'near_detailer',
      'other_steps',
    ]);
  });

  test('refuses what FaceDetailer has no equal of', () => {
    const adetailer = {
      model: 'mediapipe_face_full',
      mask_k: 1,
      classes: 'cat',
      restore_face: true,
      mask_blur: 200,
      denoising_strength: 0,
      inpaint_width: 32,
      inpaint_only_masked: false,
    };
    expect(refused({ ...config, adetailer })).toEqual([
      'no_detector_setting 2-adetailer detectors[0].classes',
      'no_detector_setting 2-adetailer detectors[0].mask_k',
      'no_detector_setting 2-adetailer detectors[0].inpaint_only_masked',
      'no_detector_setting 2-adetailer detectors[0].restore_face',
      'out_of_range 2-adetailer detectors[0].mask_blur',
      'out_of_range 2-adetailer detectors[0].denoising_strength',
      'out_of_range 2-adetailer detectors[0].inpaint_width',
      'no_detector 2-adetailer detectors[0].model',
    ]);
    const models = { detectors: { 'eyes.pt': 'bbox/eyes.pt' } };
    expect(inputsOf({ ...config, adetailer: { model: 'eyes.pt' } }, { models })['detector-1']).toEqual({
      model_name: 'bbox/eyes.pt',
    });
    expect(refused({ ...config, adetailer: { model: 'eyes.pt' } }, { models: { detectors: {} } })).toEqual([
      'no_detector 2-adetailer detectors[0].model',
    ]);
  });

  test('has one prompt for all finds, with that of the run in its place', () => {
    const adetailer = { prompt: '[PROMPT], smiling' };
    expect(inputsOf({ ...config, adetailer })).toMatchObject({
      '2-adetailer-detector-1-positive': { text: 'a lighthouse, smiling' },
    });
    expect(refused({ ...config, adetailer: { prompt: 'a[SEP]b', negative_prompt: '[SKIP]' } })).toEqual([
      'one_prompt 2-adetailer detectors[0].prompt',
      'one_prompt 2-adetailer detectors[0].negative_prompt',
    ]);
  });

  test('after an upscale works on the enlarged picture', () => {
    const graph = inputsOf({ ...config, upscale_enabled: true });
    expect(graph['3-adetailer-detector-1']).toMatchObject({ image: ['2-upscale-size', 0], guide_size: 512 });
  });
});

describe('backend options', () => {
  test("set inputs that no plan decides, by the ids of the stage's own nodes", () => {
    const comfyui = {
      '2-adetailer-detector-1': { drop_size: 20, inpaint_model: true },
      '2-adetailer-save': { filename_prefix: 'faces' },
    };
    const config = { ...base, adetailer_enabled: true, adetailer_backend_options: { comfyui } };
    expect(inputsOf(config)).toMatchObject(comfyui);
  });

  test('that name another node, an input that is planned or unknown, or another type are refused', () => {
    const comfyui = {
      '1-txt2img-sample': { cfg: 3, tile: 1 },
      '1-txt2img-save': { filename_prefix: 1 },
      '1-txt2img-decode': 1,
      'checkpoint-1': { ckpt_name: 'x' },
      '1-txt2img-none': {},
    };
    expect(refused({ ...base, backend_options: { comfyui } })).toEqual([
      'planned_option 1-txt2img backend_options.comfyui.1-txt2img-sample.cfg',
      'unknown_option 1-txt2img backend_options.comfyui.1-txt2img-sample.tile',
      'wrong_option 1-txt2img backend_options.comfyui.1-txt2img-save.filename_prefix',
      'unknown_option 1-txt2img backend_options.comfyui.1-txt2img-decode',
      'unknown_option 1-txt2img backend_options.comfyui.checkpoint-1',
      'unknown_option 1-txt2img backend_options.comfyui.1-txt2img-none',
    ]);
  });
});

describe("stages of one's own", () => {
  test('that are like a known one have its nodes', () => {
    const second = defineStage({ stage_type: 'interpolate', like: 'upscale' });
    const planner = definePlanner({ sequence: filmPlanner.sequence, stages: [second] });
    const plan = planner.buildStagePlan({ ...base, interpolate_enabled: true });
    expect(Object.keys(toComfyPrompt(plan).prompt)).toContain('2-interpolate-size');
  });

  test("bring a handler of one's own, or are refused", () => {
    const plan = filmPlanner.buildStagePlan({ ...base, interpolate_enabled: true });
    const interpolate: ComfyHandler = ({ id }, { graph, image }) =>
      graph.add(id, 'FILM', { frames: image ?? null }, 'film');
    expect(inputs(toComfyPrompt(plan, { handlers: { interpolate } }).prompt)).toMatchObject({
      '2-interpolate': { frames: ['1-txt2img-decode', 0] },
      '2-interpolate-save': { images: ['2-interpolate', 0] },
    });
    for (const options of [{}, { handlers: {} }])
      expect(refusals(() => toComfyPrompt(plan, options))).toEqual([
        'unknown_stage 2-interpolate stage_type',
      ]);
  });
});

test('kept images are saved, those of the last stage always', () => {
  const graph = compiled({ ...base, img2img_enabled: true, upscale_enabled: true, keep: ['txt2img'] }).prompt;
  expect(Object.keys(graph).filter((id) => id.endsWith('-save'))).toEqual([
    '1-txt2img-save',
    '3-upscale-save',
  ]);
});

test('warnings are said in words that name their stage', () => {
  const config = {
    ...base,
    prompt: '__a__',
    negative_prompt: '<lora:ink> [red]',
    scheduler: 'Beta',
    adetailer_enabled: true,
    img2img_enabled: true,
    img2img: { mask: { image: 'mask.png' } },
  };
  const { warnings } = compiled(config);
  expect(new Set(warnings.map(({ code }) => code)).size).toBe(7);
  for (const warning of warnings)
    expect(sayComfyWarning(warning)).toContain(warning.field.replace(/^.*model$/, 'adetailer'));
});

test('a graph of everything passes the validation', () => {
  const config = {
    ...hires,
    ...refiner,
    refiner_pass: 'both' as const,
    prompt: 'a <lora:ink>',
    vae: 'sdxl_vae.safetensors',
    clip_skip: 2,
    img2img_enabled: true,
    upscale_enabled: true,
    adetailer_enabled: true,
    batch_size: 2,
    hires_upscaler_name: 'R-ESRGAN 4x+',
    adetailer: [{}, { model: 'person_yolov8n-seg.pt' }],
  };
  expect(validateComfyPrompt(compiled(config).prompt, objectInfo)).toEqual([]);
});
