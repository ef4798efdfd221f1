import { z } from 'zod';
import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import { isPlainObject, JsonObject } from '../json.ts';
import type { DeepReadonly } from '../readonly.ts';
import { stageTypes } from '../sequence/stage-types.ts';
import { RequestedDetector, RequestedDetectors } from './detector.ts';
import { GenerationSettings, Name } from './generation-settings.ts';
import { Img2imgSettings } from './img2img-settings.ts';
import { RequestedUpscale } from './upscale-settings.ts';

const generation = GenerationSettings.shape;

/** The refiner's fields as they are when it is on. Source of the bounds: at 0 the base never denoises, at 1 the refiner never does. */
export const refinerFields = {
  refiner_model_name: Name,
  refiner_switch_at: z
    .number()
    .gt(0)
    .lt(1)
    .describe('The fraction of steps done when the refiner takes over, between 0 and 1.'),
};

/** The hires fix fields as they are when it is on. */
export const hiresFields = {
  hires_upscale_factor: z.number().min(1).max(4).describe('1 to 4.'),
  hires_upscaler_name: Name.describe('A latent mode or an image upscaler.'),
  hires_denoise: z.number().gt(0).max(1).describe('Denoising strength of the hires pass, over 0, at most 1.'),
  hires_steps: z.int().min(0).max(150).nullable().describe('Steps of the hires pass. null or 0: as steps.'),
  hires_use_base_model: z
    .boolean()
    .describe('The hires pass stays on the base model although a refiner is on.'),
};

/** What a run that {@link lacksRefinerModel} is told. */
export const refinerModelRequired = 'is required when refiner_enabled is true';

/**
 * What a run asks for: switches and settings of every stage. An unknown key is an error.
 *
 * A switch that is left out is off. Field names are the seed's.
 */
export const RunConfig = withCrossFieldRules(
  z.strictObject({
    $schema: z.string().describe("This schema's address, for editors.").optional(),
    run_id: z.string().nullable().describe('Carried into the plan.').default(null),
    txt2img_enabled: z.boolean().default(false),
    img2img_enabled: z.boolean().default(false),
    upscale_enabled: z.boolean().default(false),
    adetailer_enabled: z.boolean().default(false),
    input_image: z
      .string()
      .nullable()
      .describe('Path, URL or key of an existing image, for a plan that starts from one. Never opened.')
      .default(null),
    stage_order: z
      .array(z.enum(stageTypes(canonicalSequence)))
      .describe('The order that the caller expects. It must name exactly the enabled stages.')
      .optional(),
    prompt: generation.prompt.default(''),
    negative_prompt: generation.negative_prompt.default(''),
    model: generation.model.default(null),
    vae: generation.vae.default(null),
    sampler_name: generation.sampler_name.default('DPM++ 2M'),
    scheduler: generation.scheduler.default('Automatic'),
    steps: generation.steps.default(20),
    cfg_scale: generation.cfg_scale.default(7),
    width: generation.width.default(512),
    height: generation.height.default(512),
    seed: generation.seed.default(-1),
    batch_size: generation.batch_size.default(1),
    n_iter: generation.n_iter.default(1),
    clip_skip: generation.clip_skip.default(1),
    refiner_enabled: z.boolean().default(false),
    refiner_model_name: refinerFields.refiner_model_name
      .nullable()
      .describe('Required when the refiner is on. Alone it switches nothing on.')
      .default(null),
    refiner_switch_at: refinerFields.refiner_switch_at.default(0.8),
    hires_enabled: z.boolean().default(false),
    hires_upscale_factor: hiresFields.hires_upscale_factor.default(2),
    hires_upscaler_name: hiresFields.hires_upscaler_name.default('Latent'),
    hires_denoise: hiresFields.hires_denoise.default(0.3),
    hires_steps: hiresFields.hires_steps.default(null),
    hires_use_base_model: hiresFields.hires_use_base_model.default(true),
    img2img: Img2imgSettings.prefault({}),
    upscale: RequestedUpscale.prefault({}),
    adetailer: RequestedDetectors.prefault({}),
    metadata: JsonObject.describe('Anything of the caller. Carried into the plan untouched.').default({}),
  }),
);
export type RunConfigInput = DeepReadonly<z.input<typeof RunConfig>>;
export type RunConfig = z.output<typeof RunConfig>;

/** The nested objects of a RunConfig, by the key that they stand under, the likelier meaning of a shared name first. */
export const sections: Readonly<Record<string, z.ZodObject>> = {
  img2img: Img2imgSettings,
  adetailer: RequestedDetector,
  upscale: RequestedUpscale,
};

/** Tells whether a run switches the refiner on without naming its model. A model name alone switches nothing on. */
export function lacksRefinerModel(run: unknown): boolean {
  return isPlainObject(run) && run.refiner_enabled === true && (run.refiner_model_name ?? null) === null;
}

/** The schema of a run with the rules that no field of it can keep by itself. */
export function withCrossFieldRules<Schema extends z.ZodObject>(schema: Schema): Schema {
  return schema.refine((run) => !lacksRefinerModel(run), {
    path: ['refiner_model_name'],
    error: refinerModelRequired,
    params: { crossField: true },
  });
}
