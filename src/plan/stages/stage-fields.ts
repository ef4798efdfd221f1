import * as z from 'zod';
import { BackendOptions } from '../../config/backend-options.ts';
import { GenerationSettings } from '../../config/generation-settings.ts';
import { resolvedHiresFields } from '../../config/hires-settings.ts';
import { refinerFields } from '../../config/refiner-settings.ts';
import type { RunConfig, RunConfigInput } from '../../config/run-config.ts';
import { frozenCopy } from '../../json.ts';
import type { DeepReadonly } from '../../readonly.ts';
import type { Size } from '../../size.ts';

/** What of a stage follows from its place in the plan. */
export interface StageContext {
  /** The passes that the walk takes inside the stage. */
  readonly passes: readonly string[];
  /** Whether a pass needs the stage, its own switch being off. */
  readonly opened: boolean;
  /** Whether no earlier stage gives it its images: it starts the plan, or makes images of nothing. */
  readonly starts: boolean;
  /** Whether it makes images of nothing. */
  readonly generates: boolean;
  /** The size of the image that it takes. null: unknown, or it takes none. */
  readonly incoming: Size | null;
  /** The size at which the run's first pass works; where nothing is generated before it, the run's own. */
  readonly firstPass: Size;
}

const { width: _width, height: _height, ...settings } = GenerationSettings.shape;

/** What every stage carries: that it is on, the stage switches of the run, and the settings in force. */
export const stageFields = {
  enabled: z.literal(true).describe('A stage of a plan is always on.'),
  adetailer_enabled: z.boolean().describe('Whether the run asks for ADetailer.'),
  img2img_enabled: z.boolean().describe('Whether the run asks for img2img.'),
  txt2img_enabled: z.boolean().describe('Whether the run asks for txt2img.'),
  upscale_enabled: z.boolean().describe('Whether the run asks for an upscale.'),
  ...settings,
  seed: settings.seed.nullable().describe('-1: random. null: the seed of the image that the stage takes.'),
  backend_options: BackendOptions.describe('What a backend should get besides. {}: nothing.'),
};

const withoutRefiner = z.null().describe('null: no refiner works in this stage.');
const withoutHires = z.null().describe('null: no hires fix works in this stage.');

export const refinerOn = {
  refiner_enabled: z.literal(true).describe('The refiner works in this stage.'),
  ...refinerFields,
};
export const refinerOff = {
  refiner_enabled: z.literal(false).describe('No refiner works in this stage.'),
  refiner_model_name: withoutRefiner,
  refiner_switch_at: withoutRefiner,
  refiner_pass: withoutRefiner,
};

export const hiresOn = {
  hires_enabled: z.literal(true).describe('Hires fix works in this stage.'),
  ...resolvedHiresFields,
};
export const hiresOff = {
  hires_enabled: z.literal(false).describe('No hires fix works in this stage.'),
  hires_upscale_factor: withoutHires,
  hires_resize_to: withoutHires,
  hires_upscaler_name: withoutHires,
  hires_denoise: withoutHires,
  hires_steps: withoutHires,
  hires_sampler_name: withoutHires,
  hires_scheduler: withoutHires,
  hires_cfg_scale: withoutHires,
  hires_prompt: withoutHires,
  hires_negative_prompt: withoutHires,
  hires_model_name: withoutHires,
};

/** The refiner of a stage that it works in. */
export interface RefinerOn extends DeepReadonly<z.output<z.ZodObject<typeof refinerOn>>> {}
/** The refiner of a stage that it does not work in. */
export interface RefinerOff extends DeepReadonly<z.output<z.ZodObject<typeof refinerOff>>> {}
/** Hires fix in a stage that it works in. */
export interface HiresOn extends DeepReadonly<z.output<z.ZodObject<typeof hiresOn>>> {}
/** Hires fix in a stage that it does not work in. */
export interface HiresOff extends DeepReadonly<z.output<z.ZodObject<typeof hiresOff>>> {}

/** The schema of a stage that carries neither pass: what every stage of one's own has. */
export const PassFreeFields = z.strictObject({ ...stageFields, ...refinerOff, ...hiresOff });
export interface PassFreeFields extends DeepReadonly<z.output<typeof PassFreeFields>> {}

export const noRefiner = {
  refiner_enabled: false,
  refiner_model_name: null,
  refiner_switch_at: null,
  refiner_pass: null,
} as const;

