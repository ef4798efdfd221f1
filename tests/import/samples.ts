import type { RunConfigInput } from '../../src/index.ts';

/** What one program writes of one run, and what it must be read as. Every text in it is our own. */
export interface Sample {
  readonly writer: string;
  /** What is special about it, where the writer has several. */
  readonly of?: string;
  readonly version?: string;
  /** The keyword that it stands under in a PNG. Default: "parameters". */
  readonly keyword?: string;
  readonly text: Infotext | Readonly<Record<string, unknown>>;
  readonly stages: string;
  readonly config: RunConfigInput;
  /** The paths of what is lost or in doubt. */
  readonly lossy?: readonly string[];
}

/** An infotext in its parts, so that a test can change one of them. */
export class Infotext {
  readonly parameters: readonly string[];
  readonly prompt: string;
  readonly negative: string;
  readonly negativeLabel: string;

  constructor(
    parameters: readonly string[],
    prompt = 'a lantern in the fog, (rain:1.1)',
    negative = 'blurry, lowres',
    negativeLabel = 'Negative prompt: ',
  ) {
    this.parameters = parameters;
    this.prompt = prompt;
    this.negative = negative;
    this.negativeLabel = negativeLabel;
  }

  toString(): string {
    const negative = this.negative === '' ? [] : [`${this.negativeLabel}${this.negative}`];
    return [this.prompt, ...negative, this.parameters.join(', ')].join('\n');
  }
}

const base = [
  'Steps: 28',
  'Sampler: DPM++ 2M',
  'CFG scale: 5.5',
  'Seed: 77',
  'Size: 640x960',
  'Model: fogXL',
];
const baseConfig = {
  steps: 28,
  sampler_name: 'DPM++ 2M',
  cfg_scale: 5.5,
  seed: 77,
  width: 640,
  height: 960,
  model: 'fogXL',
  prompt: 'a lantern in the fog, (rain:1.1)',
  negative_prompt: 'blurry, lowres',
} as const satisfies RunConfigInput;

