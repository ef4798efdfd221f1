import { isLatentMode } from '../../../names/upscalers.ts';
import type { Img2imgExecution, Txt2imgExecution } from '../../../plan/stage-execution-plan.ts';
import type { Size } from '../../../size.ts';
import { conditioned } from '../checkpoint.ts';
import type { ComfyLink } from '../comfy-prompt.ts';
import type { ComfyContext } from '../context.ts';
import { enlargedImage, enlargedLatent } from '../enlarge.ts';
import { decoded, encoded } from '../pixels.ts';
import { sample, sampleRefined } from '../sample.ts';
import { samplingOf } from '../sampling.ts';
import { refinerOf } from './refiner.ts';

type Stage = Txt2imgExecution | Img2imgExecution;
type HiresConfig = Extract<Stage['stage_config'], { readonly hires_enabled: true }>;

/** What the first pass left. */
interface FirstPass {
  readonly samples: ComfyLink;
  readonly vae: ComfyLink;
  readonly from: Size;
}

/** Hires fix: an enlarging to the planned size, and a second pass over it, which the refiner may finish. */
export function hiresPass(
  { id: stageId, output_size }: Stage,
  config: HiresConfig,
  { samples, vae, from }: FirstPass,
  context: ComfyContext,
): ComfyLink {
  const id = `${stageId}-hires`;
  const prompts = { prompt: config.hires_prompt, negative_prompt: config.hires_negative_prompt };
  const wanted = {
    ...prompts,
    model: config.hires_model_name ?? config.model,
    vae: config.vae,
    clip_skip: config.clip_skip,
  };
  const second = conditioned(wanted, { id, field: 'hires_', modelField: 'hires_model_name' }, context);
  const upscaler = config.hires_upscaler_name;
  const enlarging = {
    id,
    field: 'hires_upscaler_name',
    upscaler,
    from,
    to: output_size,
    crop: config.hires_resize_to !== null,
  };
  const latent = isLatentMode(upscaler)
    ? enlargedLatent(samples, enlarging, context)
    : encoded(
        id,
        enlargedImage(decoded(stageId, samples, vae, context), enlarging, context),
        second.vae,
        context,
      );
  const names = { sampler_name: config.hires_sampler_name, scheduler: config.hires_scheduler };
  const sampled = {
    sampling: samplingOf(names, context, 'hires_'),
    steps: config.hires_steps,
    cfg: config.hires_cfg_scale,
    latent,
  };
  const strength = { denoise: config.hires_denoise, field: 'hires_denoise' };
  const refines = config.refiner_enabled && config.refiner_pass !== 'first';
  const done = refines
    ? sampleRefined(
        id,
        sampled,
        second,
        refinerOf(`${id}-refiner`, config, prompts, context),
        config.refiner_switch_at,
        strength,
        context,
      )
    : sample(id, sampled, second, strength, context);
  return decoded(id, done, second.vae, context);
}
