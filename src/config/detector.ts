import { z } from 'zod';
import { GenerationSettings, Name } from './generation-settings.ts';

const { steps, cfg_scale, sampler_name, scheduler } = GenerationSettings.shape;

/**
 * One detector of ADetailer and how its finds are repainted: one tab of the WebUI extension.
 *
 * null is "as the run", which is how the extension's `ad_use_*` switches stand by default.
 * Source of bounds and defaults: `ADetailerArgs` of ADetailer 25.3.0 and the sliders of its page.
 */
const Detector = z.strictObject({
  model: Name.regex(/^(?!None$)/, 'must be a detector: the extension takes "None" for off').describe(
    'Detector model.',
  ),
  prompt: z.string().describe('"": the prompt of the run.'),
  negative_prompt: z.string().describe('"": the negative prompt of the run.'),
  confidence: z.number().min(0).max(1).describe('Finds that are less certain are dropped.'),
  denoising_strength: z.number().min(0).max(1).describe('How much of a find is redrawn: 0 none, 1 all.'),
  mask_blur: z.int().min(0).describe('Pixels.'),
  dilate_erode: z.int().min(-128).max(128).describe('Pixels. Over 0 the mask grows, under 0 it shrinks.'),
  inpaint_only_masked: z.boolean().describe('Repaint the find at full size instead of the whole image.'),
  inpaint_only_masked_padding: z.int().min(0).describe('Pixels around the find.'),
  inpaint_width: z.int().min(1).nullable().describe('Pixels. null: as the run.'),
  inpaint_height: z.int().min(1).nullable().describe('Pixels. null: as the run.'),
  steps: steps.nullable().describe('Sampling steps, 1 to 150. null: as the run.'),
  cfg_scale: cfg_scale.nullable().describe('0 to 100. null: as the run.'),
  sampler_name: sampler_name.nullable().describe('null: as the run.'),
  scheduler: scheduler.nullable().describe('null: as the run.'),
  mask_k: z.int().min(0).describe('Only the k largest finds are repainted. 0: all.'),
});

const { shape } = Detector;

/** A detector as a run states it: what is left out has a default. */
export const RequestedDetector = z.strictObject({
  model: shape.model.default('face_yolov8n.pt'),
  prompt: shape.prompt.default(''),
  negative_prompt: shape.negative_prompt.default(''),
  confidence: shape.confidence.default(0.3),
  denoising_strength: shape.denoising_strength.default(0.4),
  mask_blur: shape.mask_blur.default(4),
  dilate_erode: shape.dilate_erode.default(4),
  inpaint_only_masked: shape.inpaint_only_masked.default(true),
  inpaint_only_masked_padding: shape.inpaint_only_masked_padding.default(32),
  inpaint_width: shape.inpaint_width.default(null),
  inpaint_height: shape.inpaint_height.default(null),
  steps: shape.steps.default(null),
  cfg_scale: shape.cfg_scale.default(null),
  sampler_name: shape.sampler_name.default(null),
  scheduler: shape.scheduler.default(null),
  mask_k: shape.mask_k.default(0),
});

/** The number of detectors is bounded as in the extension, whose default is four tabs. */
export const Detectors = z.array(Detector).min(1).max(4);

/** One detector or up to four. Read as a list in either case. */
export const RequestedDetectors = z
  .union([RequestedDetector, z.array(RequestedDetector).min(1).max(4)])
  .transform((detectors) => (Array.isArray(detectors) ? detectors : [detectors]));
