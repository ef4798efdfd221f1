import { z } from 'zod';
import type { RunConfig } from '../../config/run-config.ts';
import {
  hiresOf,
  hiresOff,
  hiresOn,
  refinerOf,
  refinerOff,
  refinerOn,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

const fields = { stage_type: z.literal('txt2img'), ...stageFields };

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
export type Txt2imgConfig = z.output<typeof Txt2imgConfig>;

export function txt2imgConfig(run: RunConfig, passes: readonly string[]): Txt2imgConfig {
  return Object.assign(sharedFields('txt2img', run), refinerOf(run, passes), hiresOf(run, passes));
}
