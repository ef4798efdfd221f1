import { z } from 'zod';
import { GenerationSettings } from './generation-settings.ts';

/** How strongly img2img redraws. */
export const DenoisingStrength = z
  .number()
  .min(0)
  .max(1)
  .describe('How much of the image is redrawn: 0 none, 1 all.');

/** What img2img does differently from the rest of the run. A field left out, or null, is as the run. */
export const Img2imgSettings = z.strictObject({
  denoising_strength: DenoisingStrength.default(0.3),
  ...GenerationSettings.omit({ batch_size: true, n_iter: true, clip_skip: true }).partial().shape,
});
export type Img2imgSettings = z.output<typeof Img2imgSettings>;
