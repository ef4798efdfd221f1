import { describe, expect, test } from 'vitest';
import { type ImportedRun, importFile, isLossy, UnreadableGraphError } from '../../src/import/index.ts';
import { buildStagePlan } from '../../src/index.ts';
import { isPlainObject } from '../../src/json.ts';

type Nodes = Readonly<
  Record<string, readonly [class_type: string, inputs: Readonly<Record<string, unknown>>]>
>;

const sampling = { seed: 7, steps: 30, cfg: 6, sampler_name: 'euler', scheduler: 'normal', denoise: 1 };
const guided = { model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0] };

/** A graph that makes an image at "sampled", and whatever else a test is about. */
const base: Nodes = {
  model: ['CheckpointLoaderSimple', { ckpt_name: 'moss.safetensors' }],
  positive: ['CLIPTextEncode', { text: 'a well', clip: ['model', 1] }],
  negative: ['CLIPTextEncode', { text: 'blurry', clip: ['model', 1] }],
  empty: ['EmptyLatentImage', { width: 512, height: 768, batch_size: 2 }],
  sampled: ['KSampler', { ...guided, ...sampling, latent_image: ['empty', 0] }],
  decoded: ['VAEDecode', { samples: ['sampled', 0], vae: ['model', 2] }],
};
const image: Nodes = {
  loaded: ['LoadImage', { image: 'well.png' }],
  encoded: ['VAEEncode', { pixels: ['loaded', 0], vae: ['model', 2] }],
  sampled: ['KSampler', { ...guided, ...sampling, denoise: 0.6, latent_image: ['encoded', 0] }],
};
const upscaler: Nodes = {
  esrgan: ['UpscaleModelLoader', { model_name: '4x-Moss.pth' }],
};

function graph(nodes: Nodes, end = 'decoded'): Readonly<Record<string, unknown>> {
  const all: Nodes = { ...base, ...nodes, save: ['SaveImage', { images: [end, 0] }] };
  return Object.fromEntries(
    Object.entries(all).map(([id, [class_type, inputs]]) => [id, { class_type, inputs }]),
  );
}

function read(json: unknown): ImportedRun {
  const [first] = importFile(new TextEncoder().encode(JSON.stringify(json))).runs;
  if (first?.success !== true) throw first?.error ?? new Error('no run');
  return first.run;
}

function stages({ config, sequence }: ImportedRun): string {
  return buildStagePlan(config, { sequence })
    .stages.map((stage) => stage.stage_type)
    .join('>');
}

function lossy({ notes }: ImportedRun): readonly string[] {
  return notes.filter(isLossy).map(({ path }) => path.join('.'));
}

