import type { Size } from '../../size.ts';
import type { ComfyLink } from './comfy-prompt.ts';
import type { ComfyContext } from './context.ts';
import { imageMethod, latentMethod, upscaleModel } from './tables/upscalers.ts';

/** The largest side that ComfyUI scales to. */
export const longestSide = 16_384;

/** An enlarging: from one size to another, covered and cropped at the centre where the shape is another. */
export interface Enlarging {
  /** What stands before the ids of its nodes. */
  readonly id: string;
  /** The field that names the upscaler. */
  readonly field: string;
  readonly upscaler: string;
  readonly from: Size | null;
  readonly to: Size | null;
  readonly crop: boolean;
}

/** The nodes that enlarge a picture: the model as often as it takes, then the exact size. */
export function enlargedImage(image: ComfyLink, wanted: Enlarging, context: ComfyContext): ComfyLink {
  const { graph, models, refuse } = context;
  const { upscaler, id, field } = wanted;
  const method = imageMethod(upscaler);
  if (method !== undefined) return scaled(image, method, wanted, context);
  const model = upscaleModel(upscaler, models.upscalers ?? {});
  if (model === undefined) {
    refuse('no_upscaler', field, upscaler);
    return image;
  }
  const upscale_model = graph.share('upscaler', 'UpscaleModelLoader', { model_name: model.file }, model.file);
  let enlarged = image;
  const passes = passesOf(model.scale, wanted, context);
  for (let pass = 1; pass <= passes; pass += 1) {
    enlarged = graph.add(
      `${id}-enlarge-${pass}`,
      'ImageUpscaleWithModel',
      { upscale_model, image: enlarged },
      `${id}: enlarge by ${model.file}`,
    );
  }
  return scaled(enlarged, 'lanczos', wanted, context);
}

/** The node that enlarges a latent, or undefined where the mode has no equal. */
export function enlargedLatent(samples: ComfyLink, wanted: Enlarging, context: ComfyContext): ComfyLink {
  const { upscaler, id, field } = wanted;
  const upscale_method = latentMethod(upscaler);
  if (upscale_method === undefined) {
    context.refuse('no_latent_mode', field, upscaler);
    return samples;
  }
  return context.graph.add(
    `${id}-enlarge`,
    'LatentUpscale',
    { samples, upscale_method, ...sizeOf(wanted, context), crop: cropOf(wanted) },
    `${id}: enlarge the latent`,
  );
}

function scaled(image: ComfyLink, upscale_method: string, wanted: Enlarging, context: ComfyContext) {
  return context.graph.add(
    `${wanted.id}-size`,
    'ImageScale',
    { image, upscale_method, ...sizeOf(wanted, context), crop: cropOf(wanted) },
    `${wanted.id}: the exact size`,
  );
}

function cropOf({ crop }: Enlarging): string {
  return crop ? 'center' : 'disabled';
}

function sizeOf({ to }: Enlarging, { refuse }: ComfyContext): Size {
  if (to === null) {
    refuse('unknown_size', 'output_size', null);
    return { width: 0, height: 0 };
  }
  if (Math.max(to.width, to.height) > longestSide) refuse('out_of_range', 'output_size', { ...to });
  return to;
}

const mostPasses = 3;

/** How often a model runs until both sides are reached, as in `modules/upscaler.py` of the WebUI: at least once. */
function passesOf(scale: number, { from, to }: Enlarging, { refuse }: ComfyContext): number {
  if (to === null) return 1;
  if (from === null) {
    refuse('unknown_size', 'input_size', null);
    return 1;
  }
  const reached = (passes: number) =>
    from.width * scale ** passes >= to.width && from.height * scale ** passes >= to.height;
  let passes = 1;
  while (scale > 1 && passes < mostPasses && !reached(passes)) passes += 1;
  return passes;
}
