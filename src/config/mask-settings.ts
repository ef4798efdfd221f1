import * as z from 'zod';
import { Name } from './names.ts';

/**
 * The part of an image that img2img redraws.
 *
 * Source of bounds and defaults: the inpainting page of A1111's WebUI.
 */
const Mask = z.strictObject({
  image: Name.nullable().describe(
    'Path, URL or key of the mask, white where it is redrawn. null: the runner brings it. Never opened.',
  ),
  blur: z.int().min(0).max(64).describe('Pixels that the edge of the mask is softened by, 0 to 64.'),
  fill: z
    .enum(['fill', 'original', 'latent_noise', 'latent_nothing'])
    .describe('What stands under the mask before it is redrawn.'),
  only_masked: z
    .boolean()
    .describe(
      'Redraw the masked part alone, at the size of the stage, and paste it back: the picture keeps its size.',
    ),
  padding: z.int().min(0).max(256).describe('Pixels around the masked part that are seen, 0 to 256.'),
  invert: z.boolean().describe('Redraw what is not masked.'),
});

/** A mask as a plan has it. */
export const MaskSettings = Mask;

const { shape } = Mask;

/** A mask as a run states it: what is left out has a default. */
export const RequestedMask = z.strictObject({
  image: shape.image.default(null),
  blur: shape.blur.default(4),
  fill: shape.fill.default('original'),
  only_masked: shape.only_masked.default(false),
  padding: shape.padding.default(32),
  invert: shape.invert.default(false),
});
