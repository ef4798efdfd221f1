import { isLatentMode } from '../../../names/upscalers.ts';
import type { UpscaleExecution } from '../../../plan/stage-execution-plan.ts';
import { shownChecks, sizeCheck } from '../checks.ts';
import { enlarging } from '../enlarging.ts';
import { samplingOf } from '../sampling.ts';
import { sdnextUpscaler } from '../tables/upscalers.ts';
import type { WebuiContext, WebuiHandler } from '../target.ts';
import type { WebuiDraft } from '../webui-request.ts';
import { workingSize } from '../working-size.ts';
import { generation } from './generation.ts';
import { stepsWarnings } from './steps-warnings.ts';

/** An upscale: the page of extras, which restores no faces, then img2img where it is redrawn. */
export const upscale: WebuiHandler<UpscaleExecution> = (stage, context) => {
  const { stage_config: config, output_size } = stage;
  const { upscaler, gfpgan_visibility, codeformer_visibility, redraw } = config;
  if (gfpgan_visibility > 0) context.refuse('no_face_restoring', 'gfpgan_visibility', gfpgan_visibility);
  if (codeformer_visibility > 0)
    context.refuse('no_face_restoring', 'codeformer_visibility', codeformer_visibility);
  if (isLatentMode(upscaler)) context.refuse('no_latent_mode', 'upscaler', upscaler);
  const extras: WebuiDraft = {
    path: '/sdapi/v1/extra-single-image',
    body: { ...enlarging(config), upscaler_1: sdnextUpscaler(upscaler) },
    checks: [{ code: 'images', count: 1 }, ...sizeCheck(output_size)],
  };
  return redraw === null ? [extras] : [extras, redrawn(stage, redraw, context)];
};

type Redraw = NonNullable<UpscaleExecution['stage_config']['redraw']>;

function redrawn(
  { id, stage_config: config, output_size }: UpscaleExecution,
  redraw: Redraw,
  context: WebuiContext,
): WebuiDraft {
  const sampling = samplingOf(redraw, context, 'redraw.');
  return {
    path: '/sdapi/v1/img2img',
    part: 'redraw',
    body: Object.assign(generation(redraw, config, sampling, context), {
      ...workingSize(output_size, 'output_size', context),
      batch_size: 1,
      n_iter: 1,
      denoising_strength: redraw.denoising_strength,
      resize_mode: 1,
    }),
    checks: [
      { code: 'images', count: 1 },
      ...sizeCheck(output_size),
      ...shownChecks(redraw.model, sampling.sampler),
    ],
    warnings: stepsWarnings(id, redraw, context, 'redraw.'),
  };
}
