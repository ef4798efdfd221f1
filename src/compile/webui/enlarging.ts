import type { JsonObject } from '../../json.ts';
import type { UpscaleExecution } from '../../plan/stage-execution-plan.ts';

/** The fields of an enlarging on the page of extras: by a factor, or to an exact size, covered and cropped at the centre. */
export function enlarging({
  upscaler,
  upscale_factor,
  resize_to,
}: UpscaleExecution['stage_config']): JsonObject {
  if (resize_to === null) return { resize_mode: 0, upscaling_resize: upscale_factor, upscaler_1: upscaler };
  return {
    resize_mode: 1,
    upscaling_resize_w: resize_to.width,
    upscaling_resize_h: resize_to.height,
    upscaling_crop: true,
    upscaler_1: upscaler,
  };
}
