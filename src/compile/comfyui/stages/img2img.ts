import type { Img2imgExecution } from '../../../plan/stage-execution-plan.ts';
import type { Size } from '../../../size.ts';
import { conditioned } from '../checkpoint.ts';
import type { ComfyLink } from '../comfy-prompt.ts';
import type { ComfyContext, ComfyHandler } from '../context.ts';
import { longestSide } from '../enlarge.ts';
import { decoded, encoded, takenImage } from '../pixels.ts';
import { sampleShare } from '../sample.ts';
import { samplingOf } from '../sampling.ts';
import { hiresPass } from './hires-pass.ts';
import { composited, maskOf } from './mask.ts';

/** The most copies of one latent. */
const mostCopies = 64;

/** img2img: the end of a schedule, as long as the one that WebUIs run for the same strength. */
export const img2img: ComfyHandler<Img2imgExecution> = (stage, context) => {
  const { id, stage_config: config } = stage;
  const { n_iter } = config;
  if (n_iter > 1) context.refuse('several_batches', 'n_iter', n_iter);
  const wanted = conditioned(config, { id, field: '', modelField: 'model' }, context);
  const size = workingSize(config, context);
  const pixels = fitted(stage, size, context);
  const mask = config.mask === null ? null : maskOf(id, config, config.mask, context);
  const latent = batched(stage, masked(id, encoded(id, pixels, wanted.vae, context), mask, context), context);
  const sampled = {
    sampling: samplingOf(config, context),
    steps: config.steps,
    cfg: config.cfg_scale,
    latent,
  };
  const samples = sampleShare(id, sampled, wanted, config.denoising_strength, context);
  if (!config.hires_enabled) {
    const redrawn = decoded(id, samples, wanted.vae, context);
    return mask === null ? redrawn : composited(id, pixels, redrawn, mask, config, context);
  }
  return hiresPass(stage, config, { samples, vae: wanted.vae, from: size }, context);
};

function workingSize({ width, height }: Img2imgExecution['stage_config'], { refuse }: ComfyContext): Size {
  if (width === null || height === null) {
    refuse('unknown_size', 'width', null);
    return { width: 0, height: 0 };
  }
  return { width, height };
}

/** The image at the size that is worked at: an encoder would cut off what is no whole block of 8 pixels. */
function fitted(
  { id, input_size }: Img2imgExecution,
  { width, height }: Size,
  context: ComfyContext,
): ComfyLink {
  const taken = takenImage(id, context);
  if (input_size?.width === width && input_size.height === height) return taken;
  if (Math.max(width, height) > longestSide) context.refuse('out_of_range', 'width', Math.max(width, height));
  const inputs = { image: taken, upscale_method: 'lanczos', width, height, crop: 'disabled' };
  return context.graph.add(`${id}-size`, 'ImageScale', inputs, `${id}: the size that is worked at`);
}

/** A latent of which only what is masked is drawn anew. */
function masked(id: string, samples: ComfyLink, mask: ComfyLink | null, { graph }: ComfyContext): ComfyLink {
  if (mask === null) return samples;
  return graph.add(
    `${id}-masked`,
    'SetLatentNoiseMask',
    { samples, mask },
    `${id}: drawn where it is masked`,
  );
}

function batched(
  { id, stage_config: { batch_size: amount } }: Img2imgExecution,
  samples: ComfyLink,
  { graph, refuse }: ComfyContext,
): ComfyLink {
  if (amount === 1) return samples;
  if (amount > mostCopies) refuse('out_of_range', 'batch_size', amount);
  return graph.add(`${id}-batch`, 'RepeatLatentBatch', { samples, amount }, `${id}: a batch`);
}
