import * as z from 'zod';
import type { RunConfig, RunConfigInput } from '../../config/run-config.ts';
import { type Redraw, UpscaleSettings } from '../../config/upscale-settings.ts';
import type { DeepReadonly } from '../../readonly.ts';
import {
  frozenSize,
  noRefiner,
  refinerOff,
  type StageContext,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

/** An upscale stage. Hires fix that works in it is its redraw. */
export const UpscaleConfig = z.strictObject({
  stage_type: z.literal('upscale').describe('Enlarges an image.'),
  ...stageFields,
  ...refinerOff,
  ...UpscaleSettings.shape,
});
export interface UpscaleConfig extends DeepReadonly<z.output<typeof UpscaleConfig>> {}

export function upscaleConfig(run: RunConfig, context: StageContext): UpscaleConfig {
  return Object.assign(
    sharedFields('upscale', run, context, run.upscale.backend_options),
    noRefiner,
    context.opened ? hiresEnlarging(run) : enlarging(run),
    { redraw: context.passes.includes('hires') ? hiresRedraw(run) : redrawOf(run) },
  );
}

function enlarging({ upscale }: RunConfig) {
  return {
    upscaler: upscale.upscaler,
    upscale_factor: upscale.resize_to === null ? upscale.upscale_factor : null,
    resize_to: frozenSize(upscale.resize_to),
    gfpgan_visibility: upscale.gfpgan_visibility,
    codeformer_visibility: upscale.codeformer_visibility,
    codeformer_weight: upscale.codeformer_weight,
  };
}

/** The enlarging of an upscale that only hires fix asks for. */
function hiresEnlarging({ hires_upscaler_name, hires_upscale_factor, hires_resize_to }: RunConfig) {
  return {
    upscaler: hires_upscaler_name,
    upscale_factor: hires_resize_to === null ? hires_upscale_factor : null,
    resize_to: frozenSize(hires_resize_to),
    gfpgan_visibility: 0,
    codeformer_visibility: 0,
    codeformer_weight: 0,
  };
}

function hiresRedraw(run: RunConfig): Redraw {
  return Object.freeze({
    denoising_strength: run.hires_denoise,
    steps: run.hires_steps || run.steps,
    sampler_name: run.hires_sampler_name ?? run.sampler_name,
    scheduler: run.hires_scheduler ?? run.scheduler,
    cfg_scale: run.hires_cfg_scale ?? run.cfg_scale,
    prompt: run.hires_prompt ?? run.prompt,
    negative_prompt: run.hires_negative_prompt ?? run.negative_prompt,
    model: run.hires_model_name ?? run.model,
  });
}

function redrawOf(run: RunConfig): Redraw | null {
  const { redraw } = run.upscale;
  if (redraw === null) return null;
  return Object.freeze({
    denoising_strength: redraw.denoising_strength,
    steps: redraw.steps ?? run.steps,
    sampler_name: redraw.sampler_name ?? run.sampler_name,
    scheduler: redraw.scheduler ?? run.scheduler,
    cfg_scale: redraw.cfg_scale ?? run.cfg_scale,
    prompt: redraw.prompt ?? run.prompt,
    negative_prompt: redraw.negative_prompt ?? run.negative_prompt,
    model: redraw.model ?? run.model,
  });
}

/** What a run has to state for this stage to come out of it. `byHires`: the redraw is that of hires fix; `opened`: so is all of it. */
export function runOfUpscale(
  config: DeepReadonly<UpscaleConfig>,
  { byHires, opened }: { readonly byHires: boolean; readonly opened: boolean },
): RunConfigInput {
  const { upscaler, upscale_factor, resize_to, redraw, backend_options } = config;
  const hires = byHires && redraw !== null ? runOfRedraw(redraw) : {};
  if (opened) {
    return {
      hires_upscaler_name: upscaler,
      ...(upscale_factor !== null && { hires_upscale_factor: upscale_factor }),
      hires_resize_to: resize_to,
      ...hires,
      upscale: { backend_options },
    };
  }
  return {
    ...hires,
    upscale: {
      upscaler,
      ...(upscale_factor !== null && { upscale_factor }),
      resize_to,
      gfpgan_visibility: config.gfpgan_visibility,
      codeformer_visibility: config.codeformer_visibility,
      codeformer_weight: config.codeformer_weight,
      redraw: byHires ? null : redraw,
      backend_options,
    },
  };
}

function runOfRedraw(redraw: DeepReadonly<Redraw>): RunConfigInput {
  return {
    hires_denoise: redraw.denoising_strength,
    hires_steps: redraw.steps,
    hires_sampler_name: redraw.sampler_name,
    hires_scheduler: redraw.scheduler,
    hires_cfg_scale: redraw.cfg_scale,
    hires_prompt: redraw.prompt,
    hires_negative_prompt: redraw.negative_prompt,
    hires_model_name: redraw.model,
  };
}