describe('a graph', () => {
  test('of one sampler is a txt2img', () => {
    const run = read(graph({}));
    expect(stages(run)).toBe('txt2img');
    expect(run.config).toMatchObject({
      prompt: 'a well',
      negative_prompt: 'blurry',
      model: 'moss.safetensors',
      sampler_name: 'Euler',
      scheduler: 'Normal',
      steps: 30,
      cfg_scale: 6,
      seed: 7,
      width: 512,
      height: 768,
      batch_size: 2,
    });
    expect(lossy(run)).toEqual([]);
  });

  test('as the queue is sent it is read as well', () => {
    expect(stages(read({ prompt: graph({}), client_id: 'x' }))).toBe('txt2img');
  });

  test('of base and refiner has a refiner', () => {
    const advanced = {
      ...guided,
      noise_seed: 7,
      steps: 25,
      cfg: 6,
      sampler_name: 'euler',
      scheduler: 'normal',
    };
    const run = read(
      graph({
        sampled: [
          'KSamplerAdvanced',
          { ...advanced, latent_image: ['empty', 0], start_at_step: 0, end_at_step: 20 },
        ],
        fine: ['CheckpointLoaderSimple', { ckpt_name: 'fine.safetensors' }],
        refined: [
          'KSamplerAdvanced',
          {
            ...advanced,
            model: ['fine', 0],
            latent_image: ['sampled', 0],
            start_at_step: 20,
            end_at_step: 10000,
          },
        ],
        decoded: ['VAEDecode', { samples: ['refined', 0], vae: ['model', 2] }],
      }),
    );
    expect(run.config).toMatchObject({
      refiner_enabled: true,
      refiner_model_name: 'fine.safetensors',
      refiner_switch_at: 0.8,
      seed: 7,
    });
  });

  test.each([
    ['LatentUpscale', { width: 768, height: 1152 }, 1.5],
    ['LatentUpscaleBy', { scale_by: 2 }, 2],
  ])('with %s and a second sampler has a hires pass', (node, inputs, factor) => {
    const run = read(
      graph({
        grown: [node, { samples: ['sampled', 0], upscale_method: 'bicubic', ...inputs }],
        again: ['KSampler', { ...guided, ...sampling, steps: 12, denoise: 0.5, latent_image: ['grown', 0] }],
        decoded: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
      }),
    );
    expect(stages(run)).toBe('txt2img');
    expect(run.config).toMatchObject({
      hires_enabled: true,
      hires_upscale_factor: factor,
      hires_upscaler_name: 'Latent (bicubic)',
      hires_denoise: 0.5,
      hires_steps: 12,
    });
    expect(lossy(run)).toEqual([]);
  });

  const enlarged: Nodes = {
    ...upscaler,
    larger: ['ImageUpscaleWithModel', { upscale_model: ['esrgan', 0], image: ['decoded', 0] }],
  };
  const redrawn = (inputs: object, settings: object = {}): Nodes => ({
    ...enlarged,
    sized: ['ImageScale', { image: ['larger', 0], upscale_method: 'lanczos', ...inputs }],
    pixels: ['VAEEncode', { pixels: ['sized', 0], vae: ['model', 2] }],
    again: ['KSampler', { ...guided, ...sampling, denoise: 0.4, latent_image: ['pixels', 0], ...settings }],
    final: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
  });

  test('with a model and a second sampler has a hires pass of that model', () => {
    const run = read(graph(redrawn({ width: 1024, height: 1536 }), 'final'));
    expect(run.config).toMatchObject({
      hires_enabled: true,
      hires_upscale_factor: 2,
      hires_upscaler_name: '4x-Moss',
      hires_denoise: 0.4,
    });
  });

  test('whose second pass changes the shape keeps that size', () => {
    const run = read(graph(redrawn({ width: 1024, height: 1024 }), 'final'));
    expect(run.config).toMatchObject({
      hires_upscale_factor: 2,
      hires_resize_to: { width: 1024, height: 1024 },
    });
    expect(lossy(run)).toEqual([]);
    expect(read(graph(redrawn({ width: 1024, height: 0 }), 'final')).config.hires_upscale_factor).toBe(2);
  });

  test('whose second pass differs says it in the fields of hires', () => {
    const run = read(
      graph(
        {
          ...redrawn(
            { width: 1024, height: 1536 },
            { cfg: 4, sampler_name: 'dpmpp_2m', model: ['other', 0], positive: ['more', 0] },
          ),
          other: ['CheckpointLoaderSimple', { ckpt_name: 'other.safetensors' }],
          more: ['CLIPTextEncode', { text: 'a well, detailed', clip: ['model', 1] }],
        },
        'final',
      ),
    );
    expect(run.config).toMatchObject({
      hires_cfg_scale: 4,
      hires_sampler_name: 'DPM++ 2M',
      hires_model_name: 'other.safetensors',
      hires_prompt: 'a well, detailed',
      hires_negative_prompt: null,
    });
    expect(lossy(run)).toEqual([]);
  });

  test('that encodes and samples again at the same size goes on with img2img', () => {
    const run = read(
      graph(
        {
          pixels: ['VAEEncode', { pixels: ['decoded', 0], vae: ['model', 2] }],
          again: ['KSampler', { ...guided, ...sampling, denoise: 0.4, latent_image: ['pixels', 0] }],
          final: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
        },
        'final',
      ),
    );
    expect(stages(run)).toBe('txt2img>img2img');
    expect(run.config.img2img.denoising_strength).toBe(0.4);
  });

  test('that begins with an image is an img2img of it', () => {
    const run = read(graph(image));
    expect(stages(run)).toBe('img2img');
    expect(run.config).toMatchObject({ input_image: 'well.png', img2img: { denoising_strength: 0.6 } });
  });

  test('that brings its image to a size works at that size', () => {
    const run = read(
      graph({
        ...image,
        sized: ['ImageScale', { image: ['loaded', 0], upscale_method: 'lanczos', width: 640, height: 832 }],
        encoded: ['VAEEncode', { pixels: ['sized', 0], vae: ['model', 2] }],
      }),
    );
    expect(run.config).toMatchObject({ width: 640, height: 832 });
  });

  test("that starts within the steps is an img2img at the WebUI's strength", () => {
    const advanced = { noise_seed: 7, steps: 30, cfg: 6, sampler_name: 'euler', scheduler: 'normal' };
    const run = read(
      graph({
        ...image,
        sampled: [
          'KSamplerAdvanced',
          { ...guided, ...advanced, latent_image: ['encoded', 0], start_at_step: 20, end_at_step: 10000 },
        ],
      }),
    );
    expect(run.config.img2img.denoising_strength).toBe(0.3);
  });

  test('that enlarges by a model has an upscale, by the factor in the name of the model', () => {
    const run = read(graph(enlarged, 'larger'));
    expect(stages(run)).toBe('txt2img>upscale');
    expect(run.config.upscale).toMatchObject({ upscaler: '4x-Moss', upscale_factor: 4 });
  });

  test('that enlarges twice, and then to a size, has one upscale', () => {
    const run = read(
      graph(
        {
          ...enlarged,
          twice: ['ImageUpscaleWithModel', { upscale_model: ['esrgan', 0], image: ['larger', 0] }],
          half: ['ImageScaleBy', { image: ['twice', 0], upscale_method: 'lanczos', scale_by: 0.5 }],
        },
        'half',
      ),
    );
    expect(run.config.upscale).toMatchObject({ upscaler: '4x-Moss', upscale_factor: 8 });
  });

  test('that only resizes has an upscale by that method', () => {
    const scaled: Nodes = {
      scaled: ['ImageScaleBy', { image: ['decoded', 0], upscale_method: 'lanczos', scale_by: 2 }],
    };
    const run = read(graph(scaled, 'scaled'));
    expect(run.config.upscale).toMatchObject({ upscaler: 'Lanczos', upscale_factor: 2 });
  });

  test('whose model has no number in its name, or whose size is not known, says what is in doubt', () => {
    const nameless: Nodes = { ...enlarged, esrgan: ['UpscaleModelLoader', { model_name: 'Moss.pth' }] };
    expect(lossy(read(graph(nameless, 'larger')))).toEqual(['larger']);
    const twice: Nodes = { ...nameless, twice: ['ImageScaleBy', { image: ['larger', 0], scale_by: 2 }] };
    expect(lossy(read(graph(twice, 'twice')))).toEqual(['twice']);
    const unlinked: Nodes = { larger: ['ImageUpscaleWithModel', { image: ['decoded', 0] }] };
    expect(lossy(read(graph(unlinked, 'larger')))).toEqual(['larger']);
    const plus: Nodes = {
      ...enlarged,
      esrgan: ['UpscaleModelLoader', { model_name: 'RealESRGAN_x2plus.pth' }],
    };
    expect(read(graph(plus, 'larger')).config.upscale).toMatchObject({
      upscaler: 'R-ESRGAN 2x+',
      upscale_factor: 2,
    });
    const sized: Nodes = {
      ...image,
      sized: ['ImageScale', { image: ['decoded', 0], upscale_method: 'lanczos', width: 2048, height: 2048 }],
    };
    const run = read(graph(sized, 'sized'));
    expect(run.config.upscale.resize_to).toEqual({ width: 2048, height: 2048 });
    expect(lossy(run)).toEqual([]);
    const wide = { image: ['decoded', 0], upscale_method: 'lanczos', width: 2048, height: 0 };
    expect(lossy(read(graph({ ...sized, sized: ['ImageScale', wide] }, 'sized')))).toEqual(['sized']);
    const sizeless = { image: ['decoded', 0], upscale_method: 'lanczos' };
    expect(lossy(read(graph({ sized: ['ImageScale', sizeless] }, 'sized')))).toEqual(['sized']);
  });

  const detail = (of: string): Nodes => ({
    faces: ['UltralyticsDetectorProvider', { model_name: 'bbox/face_yolov8m.pt' }],
    detailed: [
      'FaceDetailer',
      {
        ...guided,
        image: [of, 0],
        bbox_detector: ['faces', 0],
        steps: 18,
        cfg: 5,
        denoise: 0.35,
        bbox_threshold: 0.6,
        bbox_dilation: 10,
      },
    ],
  });

  test('with a FaceDetailer has a detector', () => {
    const run = read(graph(detail('decoded'), 'detailed'));
    expect(stages(run)).toBe('txt2img>adetailer');
    expect(run.config.adetailer).toMatchObject([
      {
        model: 'face_yolov8m.pt',
        steps: 18,
        cfg_scale: 5,
        denoising_strength: 0.35,
        confidence: 0.6,
        prompt: '',
      },
    ]);
    expect(lossy(run)).toEqual(['detailed']);
  });

  test('whose detailer has a prompt of its own keeps it', () => {
    const own: Nodes = {
      ...detail('decoded'),
      face: ['CLIPTextEncode', { text: 'a calm face', clip: ['model', 1] }],
    };
    const [class_type, inputs] = own.detailed ?? ['', {}];
    const { negative: _negative, ...others } = inputs;
    const run = read(
      graph({ ...own, detailed: [class_type, { ...others, positive: ['face', 0] }] }, 'detailed'),
    );
    expect(run.config.adetailer[0]?.prompt).toBe('a calm face');
  });

  test('that details before it enlarges keeps that order', () => {
    const run = read(
      graph(
        {
          ...upscaler,
          ...detail('decoded'),
          larger: ['ImageUpscaleWithModel', { upscale_model: ['esrgan', 0], image: ['detailed', 0] }],
        },
        'larger',
      ),
    );
    expect(run.sequence).toBe('detail-before-upscale');
    expect(stages(run)).toBe('txt2img>adetailer>upscale');
    const other = read(graph({ ...enlarged, ...detail('larger') }, 'detailed'));
    expect([other.sequence, stages(other)]).toEqual(['canonical', 'txt2img>upscale>adetailer']);
  });

  test('that only enlarges a picture has no generation', () => {
    const run = read(
      graph(
        {
          ...image,
          ...upscaler,
          larger: ['ImageUpscaleWithModel', { upscale_model: ['esrgan', 0], image: ['loaded', 0] }],
        },
        'larger',
      ),
    );
    expect(run.config).toMatchObject({
      txt2img_enabled: false,
      img2img_enabled: false,
      upscale_enabled: true,
      input_image: 'well.png',
    });
  });

  test('with LoRAs has them as tags at the end of its prompt, in their order', () => {
    const run = read(
      graph({
        first: [
          'LoraLoader',
          {
            model: ['model', 0],
            clip: ['model', 1],
            lora_name: 'a/ivy.safetensors',
            strength_model: 0.5,
            strength_clip: 1,
          },
        ],
        none: ['LoraLoaderModelOnly', { model: ['first', 0], lora_name: 'None' }],
        stack: [
          'Power Lora Loader (rgthree)',
          {
            model: ['none', 0],
            lora_1: { on: true, lora: 'fern.safetensors', strength: 0.8 },
            lora_2: { on: false, lora: 'off' },
            lora_3: { lora: 'oak' },
          },
        ],
        sampled: ['KSampler', { ...guided, model: ['stack', 0], ...sampling, latent_image: ['empty', 0] }],
      }),
    );
    expect(run.config.prompt).toBe('a well <lora:ivy:0.5> <lora:fern:0.8> <lora:oak:1>');
    expect(lossy(run)).toEqual(['first.strength_clip']);
  });

  test('with patches, ControlNet and guidance says that they are lost', () => {
    const run = read(
      graph({
        patched: ['FreeU_V2', { model: ['model', 0] }],
        canny: [
          'ControlNetApplyAdvanced',
          { positive: ['positive', 0], negative: ['negative', 0], strength: 1 },
        ],
        sampled: [
          'KSampler',
          {
            ...sampling,
            model: ['patched', 0],
            positive: ['canny', 0],
            negative: ['canny', 1],
            latent_image: ['empty', 0],
          },
        ],
      }),
    );
    expect(run.config).toMatchObject({ prompt: 'a well', negative_prompt: 'blurry' });
    expect(lossy(run)).toEqual(['patched', 'canny']);
  });

  test('with a VAE, a clip skip and values out of other nodes reads them', () => {
    const run = read(
      graph({
        vae: ['VAELoader', { vae_name: 'moss.vae.pt' }],
        decoded: ['VAEDecode', { samples: ['sampled', 0], vae: ['vae', 0] }],
        skip: ['CLIPSetLastLayer', { clip: ['model', 1], stop_at_clip_layer: -2 }],
        words: ['PrimitiveString', { value: 'a deep well' }],
        positive: ['CLIPTextEncode', { text: ['words', 0], clip: ['skip', 0] }],
        model: ['CheckpointLoader|pysssss', { ckpt_name: { content: 'moss.safetensors', image: null } }],
      }),
    );
    expect(run.config).toMatchObject({
      vae: 'moss.vae.pt',
      clip_skip: 2,
      prompt: 'a deep well',
      model: 'moss.safetensors',
    });
  });

  test('put together of a sampler, a guider and sigmas is read', () => {
    const parts: Nodes = {
      unet: ['UNETLoader', { unet_name: 'flux.safetensors' }],
      noise: ['RandomNoise', { noise_seed: 9 }],
      choice: ['KSamplerSelect', { sampler_name: 'euler' }],
      sigmas: ['BasicScheduler', { model: ['unet', 0], scheduler: 'simple', steps: 20, denoise: 1 }],
      guidance: ['FluxGuidance', { conditioning: ['positive', 0], guidance: 3.5 }],
      guider: ['BasicGuider', { model: ['unet', 0], conditioning: ['guidance', 0] }],
    };
    const linked = { sampler: ['choice', 0], sigmas: ['sigmas', 0], latent_image: ['empty', 0] };
    const run = read(
      graph({
        ...parts,
        sampled: ['SamplerCustomAdvanced', { ...linked, noise: ['noise', 0], guider: ['guider', 0] }],
      }),
    );
    expect(run.config).toMatchObject({ model: 'flux.safetensors', seed: 9, steps: 20, scheduler: 'Simple' });
    expect(run.config.cfg_scale).toBe(1);
    expect(lossy(run)).toEqual(['guidance', 'model']);
    const custom = read(
      graph({ ...parts, sampled: ['SamplerCustom', { ...guided, ...linked, noise_seed: 5, cfg: 4 }] }),
    );
    expect(custom.config).toMatchObject({ seed: 5, cfg_scale: 4, negative_prompt: 'blurry' });
  });

  test('with a negative prompt of nothing has none', () => {
    const run = read(graph({ negative: ['ConditioningZeroOut', { conditioning: ['positive', 0] }] }));
    expect(run.config.negative_prompt).toBe('');
  });

  test('that redraws an empty latent in part says that this is lost', () => {
    const run = read(
      graph({ sampled: ['KSampler', { ...guided, ...sampling, denoise: 0.7, latent_image: ['empty', 0] }] }),
    );
    expect(lossy(run)).toEqual(['sampled.denoise']);
  });

  test('of several savers counts the one with the longest way', () => {
    const run = read({
      ...graph({ ...enlarged }, 'larger'),
      early: { class_type: 'SaveImage', inputs: { images: ['decoded', 0] } },
    });
    expect(stages(run)).toBe('txt2img>upscale');
    const { save, ...rest } = graph({ ...enlarged }, 'larger');
    const early = { class_type: 'SaveImage', inputs: { images: ['decoded', 0] } };
    expect(stages(read({ early, ...rest, save }))).toBe('txt2img>upscale');
    const other = { class_type: 'SaveImage', inputs: { images: ['odd', 0] } };
    const odd = { class_type: 'Mystery', inputs: {} };
    expect(() => read({ ...rest, save, other, odd })).toThrow('node odd (Mystery)');
  });

  test('that leaves inputs out is read as far as it goes', () => {
    const { seed: _seed, steps: _steps, denoise: _denoise, ...some } = sampling;
    const run = read(
      graph({
        loaded: ['LoadImage', {}],
        empty: ['EmptyLatentImage', { width: 512, height: 768 }],
        positive: ['ConditioningZeroOut', {}],
        sampled: ['KSampler', { ...guided, ...some, latent_image: ['empty', 0] }],
        grown: ['LatentUpscaleBy', { samples: ['sampled', 0], scale_by: 2 }],
        again: ['KSampler', { ...guided, ...some, denoise: 0.5, latent_image: ['grown', 0] }],
        decoded: ['VAEDecode', { samples: ['again', 0] }],
      }),
    );
    expect(run.config).toMatchObject({ prompt: '', steps: 20, hires_steps: null, hires_upscale_factor: 2 });
    const nameless = read(graph({ ...image, loaded: ['LoadImage', {}] }));
    expect(nameless.config.input_image).toBeNull();
  });

  test('whose picture of unknown size is brought to one, and sampled again, keeps that size', () => {
    const grown: Nodes = {
      ...image,
      grown: [
        'LatentUpscale',
        { samples: ['sampled', 0], upscale_method: 'bilinear', width: 1024, height: 1024 },
      ],
      again: ['KSampler', { ...guided, ...sampling, denoise: 0.5, latent_image: ['grown', 0] }],
      decoded: ['VAEDecode', { samples: ['again', 0] }],
    };
    expect(read(graph(grown)).config.hires_resize_to).toEqual({ width: 1024, height: 1024 });
  });

  test('whose second pass has a guider without a negative prompt has that of the first', () => {
    const run = read(
      graph({
        noise: ['RandomNoise', { noise_seed: 9 }],
        choice: ['KSamplerSelect', { sampler_name: 'euler' }],
        sigmas: ['BasicScheduler', { model: ['model', 0], scheduler: 'normal', steps: 10, denoise: 0.5 }],
        guider: ['BasicGuider', { model: ['model', 0], conditioning: ['positive', 0] }],
        grown: ['LatentUpscaleBy', { samples: ['sampled', 0], scale_by: 2 }],
        again: [
          'SamplerCustomAdvanced',
          {
            noise: ['noise', 0],
            sampler: ['choice', 0],
            sigmas: ['sigmas', 0],
            guider: ['guider', 0],
            latent_image: ['grown', 0],
          },
        ],
        decoded: ['VAEDecode', { samples: ['again', 0] }],
      }),
    );
    expect(run.config).toMatchObject({ hires_steps: 10, hires_denoise: 0.5, hires_negative_prompt: null });
  });

  test('without SaveImage ends in another saver, or in a preview', () => {
    const { save: _save, ...rest } = graph({});
    const custom = { class_type: 'Image Saver', inputs: { images: ['decoded', 0] } };
    const preview = { class_type: 'PreviewImage', inputs: { images: ['decoded', 0] } };
    expect(stages(read({ ...rest, custom }))).toBe('txt2img');
    expect(stages(read({ ...rest, preview }))).toBe('txt2img');
  });
});

