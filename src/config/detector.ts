import * as z from 'zod';
import { GenerationSettings } from './generation-settings.ts';
import { nameOf, OwnName } from './names.ts';

const { steps, cfg_scale, sampler_name, scheduler, clip_skip } = GenerationSettings.shape;

const side = z.int().min(1);
const ratio = z.number().min(0).max(1);

/**
 * One detector of ADetailer and how its finds are repainted: one tab of the WebUI extension.
 *
 * null is "as the run", which is how the extension's `ad_use_*` switches stand by default.
 * Source of bounds and defaults: `ADetailerArgs` of ADetailer 25.3.0 and the sliders of its page. Its ControlNet goes
 * into `adetailer_backend_options`.
 */
const fields = {
  model: nameOf('a detector').describe('Detector model.'),
  classes: z.string().describe('Classes that a world model looks for, with commas between. "": its own.'),
  prompt: z.string().describe('"": the prompt of the run.'),
  negative_prompt: z.string().describe('"": the negative prompt of the run.'),
  confidence: ratio.describe('Finds that are less certain are dropped.'),
  mask_filter_method: z.enum(['Area', 'Confidence']).describe('By what the k largest finds are chosen.'),
  mask_k: z.int().min(0).describe('Only the k largest finds are repainted. 0: all.'),
  mask_min_ratio: ratio.describe('Finds that cover less of the picture are dropped.'),
  mask_max_ratio: ratio.describe('Finds that cover more of the picture are dropped.'),
  dilate_erode: z.int().min(-128).max(128).describe('Pixels. Over 0 the mask grows, under 0 it shrinks.'),
  x_offset: z.int().min(-200).max(200).describe('Pixels that the mask moves to the right.'),
  y_offset: z.int().min(-200).max(200).describe('Pixels that the mask moves up.'),
  mask_merge_invert: z
    .enum(['None', 'Merge', 'Merge and Invert'])
    .describe('Repaint the finds one by one, as one mask, or all but them.'),
  mask_blur: z.int().min(0).describe('Pixels.'),
  denoising_strength: ratio.describe('How much of a find is redrawn: 0 none, 1 all.'),
  inpaint_only_masked: z.boolean().describe('Repaint the find at full size instead of the whole image.'),
  inpaint_only_masked_padding: z.int().min(0).describe('Pixels around the find.'),
  steps: steps.nullable().describe('Sampling steps, 1 to 150. null: as the run.'),
  cfg_scale: cfg_scale.nullable().describe('0 to 100. null: as the run.'),
  checkpoint: OwnName.nullable().describe('Checkpoint. null: as the run.'),
  vae: OwnName.nullable().describe('VAE. null: as the run.'),
  sampler_name: sampler_name.nullable().describe('null: as the run.'),
  scheduler: scheduler.nullable().describe('null: as the run.'),
  noise_multiplier: z
    .number()
    .min(0.5)
    .max(1.5)
    .nullable()
    .describe('0.5 to 1.5. null: that of the backend.'),
  clip_skip: clip_skip.nullable().describe('1 to 12. null: as the run.'),
  restore_face: z.boolean().describe('Restore faces after repainting.'),
};

/** A detector as a plan has it: the size that finds are repainted at is filled in. */
const Detector = z.strictObject({
  ...fields,
  inpaint_width: side.describe('Pixels that a find is repainted at.'),
  inpaint_height: side.describe('Pixels that a find is repainted at.'),
});
export type Detector = z.output<typeof Detector>;

/** A detector as a run states it: what is left out has a default. */
export const RequestedDetector = z.strictObject({
  model: fields.model.default('face_yolov8n.pt'),
  classes: fields.classes.default(''),
  prompt: fields.prompt.default(''),
  negative_prompt: fields.negative_prompt.default(''),
  confidence: fields.confidence.default(0.3),
  mask_filter_method: fields.mask_filter_method.default('Area'),
  mask_k: fields.mask_k.default(0),
  mask_min_ratio: fields.mask_min_ratio.default(0),
  mask_max_ratio: fields.mask_max_ratio.default(1),
  dilate_erode: fields.dilate_erode.default(4),
  x_offset: fields.x_offset.default(0),
  y_offset: fields.y_offset.default(0),
  mask_merge_invert: fields.mask_merge_invert.default('None'),
  mask_blur: fields.mask_blur.default(4),
  denoising_strength: fields.denoising_strength.default(0.4),
  inpaint_only_masked: fields.inpaint_only_masked.default(true),
  inpaint_only_masked_padding: fields.inpaint_only_masked_padding.default(32),
  inpaint_width: side
    .nullable()
    .describe("Pixels that a find is repainted at. null: the width of the run's first pass.")
    .default(null),
  inpaint_height: side
    .nullable()
    .describe("Pixels that a find is repainted at. null: the height of the run's first pass.")
    .default(null),
  steps: fields.steps.default(null),
  cfg_scale: fields.cfg_scale.default(null),
  checkpoint: fields.checkpoint.default(null),
  vae: fields.vae.default(null),
  sampler_name: fields.sampler_name.default(null),
  scheduler: fields.scheduler.default(null),
  noise_multiplier: fields.noise_multiplier.default(null),
  clip_skip: fields.clip_skip.default(null),
  restore_face: fields.restore_face.default(false),
});

/** The number of detectors is bounded as in the extension, whose default is four tabs. */
export const Detectors = z.array(Detector).min(1).max(4);

/** One detector or up to four. Read as a list in either case. */
export const RequestedDetectors = z
  .union([RequestedDetector, z.array(RequestedDetector).min(1).max(4)])
  .transform((detectors) => (Array.isArray(detectors) ? detectors : [detectors]));
