import type { JsonObject } from '../../../json.ts';
import { isLatentMode } from '../../../names/upscalers.ts';
import { changesShape, workingSize } from '../../../plan/sizes.ts';
import type { Img2imgExecution, Txt2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { samplingOf } from '../sampling.ts';
import { sdnextUpscaler } from '../tables/upscalers.ts';
import type { WebuiContext } from '../target.ts';

type Config = (Txt2imgExecution | Img2imgExecution)['stage_config'];

/**
 * The fields of a second pass. Its resize mode is stated, since the server's own enlarges nothing, and so is its
 * diffusion, which an image upscaler would go without. Source: `modules/processing_diffusers.py` of SD.Next.
 */
export function hires(config: Config, context: WebuiContext): JsonObject {
  if (!config.hires_enabled) return {};
  refuseOthers(config, context);
  const { hires_sampler_name: sampler_name, hires_scheduler: scheduler, hires_resize_to: exact } = config;
  const latent = isLatentMode(config.hires_upscaler_name);
  const worked = workingSize(config);
  if (latent && exact !== null && worked !== null && changesShape(worked, exact))
    context.refuse('other_shape', 'hires_resize_to', { ...exact });
  return {
    enable_hr: true,
    hr_resize_mode: latent || exact === null ? resizeModes.stretch : resizeModes.cover,
    ...(exact === null
      ? { hr_scale: config.hires_upscale_factor }
      : { hr_resize_x: exact.width, hr_resize_y: exact.height }),
    hr_upscaler: sdnextUpscaler(config.hires_upscaler_name),
    hr_force: !latent,
    hr_second_pass_steps: config.hires_steps,
    hr_denoising_strength: config.hires_denoise,
    hr_sampler_name: samplingOf({ sampler_name, scheduler }, context, 'hires_').sampler,
  };
}

/** Source: `modules/image/resize.py`. A latent is stretched, whatever the mode. */
const resizeModes = { stretch: 1, cover: 2 } as const;

const shared = [
  ['hires_scheduler', 'scheduler'],
  ['hires_cfg_scale', 'cfg_scale'],
  ['hires_prompt', 'prompt'],
  ['hires_negative_prompt', 'negative_prompt'],
  ['hires_model_name', 'model'],
] as const;

function refuseOthers(config: Extract<Config, { hires_enabled: true }>, { refuse }: WebuiContext): void {
  for (const [field, first] of shared) {
    if (config[field] !== null && config[field] !== config[first])
      refuse('same_in_both_passes', field, config[field]);
  }
}
