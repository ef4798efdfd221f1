import { z } from 'zod';
import { GenerationSettings } from '../../config/generation-settings.ts';
import { hiresFields, type RunConfig, refinerFields } from '../../config/run-config.ts';

/** What every stage carries: that it is on, the stage switches of the run, and the generation settings in force. */
export const stageFields = {
  enabled: z.literal(true),
  adetailer_enabled: z.boolean(),
  img2img_enabled: z.boolean(),
  txt2img_enabled: z.boolean(),
  upscale_enabled: z.boolean(),
  ...GenerationSettings.shape,
};

export const refinerOn = { refiner_enabled: z.literal(true), ...refinerFields };
export const refinerOff = {
  refiner_enabled: z.literal(false),
  refiner_model_name: z.null(),
  refiner_switch_at: z.null(),
};

export const hiresOn = { hires_enabled: z.literal(true), ...hiresFields };
export const hiresOff = {
  hires_enabled: z.literal(false),
  hires_upscale_factor: z.null(),
  hires_upscaler_name: z.null(),
  hires_denoise: z.null(),
  hires_steps: z.null(),
  hires_use_base_model: z.null(),
};

/** The schema of a stage that carries neither pass: what every stage of one's own has. */
export const PassFreeFields = z.strictObject({ ...stageFields, ...refinerOff, ...hiresOff });
export type PassFreeFields = z.output<typeof PassFreeFields>;

export const noRefiner = {
  refiner_enabled: false,
  refiner_model_name: null,
  refiner_switch_at: null,
} as const;

export const noHires = {
  hires_enabled: false,
  hires_upscale_factor: null,
  hires_upscaler_name: null,
  hires_denoise: null,
  hires_steps: null,
  hires_use_base_model: null,
} as const;

/** The fields of both passes, on a stage that carries neither. */
export const noPasses = { ...noRefiner, ...noHires };

/**
 * The fields that every stage of a run shares.
 *
 * Written out, and completed by `Object.assign`, because V8 takes many times longer to spread this many fields.
 */
export function sharedFields<Stage extends string>(stage_type: Stage, run: RunConfig) {
  return {
    stage_type,
    enabled: true as const,
    adetailer_enabled: run.adetailer_enabled,
    img2img_enabled: run.img2img_enabled,
    txt2img_enabled: run.txt2img_enabled,
    upscale_enabled: run.upscale_enabled,
    prompt: run.prompt,
    negative_prompt: run.negative_prompt,
    model: run.model,
    vae: run.vae,
    sampler_name: run.sampler_name,
    scheduler: run.scheduler,
    steps: run.steps,
    cfg_scale: run.cfg_scale,
    width: run.width,
    height: run.height,
    seed: run.seed,
    batch_size: run.batch_size,
    n_iter: run.n_iter,
    clip_skip: run.clip_skip,
  };
}

/** The refiner fields of a stage: the run's where the refiner is among its passes, else none. */
export function refinerOf({ refiner_model_name, refiner_switch_at }: RunConfig, passes: readonly string[]) {
  if (!passes.includes('refiner') || refiner_model_name === null) return noRefiner;
  return { refiner_enabled: true as const, refiner_model_name, refiner_switch_at };
}

/** The hires fields of a stage: the run's where hires fix is among its passes, else none. */
export function hiresOf(run: RunConfig, passes: readonly string[]) {
  if (!passes.includes('hires')) return noHires;
  const { hires_upscale_factor, hires_upscaler_name, hires_denoise, hires_steps, hires_use_base_model } = run;
  return {
    hires_enabled: true as const,
    hires_upscale_factor,
    hires_upscaler_name,
    hires_denoise,
    hires_steps,
    hires_use_base_model,
  };
}
