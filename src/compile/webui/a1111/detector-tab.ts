import type { JsonObject } from '../../../json.ts';
import type { AdetailerExecution } from '../../../plan/stage-execution-plan.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiContext } from '../target.ts';

type Config = AdetailerExecution['stage_config'];
type Detector = Config['detectors'][number];

/** The settings of a tab by ADetailer's names, each with its default. Source: `adetailer/args.py`, version 25.3.0. */
const fields = [
  ['ad_model_classes', 'classes', ''],
  ['ad_prompt', 'prompt', ''],
  ['ad_negative_prompt', 'negative_prompt', ''],
  ['ad_confidence', 'confidence', 0.3],
  ['ad_mask_filter_method', 'mask_filter_method', 'Area'],
  ['ad_mask_k', 'mask_k', 0],
  ['ad_mask_min_ratio', 'mask_min_ratio', 0],
  ['ad_mask_max_ratio', 'mask_max_ratio', 1],
  ['ad_dilate_erode', 'dilate_erode', 4],
  ['ad_x_offset', 'x_offset', 0],
  ['ad_y_offset', 'y_offset', 0],
  ['ad_mask_merge_invert', 'mask_merge_invert', 'None'],
  ['ad_mask_blur', 'mask_blur', 4],
  ['ad_denoising_strength', 'denoising_strength', 0.4],
  ['ad_inpaint_only_masked', 'inpaint_only_masked', true],
  ['ad_inpaint_only_masked_padding', 'inpaint_only_masked_padding', 32],
  ['ad_restore_face', 'restore_face', false],
] as const satisfies readonly (readonly [string, keyof Detector, Detector[keyof Detector]])[];

/** The settings that count only with their switch: `ad_use_steps` beside `ad_steps`. */
const switched = [
  ['steps', 'steps'],
  ['cfg_scale', 'cfg_scale'],
  ['checkpoint', 'checkpoint'],
  ['vae', 'vae'],
  ['noise_multiplier', 'noise_multiplier'],
  ['clip_skip', 'clip_skip'],
] as const satisfies readonly (readonly [string, keyof Detector])[];

/**
 * One tab of ADetailer. Only what differs from its defaults: a field that an older version does not know voids the tab in
 * silence.
 */
export function detectorTab(
  detector: Detector,
  config: Config,
  context: WebuiContext,
  place: string,
): JsonObject {
  const stated = fields.filter(([, key, usual]) => detector[key] !== usual);
  // The outer request has two steps at least, and its steps are those of a tab that states none.
  const own = config.steps === 1 ? { ...detector, steps: detector.steps ?? 1 } : detector;
  const used = switched.filter(([, key]) => own[key] !== null);
  return {
    ad_model: detector.model,
    ...Object.fromEntries(stated.map(([name, key]) => [name, detector[key]])),
    ...repaintedAt(detector),
    ...Object.fromEntries(
      used.flatMap(([name, key]) => [
        [`ad_use_${name}`, true],
        [`ad_${name}`, own[key]],
      ]),
    ),
    ...sampling(detector, config, context, place),
  };
}

/**
 * The size that finds are repainted at. Without it, that of the whole picture; and where the whole picture is repainted,
 * it would become the size of that.
 */
function repaintedAt({ inpaint_only_masked, inpaint_width, inpaint_height }: Detector): JsonObject {
  if (!inpaint_only_masked) return {};
  return {
    ad_use_inpaint_width_height: true,
    ad_inpaint_width: inpaint_width,
    ad_inpaint_height: inpaint_height,
  };
}

function sampling(detector: Detector, config: Config, context: WebuiContext, place: string): JsonObject {
  if (detector.sampler_name === null && detector.scheduler === null) return {};
  const sampler_name = detector.sampler_name ?? config.sampler_name;
  const { sampler, scheduler } = samplingOf(
    { sampler_name, scheduler: detector.scheduler ?? config.scheduler },
    context,
    place,
  );
  return { ad_use_sampler: true, ad_sampler: sampler, ad_scheduler: scheduler };
}
