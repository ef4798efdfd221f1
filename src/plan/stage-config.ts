import * as z from 'zod';
import type { RunConfig } from '../config/run-config.ts';
import type { StageType } from '../sequence/sequence.ts';
import { AdetailerConfig, adetailerConfig } from './stages/adetailer.ts';
import { Img2imgConfig, img2imgConfig } from './stages/img2img.ts';
import type { StageContext } from './stages/stage-fields.ts';
import { Txt2imgConfig, txt2imgConfig } from './stages/txt2img.ts';
import { UpscaleConfig, upscaleConfig } from './stages/upscale.ts';

/**
 * All that one stage needs to run. Source of the fields: the design note PR-089, 3.1.
 *
 * Refiner and hires fields are `false` and `null` on every stage that they do not belong to; an upscale has a redraw in
 * place of hires fields.
 */
export const StageConfig = z.discriminatedUnion('stage_type', [
  AdetailerConfig,
  Img2imgConfig,
  Txt2imgConfig,
  UpscaleConfig,
]);
export type StageConfig = AdetailerConfig | Img2imgConfig | Txt2imgConfig | UpscaleConfig;

/** Makes the config of one stage of a run; undefined for a stage that is not known. */
export type StageConfigOf = (stage: string, run: RunConfig, context: StageContext) => StageConfig | undefined;

const configOf: Readonly<Record<StageType, (run: RunConfig, context: StageContext) => StageConfig>> = {
  adetailer: adetailerConfig,
  img2img: img2imgConfig,
  txt2img: txt2imgConfig,
  upscale: upscaleConfig,
};

/** The config of one stage of a run, frozen, or undefined for a stage that has no settings here. */
export const stageConfig: StageConfigOf = (stage, run, context) =>
  isStageType(stage) ? Object.freeze(configOf[stage](run, context)) : undefined;

/** Tells the stages that have settings here from any other. */
export function isStageType(stage: string): stage is StageType {
  return Object.hasOwn(configOf, stage);
}
