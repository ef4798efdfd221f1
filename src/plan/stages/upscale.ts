import { z } from 'zod';
import type { RunConfig } from '../../config/run-config.ts';
import { ImageUpscaler, UpscaleSettings } from '../../config/upscale-settings.ts';
import {
  hiresOf,
  hiresOff,
  hiresOn,
  noRefiner,
  refinerOff,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

const fields = { stage_type: z.literal('upscale'), ...stageFields, ...refinerOff, ...UpscaleSettings.shape };

/** An upscale stage. It carries hires fields where hires fix works in it. */
export const UpscaleConfig = z.discriminatedUnion('hires_enabled', [
  z.strictObject({ ...fields, ...hiresOff }),
  z.strictObject({ ...fields, ...hiresOn }),
]);
export type UpscaleConfig = z.output<typeof UpscaleConfig>;

export function upscaleConfig(run: RunConfig, passes: readonly string[]): UpscaleConfig {
  const hires = hiresOf(run, passes);
  const settings = run.upscale_enabled || !hires.hires_enabled ? run.upscale : hiresUpscale(run);
  return Object.assign(sharedFields('upscale', run), noRefiner, hires, settings);
}

/** The settings of an upscale that only hires fix asks for. */
function hiresUpscale({ upscale, hires_upscaler_name, hires_upscale_factor }: RunConfig): UpscaleSettings {
  const upscaler = ImageUpscaler.safeParse(hires_upscaler_name).data ?? upscale.upscaler;
  return { ...upscale, upscaler, upscale_factor: hires_upscale_factor };
}