const infotexts: readonly Sample[] = [
  {
    writer: 'AUTOMATIC1111 WebUI',
    of: 'hires',
    version: 'v1.9.4',
    text: new Infotext([
      ...base,
      'Denoising strength: 0.45',
      'Hires upscale: 1.5',
      'Hires upscaler: Latent',
      'Version: v1.9.4',
    ]),
    stages: 'txt2img',
    config: { ...baseConfig, hires_enabled: true, hires_denoise: 0.45, hires_upscale_factor: 1.5 },
  },
  {
    writer: 'AUTOMATIC1111 WebUI',
    of: 'img2img without a mark, told by the version',
    version: 'v1.7.0',
    text: new Infotext([...base, 'Denoising strength: 0.6', 'Version: v1.7.0']),
    stages: 'img2img',
    config: { ...baseConfig, img2img: { denoising_strength: 0.6 } },
  },
  {
    writer: 'AUTOMATIC1111 WebUI',
    of: 'img2img by a script of its tab',
    text: new Infotext([...base, 'Denoising strength: 0.3', 'Script: SD upscale']),
    stages: 'img2img',
    config: { ...baseConfig, img2img: { denoising_strength: 0.3 } },
    lossy: ['Script'],
  },
  {
    writer: 'AUTOMATIC1111 WebUI',
    of: 'refiner and detectors',
    version: '1.8.0',
    text: new Infotext([
      ...base,
      'Refiner: fogRefiner [0123abcd]',
      'Refiner switch at: 0.7',
      'ADetailer model: face_yolov8n.pt',
      'ADetailer prompt: "a face, calm"',
      'ADetailer dilate/erode: 8',
      'ADetailer model 2nd: hand_yolov8n.pt',
      'ADetailer version: 23.9.3',
      'Version: 1.8.0',
    ]),
    stages: 'txt2img>adetailer',
    config: {
      ...baseConfig,
      refiner_enabled: true,
      refiner_model_name: 'fogRefiner',
      refiner_switch_at: 0.7,
      adetailer: [{ prompt: 'a face, calm', dilate_erode: 8 }, { model: 'hand_yolov8n.pt' }],
    },
  },
  {
    writer: 'AUTOMATIC1111 WebUI',
    of: 'first pass size',
    text: new Infotext([
      ...base.map((parameter) => parameter.replace('640x960', '1280x1920')),
      'Denoising strength: 0.5',
      'First pass size: 640x960',
    ]),
    stages: 'txt2img',
    config: { ...baseConfig, hires_enabled: true, hires_upscale_factor: 2, hires_denoise: 0.5 },
  },
  {
    writer: 'Forge',
    version: 'f2.0.1v1.10.1-previous-600-gabcdef01',
    text: new Infotext([
      ...base,
      'Schedule type: Beta',
      'Distilled CFG Scale: 3.5',
      'Version: f2.0.1v1.10.1-previous-600-gabcdef01',
    ]),
    stages: 'txt2img',
    config: { ...baseConfig, scheduler: 'Beta' },
    lossy: ['Distilled CFG Scale'],
  },
  {
    writer: 'Forge Classic',
    version: 'classic',
    text: new Infotext([...base, 'Denoising strength: 0.4', 'Hires resize: 0x1440', 'Version: classic']),
    stages: 'txt2img',
    config: { ...baseConfig, hires_enabled: true, hires_upscale_factor: 1.5 },
  },
  {
    writer: 'Forge Neo',
    version: 'neo',
    text: new Infotext([...base, 'Denoising strength: 0.4', 'Version: neo']),
    stages: 'img2img',
    config: { ...baseConfig, img2img: { denoising_strength: 0.4 } },
  },
  {
    writer: 'reForge',
    version: 'f1.0.0v2-v1.10.1RC-latest-2000-gabcdef01',
    text: new Infotext([
      ...base,
      'Hires upscale: 2',
      'Hires CFG Scale: 3',
      'Version: f1.0.0v2-v1.10.1RC-latest-2000-gabcdef01',
    ]),
    stages: 'txt2img',
    config: { ...baseConfig, hires_enabled: true, hires_upscale_factor: 2, hires_cfg_scale: 3 },
  },
  {
    writer: 'SD.Next',
    of: 'hires and detailer',
    version: 'abcdef0',
    text: new Infotext([
      ...base,
      'Scheduler: DPMSolverMultistepScheduler',
      'Sampler sigma: karras',
      'CLiP-skip: 2',
      'Batch: 2x3',
      'App: SD.Next',
      'Version: abcdef0',
      'Operations: txt2img; hires; detailer; inpaint',
      'Hires scale: 1.5',
      'Hires size: 960x1440',
      'Hires strength: 0.35',
      'Detailer: face-yolo8n',
      'Detailer strength: 0.3',
    ]),
    stages: 'txt2img>adetailer',
    config: {
      ...baseConfig,
      scheduler: 'Karras',
      clip_skip: 2,
      n_iter: 2,
      batch_size: 3,
      hires_enabled: true,
      hires_upscale_factor: 1.5,
      hires_denoise: 0.35,
      adetailer: [{ model: 'face-yolo8n', denoising_strength: 0.3 }],
    },
    lossy: ['Detailer'],
  },
  {
    writer: 'SD.Next',
    of: 'an upscale without hires, at a size of its own',
    text: new Infotext([
      ...base,
      'Operations: txt2img; upscale',
      'Hires upscaler: ESRGAN 4x Fog',
      'Hires size: 1280x1920',
    ]),
    stages: 'txt2img>upscale',
    config: { ...baseConfig, upscale: { upscaler: 'ESRGAN 4x Fog', upscale_factor: 2 } },
  },
  {
    writer: 'SD.Next',
    of: 'img2img',
    text: new Infotext([
      ...base,
      'App: SD.Next',
      'Operations: img2img',
      'Denoising strength: 0.55',
      'Hires strength: 0.0',
    ]),
    stages: 'img2img',
    config: { ...baseConfig, img2img: { denoising_strength: 0.55 } },
  },
  {
    writer: 'Fooocus',
    of: 'the scheme a1111',
    version: 'Fooocus v2.4.1',
    text: new Infotext([
      ...base.map((parameter) => parameter.replace('DPM++ 2M', 'DPM++ 2M SDE Karras')),
      'VAE: Default (model)',
      'Sharpness: 2',
      'Raw prompt: a lantern',
      'Version: Fooocus v2.4.1',
    ]),
    stages: 'txt2img',
    config: { ...baseConfig, sampler_name: 'DPM++ 2M SDE', scheduler: 'Karras', vae: null },
    lossy: ['Sharpness'],
  },
  {
    writer: 'Draw Things',
    text: new Infotext(
      [
        'Steps: 28',
        'Sampler: DPM++ 2M Karras',
        'Guidance Scale: 5.5',
        'Seed: 77',
        'Size: 640x960',
        'Model: fogXL',
        'Strength: 1.0',
        'Seed Mode: Scale Alike',
      ],
      baseConfig.prompt,
      baseConfig.negative_prompt,
      '-',
    ),
    stages: 'txt2img',
    config: { ...baseConfig, scheduler: 'Karras' },
    lossy: ['Seed Mode'],
  },
  {
    writer: 'Draw Things',
    of: 'img2img, with a schedule that nobody else has',
    text: new Infotext(
      [
        'Steps: 28',
        'Sampler: UniPC Trailing',
        'Guidance Scale: 5.5',
        'Seed: 77',
        'Size: 640x960',
        'Model: fogXL',
        'Strength: 0.7',
      ],
      baseConfig.prompt,
      baseConfig.negative_prompt,
      '-',
    ),
    stages: 'img2img',
    config: { ...baseConfig, sampler_name: 'UniPC', img2img: { denoising_strength: 0.7 } },
    lossy: ['Sampler'],
  },
  {
    writer: 'Draw Things',
    of: 'refiner and LoRAs',
    text: new Infotext(
      [
        'Steps: 28',
        'Sampler: DPM++ 2M Karras',
        'Guidance Scale: 5.5',
        'Seed: 77',
        'Size: 640x960',
        'Model: fogXL',
        'Strength: 1.0',
        'Refiner: fogRefiner',
        'Refiner Start: 0.7',
      ],
      baseConfig.prompt,
      baseConfig.negative_prompt,
      '-',
    ),
    stages: 'txt2img',
    config: {
      ...baseConfig,
      refiner_enabled: true,
      refiner_model_name: 'fogRefiner',
      refiner_switch_at: 0.7,
    },
  },
  {
    writer: 'Civitai',
    of: 'its generator',
    text: new Infotext([
      ...base,
      'Civitai resources: [{"type":"checkpoint","modelName":"Fog, Steps: 3 [v2]"}]',
      'Civitai metadata: {}',
    ]),
    stages: 'txt2img',
    config: baseConfig,
  },
  {
    writer: 'ComfyUI',
    of: 'a saver',
    text: new Infotext(base.map((parameter) => parameter.replace('DPM++ 2M', 'dpmpp_2m_sde_sgm_uniform'))),
    stages: 'txt2img',
    config: { ...baseConfig, sampler_name: 'DPM++ 2M SDE', scheduler: 'SGM Uniform' },
  },
];

