import * as z from 'zod';
import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import { JsonObject } from '../json.ts';
import type { DeepReadonly } from '../readonly.ts';
import { stageTypes } from '../sequence/stage-types.ts';
import { Size } from '../size.ts';
import { BackendOptions } from './backend-options.ts';
import { crossProblems } from './cross-problems.ts';
import { RequestedDetector, RequestedDetectors } from './detector.ts';
import { GenerationSettings } from './generation-settings.ts';
import { hiresFields } from './hires-settings.ts';
import { Img2imgSettings } from './img2img-settings.ts';
import { type LikeSections, noLikeSections } from './like-sections.ts';
import { Name } from './names.ts';
import { readQuickly } from './quick-read.ts';
import { refinerFields } from './refiner-settings.ts';
import { RequestedUpscale } from './upscale-settings.ts';

const generation = GenerationSettings.shape;
const stages = z.array(z.enum(stageTypes(canonicalSequence)));

const runConfig = z.strictObject({
  $schema: z.string().describe("This schema's address, for editors.").optional(),
  run_id: z.string().nullable().describe('Carried into the plan.').default(null),
  txt2img_enabled: z.boolean().describe('Generate from a prompt.').default(false),
  img2img_enabled: z.boolean().describe('Redraw the image of txt2img, or an existing one.').default(false),
  upscale_enabled: z.boolean().describe('Enlarge the image.').default(false),
  adetailer_enabled: z.boolean().describe('Find faces and hands, and repaint them.').default(false),
  input_image: Name.nullable()
    .describe('Path, URL or key of an existing image, for a plan that starts from one. Never opened.')
    .default(null),
  input_image_size: Size.nullable()
    .describe('The size of the existing image. null: unknown, and so are the sizes that follow from it.')
    .default(null),
  stage_order: stages
    .describe('The order that the caller expects. It must name exactly the stages that are planned.')
    .optional(),
  keep: stages
    .describe('Planned stages whose images the runner should keep. Those of the last stage are always kept.')
    .default([]),
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
  backend_options: BackendOptions.describe('Carried into the txt2img stage.').default({}),
  refiner_enabled: z.boolean().describe('Let another checkpoint finish the image.').default(false),
  refiner_model_name: refinerFields.refiner_model_name
    .nullable()
    .describe('Required when the refiner is on. Alone it switches nothing on.')
    .default(null),
  refiner_switch_at: refinerFields.refiner_switch_at.default(0.8),
  refiner_pass: refinerFields.refiner_pass.default('first'),
  hires_enabled: z.boolean().describe('Enlarge while generating, and denoise again.').default(false),
  hires_upscale_factor: hiresFields.hires_upscale_factor.default(2),
  hires_resize_to: hiresFields.hires_resize_to.default(null),
  hires_upscaler_name: hiresFields.hires_upscaler_name.default('Latent'),
  hires_denoise: hiresFields.hires_denoise.default(0.3),
  hires_steps: hiresFields.hires_steps.default(null),
  hires_sampler_name: hiresFields.hires_sampler_name.default(null),
  hires_scheduler: hiresFields.hires_scheduler.default(null),
  hires_cfg_scale: hiresFields.hires_cfg_scale.default(null),
  hires_prompt: hiresFields.hires_prompt.default(null),
  hires_negative_prompt: hiresFields.hires_negative_prompt.default(null),
  hires_model_name: hiresFields.hires_model_name.default(null),
  img2img: Img2imgSettings.describe('What img2img does differently from the run.').prefault({}),
  upscale: RequestedUpscale.describe('How the upscale stage enlarges.').prefault({}),
  adetailer: RequestedDetectors.describe('One detector or up to four, one after the other.').prefault({}),
  adetailer_backend_options: BackendOptions.describe('Carried into the ADetailer stage.').default({}),
  metadata: JsonObject.describe('Anything of the caller. Carried into the plan untouched.').default({}),
});

/**
 * What a run asks for: switches and settings of every stage. An unknown key is an error.
 *
 * A switch that is left out is off. Field names are those of the design note PR-089.
 */
export const RunConfig = readQuickly(withCrossFieldRules(runConfig));
export interface RunConfigInput extends DeepReadonly<z.input<typeof runConfig>> {}
export interface RunConfig extends z.output<typeof runConfig> {}

/** The nested objects of a RunConfig, by the key that they stand under, the likelier meaning of a shared name first. */
export const sections: Readonly<Record<string, z.ZodObject>> = {
  img2img: Img2imgSettings,
  adetailer: RequestedDetector,
  upscale: RequestedUpscale,
};

/** A schema of runs whose fields are held against each other too. */
export function withCrossFieldRules<Schema extends z.ZodObject>(
  schema: Schema,
  likes: LikeSections = noLikeSections,
): Schema {
  return schema.superRefine((run, context) => {
    for (const { path, message } of crossProblems(run, likes))
      context.addIssue({ code: 'custom', path: [...path], message, params: { crossField: true } });
  });
}