describe('what a graph says and a run cannot is noted:', () => {
  const lora = (inputs: object): Nodes => ({
    lora: ['LoraLoader', { model: ['model', 0], lora_name: 'ivy.safetensors', strength_model: 1, ...inputs }],
  });
  const on = (model: string, nodes: Nodes): Nodes => ({
    ...nodes,
    sampled: ['KSampler', { ...guided, ...sampling, model: [model, 0], latent_image: ['empty', 0] }],
  });
  const again = (settings: object, nodes: Nodes = {}): Nodes => ({
    ...nodes,
    grown: ['LatentUpscaleBy', { samples: ['sampled', 0], upscale_method: 'bicubic', scale_by: 2 }],
    again: ['KSampler', { ...guided, ...sampling, denoise: 0.5, latent_image: ['grown', 0], ...settings }],
    decoded: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
  });
  const { seed: _seed, denoise: _denoise, ...advanced } = sampling;
  const ranged = (settings: object): Nodes => ({
    sampled: [
      'KSamplerAdvanced',
      { ...guided, ...advanced, noise_seed: 7, latent_image: ['empty', 0], end_at_step: 10_000, ...settings },
    ],
  });
  const refined = (settings: object, nodes: Nodes = {}): Nodes => ({
    ...nodes,
    ...ranged({ end_at_step: 20 }),
    fine: ['CheckpointLoaderSimple', { ckpt_name: 'fine.safetensors' }],
    refined: [
      'KSamplerAdvanced',
      {
        ...guided,
        ...advanced,
        model: ['fine', 0],
        noise_seed: 7,
        latent_image: ['sampled', 0],
        start_at_step: 20,
        end_at_step: 10_000,
        ...settings,
      },
    ],
    decoded: ['VAEDecode', { samples: ['refined', 0], vae: ['model', 2] }],
  });
  const custom = (nodes: Nodes): Nodes => ({
    choice: ['KSamplerSelect', { sampler_name: 'euler' }],
    sigmas: ['BasicScheduler', { model: ['model', 0], scheduler: 'simple', steps: 20, denoise: 1 }],
    sampled: [
      'SamplerCustom',
      {
        ...guided,
        noise_seed: 5,
        cfg: 4,
        sampler: ['choice', 0],
        sigmas: ['sigmas', 0],
        latent_image: ['empty', 0],
      },
    ],
    ...nodes,
  });
  const more: Nodes = { more: ['CLIPTextEncode', { text: 'a kiln', clip: ['model', 1] }] };
  const scaled: Nodes = {
    ...image,
    scaled: ['ImageScaleBy', { image: ['loaded', 0], upscale_method: 'lanczos', scale_by: 2 }],
    encoded: ['VAEEncode', { pixels: ['scaled', 0], vae: ['model', 2] }],
  };

  test.each<[string, Nodes, readonly string[]]>([
    [
      'a LoRA for CLIP alone',
      on('lora', lora({ strength_model: 0, strength_clip: 1 })),
      ['lora.strength_clip'],
    ],
    ['a LoRA of one strength', on('lora', lora({ strength_clip: 1 })), []],
    [
      'a stack of two strengths',
      on('lora', {
        lora: [
          'Power Lora Loader (rgthree)',
          {
            model: ['model', 0],
            lora_1: { on: true, lora: 'ivy', strength: 1, strengthTwo: 0.5 },
            lora_2: { on: false, lora: 'ivy', strengthTwo: 0.5 },
            lora_3: { lora: 'oak', strengthTwo: null },
          },
        ],
      }),
      ['lora.lora_1'],
    ],
    [
      'what a stack holds beside its LoRAs, and beside their strengths',
      on('lora', {
        lora: [
          'Power Lora Loader (rgthree)',
          {
            model: ['model', 0],
            PowerLoraLoaderHeaderWidget: { type: 'PowerLoraLoaderHeaderWidget' },
            '➕ Add Lora': '',
            lora_1: { on: true, lora: 'ivy', strength: 1, blocks: '1,0' },
            lora_2: { on: false, lora: 'oak', blocks: '1,0' },
            mystery: 4,
          },
        ],
      }),
      ['lora.lora_1', 'lora'],
    ],
    [
      'no stack without LoRAs',
      on('lora', { lora: ['Power Lora Loader (rgthree)', { model: ['model', 0] }] }),
      [],
    ],
    ...['Lora Loader Stack (rgthree)', 'CR Apply LoRA Stack', 'Lora Loader (LoraManager)'].map(
      (name): [string, Nodes, readonly string[]] => [
        name,
        on('lora', { lora: [name, { model: ['model', 0], lora_01: 'ivy', strength_01: 1 }] }),
        ['lora'],
      ],
    ),
    ['a LoRA on the second pass alone', again({ model: ['lora', 0] }, lora({})), ['again.model']],
    ['a LoRA that the second pass has not', again({}, on('lora', lora({}))), ['again.model']],
    [
      'a patch of the second pass',
      again({ model: ['free', 0] }, { free: ['FreeU', { model: ['model', 0] }] }),
      ['free'],
    ],
    ['the seed of the second pass', again({ seed: 8 }), ['again.seed']],
    ['what the refiner shares', refined({}), []],
    ['the steps of the refiner', refined({ steps: 40 }), ['refined.steps']],
    ['the scale of the refiner', refined({ cfg: 3 }), ['refined.cfg']],
    ['the sampler of the refiner', refined({ sampler_name: 'heun' }), ['refined.sampler_name']],
    ['the noise of the refiner', refined({ add_noise: 'enable' }), ['refined.add_noise']],
    ['the prompt of the refiner', refined({ positive: ['more', 0] }, more), ['more.text']],
    ['steps that are not drawn', ranged({ end_at_step: 12 }), ['sampled.end_at_step']],
    ['noise that is not added', ranged({ add_noise: 'disable' }), ['sampled']],
    ['an unknown sampler', custom({ choice: ['SamplerLCM', {}] }), ['choice']],
    ['the settings of a sampler', custom({ choice: ['SamplerDPMPP_2M_SDE', { eta: 1 }] }), ['choice']],
    ['the settings of sigmas', custom({ sigmas: ['KarrasScheduler', { steps: 9, rho: 5 }] }), ['sigmas']],
    [
      'sigmas of no known schedule',
      custom({ sigmas: ['Flux2Scheduler', { steps: 9, width: 512 }] }),
      ['sigmas'],
    ],
    [
      'the other text of SDXL',
      { positive: ['CLIPTextEncodeSDXL', { text_g: 'a well', text_l: 'oil', clip: ['model', 1] }] },
      ['positive.text_l'],
    ],
    [
      'no other text that is the same',
      { positive: ['CLIPTextEncodeSDXL', { text_g: 'a well', text_l: 'a well', clip: ['model', 1] }] },
      [],
    ],
    ['a picture that is scaled before it is drawn over', scaled, ['scaled']],
    [
      'a size that stretches',
      {
        grown: ['LatentUpscale', { samples: ['sampled', 0], width: 1024, height: 1024, crop: 'disabled' }],
        again: again({}).again ?? ['', {}],
        decoded: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
      },
      ['grown'],
    ],
  ])('%s', (_what, nodes, places) => {
    expect(lossy(read(graph(nodes)))).toEqual(places);
  });

  test('a second upscaler', () => {
    const larger = (model: string, from: string): Nodes[string] => [
      'ImageUpscaleWithModel',
      { upscale_model: [model, 0], image: [from, 0] },
    ];
    const other: Nodes = { ...upscaler, fern: ['UpscaleModelLoader', { model_name: '2x-Fern.pth' }] };
    const run = read(
      graph({ ...other, larger: larger('esrgan', 'decoded'), twice: larger('fern', 'larger') }, 'twice'),
    );
    expect(lossy(run)).toEqual(['twice.upscale_model']);
  });

  test('a detailer of its own', () => {
    const run = read(
      graph(
        {
          faces: ['UltralyticsDetectorProvider', { model_name: 'bbox/face_yolov8m.pt' }],
          calm: ['CheckpointLoaderSimple', { ckpt_name: 'calm.safetensors' }],
          detailed: [
            'FaceDetailer',
            {
              ...guided,
              model: ['calm', 0],
              image: ['decoded', 0],
              bbox_detector: ['faces', 0],
              wildcard: 'a calm face',
              cycle: 3,
              seed: 9,
            },
          ],
        },
        'detailed',
      ),
    );
    expect(run.config.adetailer[0]).toMatchObject({ checkpoint: 'calm.safetensors', prompt: 'a calm face' });
    expect(run.notes.map(({ message }) => message)).toContain(
      'detailed is only kept in part: no field takes cycle of FaceDetailer.',
    );
    expect(lossy(run)).toContain('detailed.seed');
  });

  test('an empty prompt of a detailer, which has that of the run', () => {
    const detailer = (text: string) => ({
      faces: ['UltralyticsDetectorProvider', { model_name: 'bbox/face_yolov8m.pt' }] as const,
      other: ['CLIPTextEncode', { text, clip: ['model', 1] }] as const,
      detailed: [
        'FaceDetailer',
        { ...guided, negative: ['other', 0], image: ['decoded', 0], bbox_detector: ['faces', 0] },
      ] as const,
    });
    expect(lossy(read(graph(detailer(''), 'detailed')))).toContain('other.text');
    const run = read(graph(detailer('soot'), 'detailed'));
    expect([run.config.adetailer[0]?.negative_prompt, lossy(run).includes('other.text')]).toEqual([
      'soot',
      false,
    ]);
  });

  test('the LoRAs of a detailer that only a picture stands before', () => {
    const run = read(
      graph(
        {
          ...image,
          ...lora({}),
          faces: ['UltralyticsDetectorProvider', { model_name: 'bbox/face_yolov8m.pt' }],
          scaled: ['ImageScaleBy', { image: ['loaded', 0], upscale_method: 'lanczos', scale_by: 2 }],
          detailed: [
            'FaceDetailer',
            {
              image: ['scaled', 0],
              model: ['lora', 0],
              negative: ['negative', 0],
              bbox_detector: ['faces', 0],
              steps: 9,
            },
          ],
        },
        'detailed',
      ),
    );
    expect(lossy(run)).toContain('detailed.model');
  });

  test('no checkpoint of a detailer without a model', () => {
    const run = read(
      graph(
        {
          faces: ['UltralyticsDetectorProvider', { model_name: 'bbox/face_yolov8m.pt' }],
          detailed: ['FaceDetailer', { image: ['decoded', 0], bbox_detector: ['faces', 0] }],
        },
        'detailed',
      ),
    );
    expect(run.config.adetailer[0]?.checkpoint).toBeNull();
  });

  test('every input of a node on the way to the picture that nothing reads', () => {
    const nodes = graph(again({}));
    for (const id of Object.keys(nodes).filter((each) => each !== 'save')) {
      const node = nodes[id];
      const inputs = isPlainObject(node) && isPlainObject(node.inputs) ? node.inputs : {};
      const run = read({ ...nodes, [id]: { ...Object(node), inputs: { ...inputs, kiln: 5 } } });
      expect([id, lossy(run)]).toEqual([id, [id]]);
    }
  });

  test('nodes that lead to no saved picture, as such', () => {
    const run = read(
      graph({
        aside: ['VAEDecode', { samples: ['sampled', 0], vae: ['other', 0] }],
        other: ['VAELoader', { vae_name: 'x' }],
      }),
    );
    expect(run.config.vae).toBeNull();
    expect(run.notes.filter(({ code }) => code === 'ignored').map(({ path }) => path[0])).toEqual([
      'aside',
      'other',
    ]);
  });
});

