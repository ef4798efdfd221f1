import { z } from 'zod';
import type { RunConfig } from '../../config/run-config.ts';
import { ImageUpscaler, UpscaleSettings } from '../../config/upscale-settings.ts';
import { hiresBecomesUpscale } from '../../route/wanted-events.ts';
import {
  hiresOf,
  hiresOff,
  hiresOn,
  noHires,
  noRefiner,
  refinerOff,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

const fields = { stage_type: z.literal('upscale'), ...stageFields, ...refinerOff, ...UpscaleSettings.shape };

/** An upscale stage. It carries hires fields only where it stands in for a hires pass. */
export const UpscaleConfig = z.discriminatedUnion('hires_enabled', [
  z.strictObject({ ...fields, ...hiresOff }),
  z.strictObject({ ...fields, ...hiresOn }),
]);
export type UpscaleConfig = z.output<typeof UpscaleConfig>;

export function upscaleConfig(run: RunConfig): UpscaleConfig {
  const hires = hiresBecomesUpscale(run) ? hiresOf(run) : noHires;
  return Object.assign(sharedFields('upscale', run), noRefiner, hires, upscaleSettings(run));
}

function upscaleSettings(run: RunConfig): UpscaleSettings {
  if (run.upscale_enabled || !hiresBecomesUpscale(run)) return run.upscale;
  const upscaler = ImageUpscaler.safeParse(run.hires_upscaler_name).data ?? run.upscale.upscaler;
  return { ...run.upscale, upscaler, upscale_factor: run.hires_upscale_factor };
}
