import { isLatentMode } from '../../../names/upscalers.ts';
import { changesShape } from '../../../plan/sizes.ts';
import type { UpscaleExecution } from '../../../plan/stage-execution-plan.ts';
import { modelCheck, sizeCheck } from '../checks.ts';
import { enlarging } from '../enlarging.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiContext, WebuiHandler } from '../target.ts';
import type { WebuiDraft } from '../webui-request.ts';
import { workingSize } from '../working-size.ts';
import { generation, redrawOverrides } from './generation.ts';

/** An upscale: the page of extras, then img2img where it is redrawn. By a latent mode img2img does both. */
export const upscale: WebuiHandler<UpscaleExecution> = (stage, context) => {
  const { stage_config: config } = stage;
  if (!isLatentMode(config.upscaler))
    return [extras(stage), ...(config.redraw === null ? [] : [redrawn(stage, config.redraw, 0, context)])];
  if (config.gfpgan_visibility > 0)
    context.refuse('no_face_restoring', 'gfpgan_visibility', config.gfpgan_visibility);
  if (config.codeformer_visibility > 0)
    context.refuse('no_face_restoring', 'codeformer_visibility', config.codeformer_visibility);
  if (config.upscaler !== 'Latent' || config.redraw === null) {
    context.refuse('no_latent_mode', 'upscaler', config.upscaler);
    return [];
  }
  refuseStretching(stage, context);
  return [redrawn(stage, config.redraw, 3, context)];
};

function extras({ stage_config: config, output_size }: UpscaleExecution): WebuiDraft {
  return {
    path: '/sdapi/v1/extra-single-image',
    body: {
      ...enlarging(config),
      gfpgan_visibility: config.gfpgan_visibility,
      codeformer_visibility: config.codeformer_visibility,
      codeformer_weight: config.codeformer_weight,
    },
    checks: [{ code: 'images', count: 1 }, ...sizeCheck(output_size)],
  };
}

/** img2img brings a latent to its size as it is. The plan covers a size of another shape, and crops. */
function refuseStretching(
  { stage_config: { resize_to }, input_size }: UpscaleExecution,
  { refuse }: WebuiContext,
): void {
  if (resize_to === null) return;
  if (input_size === null) refuse('unknown_size', 'input_size', null);
  else if (changesShape(input_size, resize_to)) refuse('other_shape', 'resize_to', { ...resize_to });
}

type Redraw = NonNullable<UpscaleExecution['stage_config']['redraw']>;

/** The samplers that take whole timesteps, of which a model has a thousand. Source: `modules/sd_samplers_timesteps.py`. */
const ofTimesteps: ReadonlySet<string> = new Set(['DDIM', 'DDIM CFG++', 'PLMS', 'UniPC']);

/**
 * Where all steps are run, they are the end of a schedule of steps / strength: a strength of 0 has none, and one of
 * timesteps has a thousand at most. Source: `setup_img2img_steps` of A1111's WebUI.
 */
function refuseLongSchedule(
  { steps, denoising_strength }: Redraw,
  sampler: string,
  { refuse }: WebuiContext,
): void {
  const most = ofTimesteps.has(sampler) ? 1000 : Number.MAX_SAFE_INTEGER;
  if (Math.floor(steps / Math.min(denoising_strength, 0.999)) > most)
    refuse('out_of_range', 'redraw.denoising_strength', denoising_strength);
}

/** The diffusion at the size that the plan says. `resizeMode` 0 stretches pixels, 3 enlarges the latent. */
function redrawn(
  { stage_config: config, output_size }: UpscaleExecution,
  redraw: Redraw,
  resizeMode: 0 | 3,
  context: WebuiContext,
): WebuiDraft {
  const sampling = samplingOf(redraw, context, 'redraw.');
  if (context.byHires) refuseLongSchedule(redraw, sampling.sampler, context);
  return {
    path: '/sdapi/v1/img2img',
    part: 'redraw',
    body: Object.assign(generation(redraw, sampling, context), {
      ...workingSize(output_size, 'output_size', context),
      batch_size: 1,
      n_iter: 1,
      denoising_strength: redraw.denoising_strength,
      resize_mode: resizeMode,
      override_settings: redrawOverrides(redraw.model, config, context.byHires, context),
    }),
    checks: [
      { code: 'images', count: 1 },
      ...sizeCheck(output_size),
      ...modelCheck(redraw.model),
      { code: 'sampler', sampler: sampling.sampler },
    ],
  };
}