describe('reading a graph goes on', () => {
  test('through VAEDecodeTiled to its VAE', () => {
    const run = read(
      graph({
        vae: ['VAELoader', { vae_name: 'moss.vae.pt' }],
        decoded: ['VAEDecodeTiled', { samples: ['sampled', 0], vae: ['vae', 0], tile_size: 512 }],
      }),
    );
    expect([run.config.vae, lossy(run)]).toEqual(['moss.vae.pt', []]);
  });

  test('through ImpactWildcardProcessor to the text that it chose', () => {
    const run = read(
      graph({
        wild: ['ImpactWildcardProcessor', { wildcard_text: '{a|b}', populated_text: 'a fox', seed: 7 }],
        positive: ['CLIPTextEncode', { text: ['wild', 0], clip: ['model', 1] }],
      }),
    );
    expect([run.config.prompt, lossy(run)]).toEqual(['a fox', []]);
  });

  test('with the steps of an img2img of its own', () => {
    const run = read(
      graph(
        {
          pixels: ['VAEEncode', { pixels: ['decoded', 0], vae: ['model', 2] }],
          again: [
            'KSampler',
            { ...guided, ...sampling, steps: 12, denoise: 0.4, latent_image: ['pixels', 0] },
          ],
          final: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
        },
        'final',
      ),
    );
    expect(run.config.img2img.steps).toBe(12);
    expect(lossy(run)).toEqual([]);
  });
});

