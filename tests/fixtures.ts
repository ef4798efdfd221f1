import { RunConfig, type RunConfigInput } from '../src/index.ts';

/** The names of all switches, as the schema has them. */
export const switchNames: readonly string[] = Object.keys(RunConfig.shape).filter((key) =>
  key.endsWith('_enabled'),
);

/** Every way to set the switches of a run. */
export const everySwitchSet: readonly Readonly<Record<string, boolean>>[] = Array.from(
  { length: 2 ** switchNames.length },
  (_, bits) => Object.fromEntries(switchNames.map((name, index) => [name, ((bits >> index) & 1) === 1])),
);

/** The names of the switches that are on. */
export function on(switches: Readonly<Record<string, unknown>>): string {
  return (
    Object.keys(switches)
      .filter((name) => switches[name] === true)
      .join(' + ') || 'nothing'
  );
}

/** A config with these switches, whose refiner has a model. */
export function configOf(switches: Readonly<Record<string, boolean>>): RunConfigInput {
  return { ...switches, refiner_model_name: 'sd_xl_refiner_1.0.safetensors' };
}

export const refiner = { refiner_enabled: true, refiner_model_name: 'sd_xl_refiner_1.0.safetensors' };

/** Everything on, with settings that differ from every default. */
export const everything: RunConfigInput = {
  run_id: 'everything',
  txt2img_enabled: true,
  img2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  ...refiner,
  refiner_switch_at: 0.7,
  hires_enabled: true,
  hires_upscale_factor: 1.5,
  hires_upscaler_name: '4x-UltraSharp',
  hires_denoise: 0.4,
  hires_steps: 12,
  refiner_pass: 'both',
  hires_sampler_name: 'DPM++ 2M',
  hires_scheduler: 'Simple',
  hires_cfg_scale: 5,
  hires_prompt: 'a lighthouse, fine detail',
  hires_negative_prompt: 'blur',
  hires_model_name: 'sd_xl_detail.safetensors',
  backend_options: { webui: { tiling: true } },
  keep: ['txt2img', 'upscale'],
  prompt: 'a lighthouse',
  negative_prompt: 'people',
  model: 'sd_xl_base_1.0.safetensors',
  vae: 'sdxl_vae.safetensors',
  sampler_name: 'Euler a',
  scheduler: 'Karras',
  steps: 30,
  cfg_scale: 6.5,
  width: 832,
  height: 1216,
  seed: 42,
  batch_size: 2,
  n_iter: 3,
  clip_skip: 2,
  img2img: {
    denoising_strength: 0.25,
    steps: 18,
    mask: { image: 'mask.png', blur: 8, fill: 'latent_noise', only_masked: true, padding: 16, invert: true },
    backend_options: { webui: { styles: ['film'] } },
  },
  upscale: {
    upscaler: 'R-ESRGAN 4x+ Anime6B',
    upscale_factor: 3,
    gfpgan_visibility: 0.1,
    codeformer_visibility: 0.2,
    codeformer_weight: 0.5,
    redraw: { denoising_strength: 0.2, steps: 10, prompt: 'a lighthouse, sharp' },
    backend_options: { comfyui: { '3-upscale': { tile: 512 } } },
  },
  adetailer: [{ model: 'face_yolov8s.pt' }, { model: 'hand_yolov8n.pt', mask_k: 2, restore_face: true }],
  adetailer_backend_options: { webui: { controlnet: { $image: 'pose' } } },
  metadata: { project: 'harbour', nested: { list: [1, null, 'x'] } },
};
