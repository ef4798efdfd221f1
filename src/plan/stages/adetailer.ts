import * as z from 'zod';
import { Detectors } from '../../config/detector.ts';
import type { RunConfig, RunConfigInput } from '../../config/run-config.ts';
import { type DeepReadonly, deepFreeze } from '../../readonly.ts';
import {
  hiresOff,
  noPasses,
  refinerOff,
  type StageContext,
  sharedFields,
  stageFields,
} from './stage-fields.ts';

/** An ADetailer stage: its detectors run one after the other on the same image. */
export const AdetailerConfig = z.strictObject({
  stage_type: z.literal('adetailer').describe('Repaints what detectors find.'),
  ...stageFields,
  ...refinerOff,
  ...hiresOff,
  detectors: Detectors.describe('What is found and repainted, one detector after the other.'),
});
export interface AdetailerConfig extends DeepReadonly<z.output<typeof AdetailerConfig>> {}

export function adetailerConfig(run: RunConfig, context: StageContext): AdetailerConfig {
  const { width, height } = context.firstPass;
  const detectors = run.adetailer.map((detector) =>
    Object.freeze({
      ...detector,
      inpaint_width: detector.inpaint_width ?? width,
      inpaint_height: detector.inpaint_height ?? height,
    }),
  );
  return Object.assign(sharedFields('adetailer', run, context, run.adetailer_backend_options), noPasses, {
    detectors: deepFreeze(detectors),
  });
}

/** What a run has to state for this stage to come out of it. */
export function runOfAdetailer({
  detectors,
  backend_options,
}: DeepReadonly<AdetailerConfig>): RunConfigInput {
  return { adetailer: detectors, adetailer_backend_options: backend_options };
}