const loras = '<lora:mist:0.6>';
const loraPrompt = `${baseConfig.prompt} ${loras}`;

const jsons: readonly Sample[] = [
  {
    writer: 'SwarmUI',
    of: 'a second pass at a larger size',
    version: '0.9.5.0',
    text: {
      sui_image_params: {
        prompt: baseConfig.prompt,
        negativeprompt: baseConfig.negative_prompt,
        model: 'fogXL',
        seed: 77,
        steps: 28,
        cfgscale: 5.5,
        width: 640,
        height: 960,
        sampler: 'dpmpp_2m',
        scheduler: 'karras',
        clipstopatlayer: -2,
        refinercontrolpercentage: 0.3,
        refinermethod: 'PostApply',
        refinerupscale: 1.5,
        refinerupscalemethod: 'model-4x-UltraSharp.pth',
        loras: ['mist'],
        loraweights: ['0.6'],
        swarm_version: '0.9.5.0',
      },
      sui_extra_data: { date: '2025-01-01' },
    },
    stages: 'txt2img',
    config: {
      ...baseConfig,
      prompt: loraPrompt,
      scheduler: 'Karras',
      clip_skip: 2,
      hires_enabled: true,
      hires_upscale_factor: 1.5,
      hires_denoise: 0.3,
      hires_upscaler_name: '4x-UltraSharp',
    },
  },
  {
    writer: 'SwarmUI',
    of: 'a refiner within the steps of an img2img',
    text: {
      sui_image_params: {
        prompt: baseConfig.prompt,
        negativeprompt: baseConfig.negative_prompt,
        model: 'fogXL',
        seed: 77,
        steps: 28,
        cfgscale: 5.5,
        width: 640,
        height: 960,
        sampler: 'dpmpp_2m',
        initimagecreativity: 0.5,
        refinercontrolpercentage: 0.2,
        refinermethod: 'StepSwap',
        refinermodel: 'fogRefiner',
      },
    },
    stages: 'img2img',
    config: {
      ...baseConfig,
      img2img: { denoising_strength: 0.5 },
      refiner_enabled: false,
      refiner_model_name: 'fogRefiner',
      refiner_switch_at: 0.8,
    },
    lossy: ['sui_image_params.refinermodel'],
  },
  {
    writer: 'InvokeAI',
    version: '5.4.2',
    keyword: 'invokeai_metadata',
    text: {
      app_version: '5.4.2',
      generation_mode: 'sdxl_txt2img',
      positive_prompt: baseConfig.prompt,
      negative_prompt: baseConfig.negative_prompt,
      width: 640,
      height: 960,
      seed: 77,
      steps: 28,
      cfg_scale: 5.5,
      scheduler: 'dpmpp_2m_k',
      model: { key: 'k', name: 'fogXL', base: 'sdxl', type: 'main' },
      loras: [{ model: { name: 'mist' }, weight: 0.6 }, { weight: 1 }, 'broken'],
      clip_skip: 0,
      hrf_enabled: true,
      hrf_method: 'ESRGAN',
      hrf_strength: 0.4,
    },
    stages: 'txt2img',
    config: {
      ...baseConfig,
      prompt: loraPrompt,
      scheduler: 'Karras',
      hires_enabled: true,
      hires_denoise: 0.4,
      hires_upscaler_name: 'ESRGAN',
    },
    lossy: ['positive_prompt', 'loras.1', 'loras.2', 'hrf_enabled'],
  },
  {
    writer: 'Fooocus',
    of: 'the scheme fooocus',
    version: 'Fooocus v2.5.0',
    text: {
      prompt: baseConfig.prompt,
      negative_prompt: baseConfig.negative_prompt,
      steps: 28,
      resolution: '(640, 960)',
      guidance_scale: 5.5,
      base_model: 'fogXL',
      refiner_model: 'fogRefiner',
      refiner_switch: 0.6,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      seed: '77',
      lora_combined_1: 'mist.safetensors : 0.6',
      loras: [['mist', 0.6, 'abc']],
      sharpness: 2,
      version: 'Fooocus v2.5.0',
    },
    stages: 'txt2img',
    config: {
      ...baseConfig,
      prompt: loraPrompt,
      scheduler: 'Karras',
      refiner_enabled: true,
      refiner_model_name: 'fogRefiner',
      refiner_switch_at: 0.6,
    },
    lossy: ['sharpness'],
  },
  {
    writer: 'Fooocus',
    of: 'its log',
    text: {
      Prompt: baseConfig.prompt,
      'Negative Prompt': baseConfig.negative_prompt,
      Steps: 28,
      Resolution: '640×960',
      'Guidance Scale': 5.5,
      'Base Model': 'fogXL',
      Sampler: 'dpmpp_2m',
      Seed: 77,
      'LoRA 1': 'mist : 0.6',
      'LoRA 2': 'rain : 1',
      'ADM Guidance': '(1.5, 0.8, 0.3)',
    },
    stages: 'txt2img',
    config: { ...baseConfig, prompt: `${loraPrompt} <lora:rain:1>` },
    lossy: ['ADM Guidance'],
  },
  {
    writer: 'RuinedFooocus',
    text: {
      Prompt: baseConfig.prompt,
      Negative: baseConfig.negative_prompt,
      steps: 28,
      cfg: 5.5,
      width: 640,
      height: 960,
      seed: 77,
      sampler_name: 'dpmpp_2m',
      base_model_name: 'fogXL',
      loras: [
        { name: 'mist', weight: 0.6 },
        { weight: 1 },
        ['abc', '0.5 - rain.safetensors'],
        ['abc', 'none'],
      ],
      denoise: 0.5,
      software: 'RuinedFooocus',
    },
    stages: 'img2img',
    config: { ...baseConfig, prompt: `${loraPrompt} <lora:rain:0.5>`, img2img: { denoising_strength: 0.5 } },
  },
  {
    writer: 'NovelAI',
    keyword: 'Comment',
    text: {
      prompt: baseConfig.prompt,
      uc: baseConfig.negative_prompt,
      steps: 28,
      width: 640,
      height: 960,
      scale: 5.5,
      seed: 77,
      sampler: 'k_dpmpp_2m',
      noise_schedule: 'karras',
      strength: 0.7,
      request_type: 'PromptGenerateRequest',
      v4_prompt: { caption: { base_caption: 'x', char_captions: [{ char_caption: 'y' }] } },
      v4_negative_prompt: { caption: { char_captions: [] } },
    },
    stages: 'txt2img',
    config: { ...baseConfig, model: null, scheduler: 'Karras' },
    lossy: ['v4_prompt', 'prompt'],
  },
  {
    writer: 'NovelAI',
    of: 'img2img',
    keyword: 'Comment',
    text: {
      prompt: baseConfig.prompt,
      uc: baseConfig.negative_prompt,
      steps: 28,
      width: 640,
      height: 960,
      scale: 5.5,
      seed: 77,
      sampler: 'k_dpmpp_2m',
      strength: 0.7,
    },
    stages: 'img2img',
    config: { ...baseConfig, model: null, img2img: { denoising_strength: 0.7 } },
    lossy: ['strength', 'prompt'],
  },
  {
    writer: 'Civitai',
    of: 'the meta of its API',
    text: {
      url: 'https://example.org/1.jpeg',
      meta: {
        prompt: baseConfig.prompt,
        negativePrompt: baseConfig.negative_prompt,
        cfgScale: 5.5,
        steps: 28,
        sampler: 'DPM++ 2M Karras',
        seed: 77,
        Size: '640x960',
        Model: 'fogXL',
        clipSkip: 2,
        'Hires upscale': '2',
        'Denoising strength': '0.4',
        resources: [{ type: 'model', name: 'fogXL' }],
        hashes: null,
      },
    },
    stages: 'txt2img',
    config: {
      ...baseConfig,
      scheduler: 'Karras',
      clip_skip: 2,
      hires_enabled: true,
      hires_upscale_factor: 2,
      hires_denoise: 0.4,
    },
  },
  {
    writer: 'Civitai',
    of: 'the extraMetadata of its generator',
    text: {
      'resource-stack': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'urn:air:1' } },
      extraMetadata: JSON.stringify({
        prompt: baseConfig.prompt,
        negativePrompt: baseConfig.negative_prompt,
        cfgScale: 5.5,
        steps: 28,
        sampler: 'DPM++ 2M',
        seed: 77,
        width: 640,
        height: 960,
        Model: 'fogXL',
        workflowId: 'img2img-hires',
      }),
    },
    stages: 'img2img>upscale',
    config: baseConfig,
    lossy: ['resource-stack'],
  },
  {
    writer: 'WebUI request',
    of: 'txt2img',
    text: {
      prompt: baseConfig.prompt,
      negative_prompt: baseConfig.negative_prompt,
      steps: 28,
      sampler_name: 'DPM++ 2M',
      cfg_scale: 5.5,
      seed: 77,
      width: 640,
      height: 960,
      enable_hr: true,
      hr_scale: 1.5,
      hr_upscaler: 'Latent',
      hr_sampler_name: 'euler_ancestral',
      subseed: 9,
      styles: ['ink'],
      tiling: false,
      denoising_strength: 0.45,
      override_settings: { sd_model_checkpoint: 'fogXL [0123abcd]', CLIP_stop_at_last_layers: 2 },
      alwayson_scripts: {
        ADetailer: {
          args: [
            true,
            false,
            { ad_model: 'face_yolov8n.pt', ad_denoising_strength: 0.3 },
            { ad_model: 'None' },
          ],
        },
        controlnet: { args: [{ model: 'canny' }] },
      },
    },
    stages: 'txt2img>adetailer',
    config: {
      ...baseConfig,
      clip_skip: 2,
      hires_enabled: true,
      hires_denoise: 0.45,
      hires_upscale_factor: 1.5,
      hires_sampler_name: 'Euler a',
      backend_options: { webui: { subseed: 9, styles: ['ink'] } },
      adetailer: [{ denoising_strength: 0.3 }],
    },
    lossy: ['alwayson_scripts.controlnet'],
  },
  {
    writer: 'WebUI request',
    of: 'img2img',
    text: {
      init_images: ['aGVsbG8='],
      prompt: baseConfig.prompt,
      negative_prompt: baseConfig.negative_prompt,
      steps: 28,
      sampler_index: 'DPM++ 2M',
      cfg_scale: 5.5,
      seed: 77,
      width: 640,
      height: 960,
      denoising_strength: 0.6,
      mask_blur: 4,
      alwayson_scripts: { ADetailer: { args: [false] } },
    },
    stages: 'img2img',
    config: { ...baseConfig, model: null, img2img: { denoising_strength: 0.6 } },
    lossy: ['init_images'],
  },
  {
    writer: 'ComfyUI',
    of: 'a graph',
    keyword: 'prompt',
    text: {
      '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'fogXL' } },
      '2': { class_type: 'CLIPTextEncode', inputs: { text: baseConfig.prompt, clip: ['1', 1] } },
      '3': { class_type: 'CLIPTextEncode', inputs: { text: baseConfig.negative_prompt, clip: ['1', 1] } },
      '4': { class_type: 'EmptyLatentImage', inputs: { width: 640, height: 960, batch_size: 1 } },
      '5': {
        class_type: 'KSampler',
        inputs: {
          model: ['1', 0],
          positive: ['2', 0],
          negative: ['3', 0],
          latent_image: ['4', 0],
          seed: 77,
          steps: 28,
          cfg: 5.5,
          sampler_name: 'dpmpp_2m',
          scheduler: 'karras',
          denoise: 1,
        },
      },
      '6': { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
      '7': { class_type: 'SaveImage', inputs: { images: ['6', 0], filename_prefix: 'fog' } },
    },
    stages: 'txt2img',
    config: { ...baseConfig, scheduler: 'Karras' },
  },
  {
    writer: 'StableNew',
    text: {
      txt2img: {
        prompt: baseConfig.prompt,
        negative_prompt: baseConfig.negative_prompt,
        steps: 28,
        sampler_name: 'DPM++ 2M',
        cfg_scale: 5.5,
        seed: 77,
        width: 640,
        height: 960,
        model: 'fogXL',
      },
      pipeline: { upscale_enabled: true },
      upscale: { upscaler: '4x-UltraSharp', upscaling_resize: 2 },
    },
    stages: 'txt2img>upscale',
    config: { ...baseConfig, upscale: { upscaler: '4x-UltraSharp', upscale_factor: 2 } },
  },
];

