import * as z from 'zod';
import { GenerationSettings } from '../../config/generation-settings.ts';
import type { RunConfig, RunConfigInput } from '../../config/run-config.ts';
import type { DeepReadonly } from '../../readonly.ts';
import {
  batchOf,
  type HiresOff,
  type HiresOn,
  hiresOf,
  hiresOff,
  hiresOn,
  type RefinerOff,
  type RefinerOn,
  refinerOf,
  refinerOff,
  refinerOn,
  runOfHires,
  type StageContext,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

const { width, height, seed } = GenerationSettings.shape;
const fields = {
  stage_type: z.literal('txt2img').describe('Generates from a prompt.'),
  ...stageFields,
  seed,
  width,
  height,
};

/** A txt2img stage, with the refiner and hires fix as metadata when they are on. */
export const Txt2imgConfig = z.discriminatedUnion('refiner_enabled', [
  z.discriminatedUnion('hires_enabled', [
    z.strictObject({ ...fields, ...refinerOff, ...hiresOff }),
    z.strictObject({ ...fields, ...refinerOff, ...hiresOn }),
  ]),
  z.discriminatedUnion('hires_enabled', [
    z.strictObject({ ...fields, ...refinerOn, ...hiresOff }),
    z.strictObject({ ...fields, ...refinerOn, ...hiresOn }),
  ]),
]);
/** What every txt2img stage has. */
export interface Txt2imgFields extends DeepReadonly<z.output<z.ZodObject<typeof fields>>> {}
export type Txt2imgConfig = Txt2imgFields & (RefinerOn | RefinerOff) & (HiresOn | HiresOff);

export function txt2imgConfig(run: RunConfig, context: StageContext): Txt2imgConfig {
  const { width, height, seed } = run;
  return Object.assign(
    sharedFields('txt2img', run, context, run.backend_options),
    { width, height, seed },
    batchOf(run, context),
    refinerOf(run, context),
    hiresOf(run, context),
  );
}

/** What a run has to state for this stage to come out of it. */
export function runOfTxt2img(config: DeepReadonly<Txt2imgConfig>): RunConfigInput {
  const { width, height, backend_options, refiner_model_name, refiner_switch_at, refiner_pass } = config;
  return {
    width,
    height,
    backend_options,
    ...(refiner_model_name !== null && { refiner_model_name }),
    ...(refiner_switch_at !== null && { refiner_switch_at }),
    ...(refiner_pass !== null && { refiner_pass }),
    ...runOfHires(config),
  };
}
