import * as z from 'zod';
import { TargetSize } from '../size.ts';
import { GenerationSettings } from './generation-settings.ts';
import { nameOf, OwnName } from './names.ts';

const { steps, cfg_scale, prompt, negative_prompt } = GenerationSettings.shape;

/** The hires fix fields as a run states them. null is "as the run". */
export const hiresFields = {
  hires_upscale_factor: z.number().min(1).max(4).describe('1 to 4.'),
  hires_resize_to: TargetSize.nullable().describe(
    'The exact size, in place of the factor: covered, then cropped at the centre. null: by the factor.',
  ),
  hires_upscaler_name: nameOf('an upscaler').describe('A latent mode or an image upscaler. Not "None".'),
  hires_denoise: z.number().gt(0).max(1).describe('Denoising strength of the hires pass, over 0, at most 1.'),
  hires_steps: z
    .int()
    .min(0)
    .max(150)
    .nullable()
    .describe('Steps that the hires pass runs, whatever its strength. null or 0: as many as steps.'),
  hires_sampler_name: OwnName.nullable().describe('Sampler of the hires pass. null: as the run.'),
  hires_scheduler: OwnName.nullable().describe('Noise schedule of the hires pass. null: as the run.'),
  hires_cfg_scale: cfg_scale.nullable().describe('0 to 100. null: as the run.'),
  hires_prompt: prompt.nullable().describe('What the hires pass shows. null: as the run.'),
  hires_negative_prompt: negative_prompt.nullable().describe('What the hires pass avoids. null: as the run.'),
  hires_model_name: OwnName.nullable().describe('Checkpoint of the hires pass. null: as the run.'),
};

/** The hires fix fields as a plan has them: what the run leaves open is filled in. */
export const resolvedHiresFields = {
  ...hiresFields,
  hires_upscale_factor: hiresFields.hires_upscale_factor
    .nullable()
    .describe('1 to 4. null: hires_resize_to counts.'),
  hires_steps: steps.describe('Steps that the hires pass runs, whatever its strength, 1 to 150.'),
  hires_sampler_name: OwnName.describe('Sampler of the hires pass.'),
  hires_scheduler: OwnName.describe('Noise schedule of the hires pass.'),
  hires_cfg_scale: cfg_scale.describe('0 to 100.'),
  hires_prompt: prompt.describe('What the hires pass shows.'),
  hires_negative_prompt: negative_prompt.describe('What the hires pass avoids.'),
  hires_model_name: OwnName.nullable().describe(
    'Checkpoint of the hires pass. null: the one of the first pass.',
  ),
};
