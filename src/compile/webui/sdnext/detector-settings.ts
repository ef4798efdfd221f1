import { type Detector, type DetectorLimits, refuseDetectorSettings } from '../../detector-limits.ts';
import type { WebuiContext } from '../target.ts';

/** What a request for SD.Next's detailer has no field for, and the bounds of it. Source: `ReqDetail` of `modules/api/models.py`. */
const limits: DetectorLimits = {
  unequalled: {
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
  },
  ranges: [
    ['mask_blur', 0, 100],
    ['inpaint_only_masked_padding', 0, 100],
    ['inpaint_width', 256, 4096],
  ],
};

/** Refuses what a request has no place for. Finds are repainted in a square. */
export function refuseOfDetailer(detector: Detector, place: string, { refuse }: WebuiContext): void {
  refuseDetectorSettings(detector, limits, place, refuse);
  if (detector.inpaint_height !== detector.inpaint_width)
    refuse('not_square', `${place}inpaint_height`, detector.inpaint_height);
}