export const noHires = {
  hires_enabled: false,
  hires_upscale_factor: null,
  hires_resize_to: null,
  hires_upscaler_name: null,
  hires_denoise: null,
  hires_steps: null,
  hires_sampler_name: null,
  hires_scheduler: null,
  hires_cfg_scale: null,
  hires_prompt: null,
  hires_negative_prompt: null,
  hires_model_name: null,
} as const;

/** The fields of both passes, on a stage that carries neither. */
export const noPasses = { ...noRefiner, ...noHires };

/**
 * The fields that every stage of a run shares. The batch is made by the stage that starts the plan; every later one runs
 * once for each image, with that image's seed.
 *
 * Written out, and completed by `Object.assign`, because V8 takes many times longer to spread this many fields.
 */
export function sharedFields<Stage extends string>(
  stage_type: Stage,
  run: RunConfig,
  { starts }: StageContext,
  backend_options: BackendOptions,
) {
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
    seed: starts ? run.seed : null,
    batch_size: 1,
    n_iter: 1,
    clip_skip: run.clip_skip,
    backend_options: frozenOptions(backend_options),
  };
}

/** The batch of a generation: the run's where it starts the plan, else the one image that every stage makes of one. */
export function batchOf(run: RunConfig, { starts }: Pick<StageContext, 'starts'>) {
  return starts ? { batch_size: run.batch_size, n_iter: run.n_iter } : {};
}

/** The refiner fields of a stage: the run's where the refiner is among its passes, else none. */
export function refinerOf(run: RunConfig, { passes }: StageContext) {
  const { refiner_model_name, refiner_switch_at, refiner_pass } = run;
  if (!passes.includes('refiner') || refiner_model_name === null) return noRefiner;
  return {
    refiner_enabled: true as const,
    refiner_model_name,
    refiner_switch_at,
    refiner_pass: passes.includes('hires') ? refiner_pass : ('first' as const),
  };
}

/** The hires fields of a stage: the run's where hires fix is among its passes, else none. */
export function hiresOf(run: RunConfig, { passes }: StageContext) {
  if (!passes.includes('hires')) return noHires;
  return {
    hires_enabled: true as const,
    hires_upscale_factor: run.hires_resize_to === null ? run.hires_upscale_factor : null,
    hires_resize_to: frozenSize(run.hires_resize_to),
    hires_upscaler_name: run.hires_upscaler_name,
    hires_denoise: run.hires_denoise,
    hires_steps: run.hires_steps || run.steps,
    hires_sampler_name: run.hires_sampler_name ?? run.sampler_name,
    hires_scheduler: run.hires_scheduler ?? run.scheduler,
    hires_cfg_scale: run.hires_cfg_scale ?? run.cfg_scale,
    hires_prompt: run.hires_prompt ?? run.prompt,
    hires_negative_prompt: run.hires_negative_prompt ?? run.negative_prompt,
    hires_model_name: run.hires_model_name ?? run.model,
  };
}

const noOptions = Object.freeze({});

/** A frozen copy of backend options: what the caller gave stays as it is. */
function frozenOptions({ webui, comfyui }: BackendOptions): BackendOptions {
  if (webui === undefined && comfyui === undefined) return noOptions;
  return Object.freeze({
    ...(webui !== undefined && { webui: frozenCopy(webui) }),
    ...(comfyui !== undefined && { comfyui: frozenCopy(comfyui) }),
  });
}

/** A copy of a size that nobody changes. */
export function frozenSize(size: Size | null): Size | null {
  return size === null ? null : Object.freeze({ width: size.width, height: size.height });
}

/** What a run has to state for a stage to carry these hires fields. */
export function runOfHires(config: HiresOn | HiresOff): RunConfigInput {
  if (!config.hires_enabled) return {};
  return {
    ...(config.hires_upscale_factor !== null && { hires_upscale_factor: config.hires_upscale_factor }),
    hires_resize_to: config.hires_resize_to,
    hires_upscaler_name: config.hires_upscaler_name,
    hires_denoise: config.hires_denoise,
    hires_steps: config.hires_steps,
    hires_sampler_name: config.hires_sampler_name,
    hires_scheduler: config.hires_scheduler,
    hires_cfg_scale: config.hires_cfg_scale,
    hires_prompt: config.hires_prompt,
    hires_negative_prompt: config.hires_negative_prompt,
    hires_model_name: config.hires_model_name,
  };
}
