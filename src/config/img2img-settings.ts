import * as z from 'zod';
import { BackendOptions } from './backend-options.ts';
import { GenerationSettings } from './generation-settings.ts';
import { RequestedMask } from './mask-settings.ts';

/** How strongly img2img redraws. */
export const DenoisingStrength = z
  .number()
  .min(0)
  .max(1)
  .describe('How much of the image is redrawn: 0 none, 1 all.');

/**
 * The steps of a redraw. Source: `setup_img2img_steps` of A1111's WebUI, whose option `img2img_fix_steps` is off by
 * default.
 */
export const RedrawSteps = GenerationSettings.shape.steps.describe(
  'Sampling steps, 1 to 150. A redraw runs int(min(denoising_strength, 0.999) * N) + 1 of N.',
);

/** The seed of img2img, which makes a batch only where it starts a plan. */
export const RedrawSeed = GenerationSettings.shape.seed.describe(
  '-1: random. Where it starts the plan, image i of a batch has this seed + i; later every image has it.',
);

const { width, height, ...settings } = GenerationSettings.omit({
  batch_size: true,
  n_iter: true,
  clip_skip: true,
}).shape;

/** What img2img does differently from the rest of the run. A field left out is as the run. */
export const Img2imgSettings = z.strictObject({
  denoising_strength: DenoisingStrength.default(0.3),
  ...z.strictObject({ ...settings, steps: RedrawSteps, seed: RedrawSeed }).partial().shape,
  width: width.describe('Pixels, with height. Without them it works at the size that comes in.').optional(),
  height: height.describe('Pixels, with width. Without them it works at the size that comes in.').optional(),
  mask: RequestedMask.nullable().describe('The part that is redrawn. null: the whole image.').default(null),
  backend_options: BackendOptions.describe('Carried into the img2img stage.').default({}),
});
export type Img2imgSettings = z.output<typeof Img2imgSettings>;
