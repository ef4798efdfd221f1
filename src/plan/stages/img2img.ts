import { z } from 'zod';
import { DenoisingStrength } from '../../config/img2img-settings.ts';
import type { RunConfig } from '../../config/run-config.ts';
import {
  hiresOf,
  hiresOff,
  hiresOn,
  noRefiner,
  refinerOff,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

const fields = {
  stage_type: z.literal('img2img'),
  ...stageFields,
  ...refinerOff,
  denoising_strength: DenoisingStrength,
};

/** An img2img stage: the run's settings, with its own in their place. It carries hires fields where a sequence has hires fix in it. */
export const Img2imgConfig = z.discriminatedUnion('hires_enabled', [
  z.strictObject({ ...fields, ...hiresOff }),
  z.strictObject({ ...fields, ...hiresOn }),
]);
export type Img2imgConfig = z.output<typeof Img2imgConfig>;

export function img2imgConfig(run: RunConfig, passes: readonly string[]): Img2imgConfig {
  const { denoising_strength, ...own } = run.img2img;
  const overrides = {
    prompt: own.prompt ?? run.prompt,
    negative_prompt: own.negative_prompt ?? run.negative_prompt,
    model: own.model ?? run.model,
    vae: own.vae ?? run.vae,
    sampler_name: own.sampler_name ?? run.sampler_name,
    scheduler: own.scheduler ?? run.scheduler,
    steps: own.steps ?? run.steps,
    cfg_scale: own.cfg_scale ?? run.cfg_scale,
    width: own.width ?? run.width,
    height: own.height ?? run.height,
    seed: own.seed ?? run.seed,
  };
  return Object.assign(sharedFields('img2img', run), overrides, noRefiner, hiresOf(run, passes), {
    denoising_strength,
  });
}
