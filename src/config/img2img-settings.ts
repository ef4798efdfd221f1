import { z } from 'zod';
import { BackendOptions } from './backend-options.ts';
import { GenerationSettings } from './generation-settings.ts';
import { RequestedMask } from './mask-settings.ts';

/** How strongly img2img redraws. */
export const DenoisingStrength = z
  .number()
  .min(0)
  .max(1)
  .describe('How much of the image is redrawn: 0 none, 1 all.');

const { width, height, ...settings } = GenerationSettings.omit({
  batch_size: true,
  n_iter: true,
  clip_skip: true,
}).shape;

/** What img2img does differently from the rest of the run. A field left out is as the run. */
export const Img2imgSettings = z.strictObject({
  denoising_strength: DenoisingStrength.default(0.3),
  ...z.strictObject(settings).partial().shape,
  width: width.describe('Pixels, with height. Without them it works at the size that comes in.').optional(),
  height: height.describe('Pixels, with width. Without them it works at the size that comes in.').optional(),
  mask: RequestedMask.nullable().describe('The part that is redrawn. null: the whole image.').default(null),
  backend_options: BackendOptions.describe('Carried into the img2img stage.').default({}),
});
export type Img2imgSettings = z.output<typeof Img2imgSettings>;