describe('reading a graph stops', () => {
  const again = { ...guided, ...sampling, denoise: 0.4 };
  test.each<[string, unknown, string | undefined]>([
    ['where no node saves an image', { '1': { class_type: 'KSampler', inputs: {} } }, undefined],
    ['at a drawing of a workflow', { nodes: [{ id: 1 }], links: [] }, undefined],
    [
      'at a node that it does not know',
      graph({ blend: ['ImageBlend', { image1: ['decoded', 0] }] }, 'blend'),
      'blend',
    ],
    ['at a link that leads nowhere', graph({ decoded: ['VAEDecode', { samples: ['gone', 0] }] }), 'decoded'],
    ['at an input that is not linked', graph({ decoded: ['VAEDecode', {}] }), 'decoded'],
    ['at a line in a circle', graph({ decoded: ['ImageScale', { image: ['decoded', 0] }] }), 'decoded'],
    [
      'at a third sampler',
      graph({
        second: ['KSampler', { ...again, latent_image: ['sampled', 0] }],
        third: ['KSampler', { ...again, latent_image: ['second', 0] }],
        decoded: ['VAEDecode', { samples: ['third', 0] }],
      }),
      'third',
    ],
    [
      'at a second sampler that does not take over',
      graph({
        second: ['KSampler', { ...again, latent_image: ['sampled', 0] }],
        decoded: ['VAEDecode', { samples: ['second', 0] }],
      }),
      'second',
    ],
    [
      'at a second img2img',
      graph(
        {
          ...image,
          pixels: ['VAEEncode', { pixels: ['decoded', 0] }],
          second: ['KSampler', { ...again, latent_image: ['pixels', 0] }],
          final: ['VAEDecode', { samples: ['second', 0] }],
        },
        'final',
      ),
      'second',
    ],
    ['at an image that only is loaded and saved', graph({ ...image }, 'loaded'), 'loaded'],
    ['at a latent that was not decoded', graph({}, 'sampled'), 'save'],
    [
      'at two prompts in one',
      graph({ positive: ['ConditioningCombine', { conditioning_1: ['negative', 0] }] }),
      'positive',
    ],
    ['at a prompt that is not known', graph({ positive: ['Mystery', {}] }), 'positive'],
    [
      'at a prompt in a circle',
      graph({ positive: ['Mystery', { conditioning: ['positive', 0] }] }),
      'positive',
    ],
    [
      'at a sampler without a prompt',
      graph({ sampled: ['KSampler', { ...sampling, model: ['model', 0], latent_image: ['empty', 0] }] }),
      'sampled',
    ],
    ['at a model without a loader', graph({ model: ['Mystery', {}] }), 'model'],
    [
      'at models in a circle',
      graph({ model: ['LoraLoader', { model: ['model', 0], lora_name: 'x' }] }),
      'model',
    ],
    [
      'at a clip in a circle',
      graph({
        skip: ['Mystery', { clip: ['skip', 0] }],
        positive: ['CLIPTextEncode', { text: 'x', clip: ['skip', 0] }],
      }),
      'skip',
    ],
    [
      'at a value that is not known',
      graph({ positive: ['CLIPTextEncode', { text: ['odd', 0] }], odd: ['Mystery', {}] }),
      'odd',
    ],
    [
      'at values in a circle',
      graph({
        positive: ['CLIPTextEncode', { text: ['odd', 0] }],
        odd: ['PrimitiveString', { value: ['odd', 0] }],
      }),
      'odd',
    ],
    [
      'at a detailer without a detector',
      graph({ detailed: ['FaceDetailer', { image: ['decoded', 0] }] }, 'detailed'),
      'detailed',
    ],
    [
      'at a value node that says nothing',
      graph({ positive: ['CLIPTextEncode', { text: ['odd', 0] }], odd: ['PrimitiveString', {}] }),
      'odd',
    ],
    [
      'at a value that is worked out',
      graph({
        positive: ['CLIPTextEncode', { text: ['odd', 0] }],
        odd: ['Text Find and Replace', { text: 'a COLOR fox', find: 'COLOR', replace: 'red' }],
      }),
      'odd',
    ],
    [
      'at sigmas whose steps are not stated',
      graph({
        sampled: [
          'SamplerCustom',
          { ...guided, sampler: ['model', 0], sigmas: ['split', 0], latent_image: ['empty', 0] },
        ],
        split: ['SplitSigmas', { step: 6 }],
      }),
      'split',
    ],
    [
      'at a sampler without sigmas',
      graph({ sampled: ['SamplerCustom', { ...guided, latent_image: ['empty', 0] }] }),
      'sampled',
    ],
  ])('%s', (_where, json, node) => {
    const attempt = () => read(json);
    expect(attempt).toThrow(UnreadableGraphError);
    expect(attempt).toThrow(expect.objectContaining({ node }));
  });
});

