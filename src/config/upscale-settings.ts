import { z } from 'zod';
import { Name } from './generation-settings.ts';

/**
 * The name of an image upscaler. "None" and the latent modes of hires fix are none.
 *
 * Source: WebUI's `/sdapi/v1/extra-single-image` gives the image back as it was for "None", and 500 for a latent mode.
 */
export const ImageUpscaler = Name.regex(
  /^(?!None$|Latent)/,
  'must be an image upscaler, not "None" or a latent mode',
);

const strength = z.number().min(0).max(1);

/** How the upscale stage enlarges. The factor's bounds are those that every WebUI takes. */
export const UpscaleSettings = z.strictObject({
  upscaler: ImageUpscaler.describe('Image upscaler. Not "None", not a latent mode.'),
  upscale_factor: z.number().min(1).max(8).describe('1 to 8.'),
  gfpgan_visibility: strength.describe('0: no GFPGAN, 1: GFPGAN alone.'),
  codeformer_visibility: strength.describe('0: no CodeFormer, 1: CodeFormer alone.'),
  codeformer_weight: strength.describe('0: strongest effect, 1: weakest.'),
});

export type UpscaleSettings = z.output<typeof UpscaleSettings>;

const { upscaler, upscale_factor, gfpgan_visibility, codeformer_visibility, codeformer_weight } =
  UpscaleSettings.shape;

/** The upscale settings as a run states them: what is left out has a default. */
export const RequestedUpscale = z.strictObject({
  upscaler: upscaler.default('R-ESRGAN 4x+'),
  upscale_factor: upscale_factor.default(2),
  gfpgan_visibility: gfpgan_visibility.default(0),
  codeformer_visibility: codeformer_visibility.default(0),
  codeformer_weight: codeformer_weight.default(0),
});
