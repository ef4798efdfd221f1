import * as z from 'zod';
import type { DeepReadonly } from '../readonly.ts';
import { TargetSize } from '../size.ts';
import { BackendOptions } from './backend-options.ts';
import { GenerationSettings } from './generation-settings.ts';
import { DenoisingStrength, RedrawSteps } from './img2img-settings.ts';
import { nameOf, OwnName } from './names.ts';

const { sampler_name, scheduler, cfg_scale, prompt, negative_prompt, model } = GenerationSettings.shape;

/** The diffusion after an enlarging, as a plan has it. */
export const Redraw = z.strictObject({
  denoising_strength: DenoisingStrength,
  steps: RedrawSteps.describe(`${RedrawSteps.description} That of hires fix runs them all.`),
  sampler_name,
  scheduler,
  cfg_scale,
  prompt,
  negative_prompt,
  model,
});
export interface Redraw extends DeepReadonly<z.output<typeof Redraw>> {}

/** The diffusion after an enlarging, as a run states it. null is "as the run". */
export const RequestedRedraw = z.strictObject({
  denoising_strength: DenoisingStrength.default(0.3),
  steps: RedrawSteps.nullable().describe(`${RedrawSteps.description} null: as the run.`).default(null),
  sampler_name: OwnName.nullable().describe('Sampler. null: as the run.').default(null),
  scheduler: OwnName.nullable().describe('Noise schedule. null: as the run.').default(null),
  cfg_scale: cfg_scale.nullable().describe('0 to 100. null: as the run.').default(null),
  prompt: prompt.nullable().describe('What the image shows. null: as the run.').default(null),
  negative_prompt: negative_prompt
    .nullable()
    .describe('What the image avoids. null: as the run.')
    .default(null),
  model: OwnName.nullable().describe('Checkpoint. null: as the run.').default(null),
});

/** An upscaler: an image upscaler, or, where a redraw follows, a latent mode of hires fix. */
const Upscaler = nameOf('an upscaler').describe(
  'Image upscaler, or with a redraw a latent mode. Not "None".',
);

const factor = z.number().min(1).max(8);
const strength = z.number().min(0).max(1);

const faces = {
  gfpgan_visibility: strength.describe('0: no GFPGAN, 1: GFPGAN alone.'),
  codeformer_visibility: strength.describe('0: no CodeFormer, 1: CodeFormer alone.'),
  codeformer_weight: strength.describe('0: strongest effect, 1: weakest.'),
};

/** How the upscale stage enlarges, as a plan has it. The factor's bounds are those that every WebUI takes. */
export const UpscaleSettings = z.strictObject({
  upscaler: Upscaler,
  upscale_factor: factor.nullable().describe('1 to 8. null: resize_to counts.'),
  resize_to: TargetSize.nullable().describe('The exact size. null: by the factor.'),
  ...faces,
  redraw: Redraw.nullable().describe('The diffusion after the enlarging. null: none.'),
});
export type UpscaleSettings = z.output<typeof UpscaleSettings>;

/** The upscale settings as a run states them: what is left out has a default. */
export const RequestedUpscale = z.strictObject({
  upscaler: Upscaler.default('R-ESRGAN 4x+'),
  upscale_factor: factor.describe('1 to 8.').default(2),
  resize_to: TargetSize.nullable()
    .describe(
      'The exact size, in place of the factor: covered, then cropped at the centre. null: by the factor.',
    )
    .default(null),
  gfpgan_visibility: faces.gfpgan_visibility.default(0),
  codeformer_visibility: faces.codeformer_visibility.default(0),
  codeformer_weight: faces.codeformer_weight.default(0),
  redraw: RequestedRedraw.nullable().describe('The diffusion after the enlarging. null: none.').default(null),
  backend_options: BackendOptions.describe('Carried into the upscale stage.').default({}),
});