describe('a prompt with a tag of a LoRA', () => {
  const tagged = { text: 'a well <lora:moss:0.5>', clip: ['model', 1] };
  const doubts = (class_type: string) =>
    read(graph({ positive: [class_type, tagged] })).notes.filter(({ code }) => code === 'ambiguous');

  test('has words in it, for the encoders of ComfyUI', () => {
    expect(doubts('CLIPTextEncode').map(({ path }) => path)).toEqual([['positive', 'text']]);
  });

  test('has a LoRA in it, for a node that may load it', () => {
    expect(doubts('TagsEncode')).toEqual([]);
  });
});

test('AlignYourStepsScheduler is a schedule by its name', () => {
  const sigmas: Nodes = {
    sampled: [
      'SamplerCustom',
      {
        ...guided,
        cfg: 6,
        noise_seed: 7,
        sampler: ['by', 0],
        sigmas: ['steps', 0],
        latent_image: ['empty', 0],
      },
    ],
    by: ['KSamplerSelect', { sampler_name: 'euler' }],
    steps: ['AlignYourStepsScheduler', { model_type: 'SDXL', steps: 12, denoise: 1 }],
  };
  expect(read(graph(sigmas)).config).toMatchObject({ scheduler: 'Align Your Steps', steps: 12 });
});
