import { isLatentMode } from '../../../names/upscalers.ts';
import { floored } from '../../../plan/sizes.ts';
import type { UpscaleExecution } from '../../../plan/stage-execution-plan.ts';
import { type Conditioned, conditioned } from '../checkpoint.ts';
import type { ComfyLink } from '../comfy-prompt.ts';
import type { ComfyContext, ComfyHandler } from '../context.ts';
import { enlargedImage, enlargedLatent } from '../enlarge.ts';
import { decoded, encoded, takenImage } from '../pixels.ts';
import { sample, sampleShare } from '../sample.ts';
import { samplingOf } from '../sampling.ts';

/** An upscale: pixels by a model or a filter, with a redraw behind it where one is planned. */
export const upscale: ComfyHandler<UpscaleExecution> = (stage, context) => {
  const { id, stage_config: config, input_size: from, output_size: to } = stage;
  const { upscaler, redraw } = config;
  refuseFaces(config, context);
  const image = takenImage(id, context);
  const enlarging = { id, field: 'upscaler', upscaler, from, to, crop: config.resize_to !== null };
  if (redraw === null) {
    if (!isLatentMode(upscaler)) return enlargedImage(image, enlarging, context);
    context.refuse('no_latent_mode', 'upscaler', upscaler);
    return image;
  }
  const wanted = conditioned(
    { ...redraw, vae: config.vae, clip_skip: config.clip_skip },
    { id, field: 'redraw.', modelField: 'redraw.model' },
    context,
  );
  const latent = isLatentMode(upscaler)
    ? enlargedLatent(encoded(id, inBlocks(stage, image, context), wanted.vae, context), enlarging, context)
    : encoded(id, enlargedImage(image, enlarging, context), wanted.vae, context);
  return redrawn(id, redraw, latent, wanted, context);
};

/** The picture in whole blocks of 8 pixels: an encoder would cut off the rest. */
function inBlocks({ id, input_size: size }: UpscaleExecution, image: ComfyLink, context: ComfyContext) {
  if (size === null) {
    context.refuse('unknown_size', 'input_size', null);
    return image;
  }
  const { width, height } = floored(size);
  if (width === size.width && height === size.height) return image;
  const inputs = { image, upscale_method: 'lanczos', width, height, crop: 'disabled' };
  return context.graph.add(`${id}-blocks`, 'ImageScale', inputs, `${id}: whole blocks of 8 pixels`);
}

type Redraw = NonNullable<UpscaleExecution['stage_config']['redraw']>;

/** The redraw of hires fix runs exactly its steps, any other the share that img2img runs. */
function redrawn(id: string, redraw: Redraw, latent: ComfyLink, wanted: Conditioned, context: ComfyContext) {
  const sampled = {
    sampling: samplingOf(redraw, context, 'redraw.'),
    steps: redraw.steps,
    cfg: redraw.cfg_scale,
    latent,
  };
  const { denoising_strength: denoise } = redraw;
  const samples = context.byHires
    ? sample(id, sampled, wanted, { denoise, field: 'redraw.denoising_strength' }, context)
    : sampleShare(id, sampled, wanted, denoise, context);
  return decoded(id, samples, wanted.vae, context);
}

function refuseFaces(
  { gfpgan_visibility, codeformer_visibility }: UpscaleExecution['stage_config'],
  { refuse }: ComfyContext,
): void {
  if (gfpgan_visibility > 0) refuse('no_face_restoring', 'gfpgan_visibility', gfpgan_visibility);
  if (codeformer_visibility > 0) refuse('no_face_restoring', 'codeformer_visibility', codeformer_visibility);
}