const easyDiffusion: Sample = {
  writer: 'Easy Diffusion',
  text: {
    prompt: baseConfig.prompt,
    negative_prompt: baseConfig.negative_prompt,
    use_stable_diffusion_model: 'fogXL',
    num_inference_steps: 28,
    guidance_scale: 5.5,
    sampler_name: 'dpmpp_2m',
    width: 640,
    height: 960,
    seed: 77,
    clip_skip: true,
    use_upscale: 'RealESRGAN_x4plus',
    upscale_amount: 2,
    vram_usage_level: 'low',
  },
  stages: 'txt2img>upscale',
  config: { ...baseConfig, clip_skip: 2, upscale: { upscaler: 'R-ESRGAN 4x+', upscale_factor: 2 } },
};

const huggingFaceSpace: Sample = {
  writer: 'Hugging Face Space',
  text: {
    prompt: baseConfig.prompt,
    negative_prompt: baseConfig.negative_prompt,
    resolution: '640 x 960',
    guidance_scale: 5.5,
    num_inference_steps: 28,
    seed: 77,
    sampler: 'DPM++ 2M',
    sdxl_style: '(None)',
    use_upscaler: {
      upscale_method: 'nearest-exact',
      upscaler_strength: 0.45,
      upscale_by: 1.5,
      new_resolution: '960 x 1440',
    },
    Model: { Model: 'fogXL', 'Model hash': '0123456789' },
  },
  stages: 'txt2img',
  config: {
    ...baseConfig,
    hires_enabled: true,
    hires_upscale_factor: 1.5,
    hires_upscaler_name: 'Latent (nearest-exact)',
    hires_denoise: 0.45,
  },
};

