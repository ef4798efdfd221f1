import type { AdetailerExecution } from '../../../plan/stage-execution-plan.ts';
import type { WebuiContext } from '../target.ts';

type Detector = AdetailerExecution['stage_config']['detectors'][number];

/** What a detector must leave at the default of ADetailer, since a request for SD.Next's detailer has no field for it. */
const unequalled = {
  classes: '',
  mask_k: 0,
  mask_min_ratio: 0,
  mask_max_ratio: 1,
  dilate_erode: 4,
  x_offset: 0,
  y_offset: 0,
  mask_merge_invert: 'None',
  inpaint_only_masked: true,
  checkpoint: null,
  vae: null,
  noise_multiplier: null,
  clip_skip: null,
  restore_face: false,
} as const satisfies Partial<Detector>;

/** The settings of which it has a smaller range. Source: `ReqDetail` of `modules/api/models.py`. */
const ranges = [
  ['mask_blur', 0, 100],
  ['inpaint_only_masked_padding', 0, 100],
  ['inpaint_width', 256, 4096],
] as const satisfies readonly (readonly [keyof Detector, number, number])[];

/** Refuses what a request has no place for. Finds are repainted in a square. */
export function refuseDetectorSettings(detector: Detector, place: string, { refuse }: WebuiContext): void {
  for (const [key, usual] of Object.entries(unequalled) as [keyof typeof unequalled, unknown][])
    if (detector[key] !== usual) refuse('no_detector_setting', `${place}${key}`, detector[key]);
  for (const [key, least, most] of ranges)
    if (detector[key] < least || detector[key] > most)
      refuse('out_of_range', `${place}${key}`, detector[key]);
  if (detector.inpaint_height !== detector.inpaint_width)
    refuse('not_square', `${place}inpaint_height`, detector.inpaint_height);
}
