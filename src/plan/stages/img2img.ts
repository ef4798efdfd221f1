import * as z from 'zod';
import { DenoisingStrength, RedrawSeed, RedrawSteps } from '../../config/img2img-settings.ts';
import { MaskSettings } from '../../config/mask-settings.ts';
import type { RunConfig, RunConfigInput } from '../../config/run-config.ts';
import { type DeepReadonly, deepFreeze } from '../../readonly.ts';
import { sideBounds } from '../../size.ts';
import { floored, workingSize } from '../sizes.ts';
import {
  batchOf,
  type HiresOff,
  type HiresOn,
  hiresOf,
  hiresOff,
  hiresOn,
  noRefiner,
  refinerOff,
  runOfHires,
  type StageContext,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

const side = z
  .int()
  .min(sideBounds.least)
  .max(sideBounds.most)
  .multipleOf(8)
  .nullable()
  .describe('Pixels that it works at, a multiple of 8. null: the size that comes in, which is unknown.');

const fields = {
  stage_type: z.literal('img2img').describe('Redraws an image.'),
  ...stageFields,
  ...refinerOff,
  steps: RedrawSteps,
  denoising_strength: DenoisingStrength,
  width: side,
  height: side,
  size_from: z
    .enum(['stage', 'input', 'run'])
    .describe("Whose size it works at: its own, that of the image that comes in, or the run's."),
  mask: MaskSettings.nullable().describe('The part that is redrawn. null: the whole image.'),
  seed: RedrawSeed.nullable().describe(
    `${RedrawSeed.description} null: the seed of the image that the stage takes.`,
  ),
};

/** An img2img stage: the run's settings, with its own in their place. It carries hires fields where a sequence has hires fix in it. */
export const Img2imgConfig = z.discriminatedUnion('hires_enabled', [
  z.strictObject({ ...fields, ...hiresOff }),
  z.strictObject({ ...fields, ...hiresOn }),
]);
/** What every img2img stage has. */
export interface Img2imgFields extends DeepReadonly<z.output<z.ZodObject<typeof fields>>> {}
export type Img2imgConfig = Img2imgFields & (HiresOn | HiresOff);

export function img2imgConfig(run: RunConfig, context: StageContext): Img2imgConfig {
  const own = run.img2img;
  const overrides = {
    prompt: own.prompt ?? run.prompt,
    negative_prompt: own.negative_prompt ?? run.negative_prompt,
    model: own.model ?? run.model,
    vae: own.vae ?? run.vae,
    sampler_name: own.sampler_name ?? run.sampler_name,
    scheduler: own.scheduler ?? run.scheduler,
    steps: own.steps ?? run.steps,
    cfg_scale: own.cfg_scale ?? run.cfg_scale,
    seed: own.seed ?? (context.starts ? run.seed : null),
    denoising_strength: own.denoising_strength,
    mask: deepFreeze(own.mask),
  };
  return Object.assign(
    sharedFields('img2img', run, context, own.backend_options),
    overrides,
    sizeOf(run, context),
    batchOf(run, context),
    noRefiner,
    hiresOf(run, context),
  );
}

/** The size that img2img works at: its own; else that of the image that comes in; else, where it starts the plan, the run's. */
function sizeOf(run: RunConfig, { starts, incoming }: StageContext) {
  const { width = null, height = null } = run.img2img;
  const own = workingSize({ width, height });
  if (own !== null) return { ...own, size_from: 'stage' as const };
  if (incoming !== null) return { ...floored(incoming), size_from: 'input' as const };
  if (starts) return { width: run.width, height: run.height, size_from: 'run' as const };
  return { width: null, height: null, size_from: 'input' as const };
}

/** What a run has to state for this stage to come out of it. */
export function runOfImg2img(config: DeepReadonly<Img2imgConfig>): RunConfigInput {
  const { size_from, seed } = config;
  const size = workingSize(config);
  return {
    ...(size_from === 'run' && size),
    img2img: {
      prompt: config.prompt,
      negative_prompt: config.negative_prompt,
      model: config.model,
      vae: config.vae,
      sampler_name: config.sampler_name,
      scheduler: config.scheduler,
      steps: config.steps,
      cfg_scale: config.cfg_scale,
      denoising_strength: config.denoising_strength,
      mask: config.mask,
      backend_options: config.backend_options,
      ...(seed !== null && { seed }),
      ...(size_from === 'stage' && size),
    },
    ...runOfHires(config),
  };
}