const tensorArt: Sample = {
  writer: 'Tensor.Art',
  keyword: 'generation_data',
  text: {
    prompt: baseConfig.prompt,
    negativePrompt: baseConfig.negative_prompt,
    steps: 28,
    samplerName: 'DPM++ 2M',
    ksamplerName: 'dpmpp_2m',
    schedule: 'karras',
    cfgScale: 5.5,
    seed: '77',
    width: 640,
    height: 960,
    clipSkip: 2,
    baseModel: { modelFileName: 'fogXL', hash: '0123' },
  },
  stages: 'txt2img',
  config: { ...baseConfig, scheduler: 'Karras', clip_skip: 2 },
};

const drawThings: Sample = {
  writer: 'Draw Things',
  of: 'JSON',
  text: {
    c: baseConfig.prompt,
    uc: baseConfig.negative_prompt,
    steps: 28,
    sampler: 'DPM++ 2M Karras',
    scale: 5.5,
    seed: 77,
    seed_mode: 'Scale Alike',
    size: '640x960',
    model: 'fogXL',
    strength: 0.6,
    lora: [],
    v2: { refinerModel: '', clipSkip: 2, hiresFix: false, sharpness: 3, controls: [], steps: 28 },
  },
  stages: 'img2img',
  config: { ...baseConfig, scheduler: 'Karras', clip_skip: 2, img2img: { denoising_strength: 0.6 } },
  lossy: ['seed_mode', 'v2'],
};

