import type { JsonObject } from '../../json.ts';
import type { Img2imgExecution } from '../../plan/stage-execution-plan.ts';

type Mask = Img2imgExecution['stage_config']['mask'];

/** By these numbers WebUIs know what stands under a mask. Their own default is another one over the API than on their page. */
const fills = { fill: 0, original: 1, latent_noise: 2, latent_nothing: 3 } as const;

/** The key that a mask is filled in by where the plan does not name it. */
export const unnamedMask = 'mask';

/** The fields of a mask, all of them stated. Without a mask they are left out. */
export function inpainting(mask: Mask): JsonObject {
  if (mask === null) return {};
  return {
    mask: { $image: mask.image ?? unnamedMask },
    mask_blur: mask.blur,
    inpainting_fill: fills[mask.fill],
    inpaint_full_res: mask.only_masked,
    inpaint_full_res_padding: mask.padding,
    inpainting_mask_invert: mask.invert ? 1 : 0,
  };
}
