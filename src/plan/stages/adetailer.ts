import { z } from 'zod';
import { Detectors } from '../../config/detector.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { deepFreeze } from '../../readonly.ts';
import { hiresOff, noPasses, refinerOff, sharedFields, stageFields } from './stage-fields.ts';

/** An ADetailer stage: its detectors run one after the other on the same image. */
export const AdetailerConfig = z.strictObject({
  stage_type: z.literal('adetailer'),
  ...stageFields,
  ...refinerOff,
  ...hiresOff,
  detectors: Detectors,
});
export type AdetailerConfig = z.output<typeof AdetailerConfig>;

export function adetailerConfig(run: RunConfig): AdetailerConfig {
  return Object.assign(sharedFields('adetailer', run), noPasses, { detectors: deepFreeze(run.adetailer) });
}