const invokeai2: Sample = {
  writer: 'InvokeAI',
  of: 'before 3.0',
  version: '2.3.5',
  keyword: 'sd-metadata',
  text: {
    model: 'stable diffusion',
    model_weights: 'fogXL',
    app_id: 'invoke-ai/InvokeAI',
    app_version: 'v2.3.5',
    image: {
      type: 'img2img',
      prompt: [{ prompt: 'a lantern in the fog [blurry, lowres]', weight: 1 }],
      steps: 28,
      cfg_scale: 5.5,
      seed: 77,
      width: 640,
      height: 960,
      sampler: 'dpmpp_2',
      strength: 0.6,
      init_image_path: 'fog.png',
      threshold: 0,
      seamless: false,
      postprocessing: [
        { type: 'esrgan', scale: 4, strength: 0.75 },
        { type: 'gfpgan', strength: 0.5 },
        { type: 'outcrop' },
      ],
      variations: [{ seed: 3, weight: 0.2 }],
    },
  },
  stages: 'img2img>upscale',
  config: {
    ...baseConfig,
    prompt: 'a lantern in the fog',
    img2img: { denoising_strength: 0.6 },
    upscale: { upscaler: 'R-ESRGAN 4x+', upscale_factor: 4, gfpgan_visibility: 0.5 },
  },
  lossy: [
    'image.init_image_path',
    'image.threshold',
    'image.postprocessing.0.strength',
    'image.postprocessing.2',
    'image.variations',
  ],
};

const novelaiExif: Sample = {
  writer: 'NovelAI',
  of: 'the one text of a WebP',
  text: {
    Software: 'NovelAI',
    'Generation time': 4.2,
    Description: 'a lantern',
    Comment: JSON.stringify({
      prompt: 'a lantern',
      uc: baseConfig.negative_prompt,
      steps: 28,
      width: 640,
      height: 960,
      scale: 5.5,
      seed: 77,
      sampler: 'k_dpmpp_2m',
      request_type: 'PromptGenerateRequest',
    }),
  },
  stages: 'txt2img',
  config: { ...baseConfig, prompt: 'a lantern', model: null },
};

/** Samples whose prompt stands under a key of its own, so that a test can put any other there. */
export const openSamples: readonly Sample[] = [
  ...infotexts,
  ...jsons,
  easyDiffusion,
  huggingFaceSpace,
  tensorArt,
  drawThings,
];

/** One sample or more of every writer. */
export const samples: readonly Sample[] = [...openSamples, invokeai2, novelaiExif];

/** A sample as people see it in the name of a test. */
export function nameOf({ writer, of }: Sample): string {
  return of === undefined ? writer : `${writer}: ${of}`;
}

/** A sample as the text that its program writes. */
export function textOf({ text }: Sample): string {
  return text instanceof Infotext ? text.toString() : JSON.stringify(text);
}
