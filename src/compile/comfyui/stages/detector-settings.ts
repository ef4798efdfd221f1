import type { DetectorLimits } from '../../detector-limits.ts';
import type { ComfyContext } from '../context.ts';

/** What FaceDetailer has no equal of, and the bounds of its inputs. Source: `impact_pack.py` of the Impact Pack 7.10. */
export const detectorLimits: DetectorLimits = {
  unequalled: {
    classes: '',
    mask_k: 0,
    mask_min_ratio: 0,
    mask_max_ratio: 1,
    x_offset: 0,
    y_offset: 0,
    mask_merge_invert: 'None',
    inpaint_only_masked: true,
    inpaint_only_masked_padding: 32,
    noise_multiplier: null,
    restore_face: false,
  },
  ranges: [
    ['mask_blur', 0, 100],
    ['denoising_strength', 0.0001, 1],
    ['inpaint_width', 64, 16_384],
    ['inpaint_height', 64, 16_384],
  ],
};

/** The file of a detector with the folder that tells boxes from outlines: the caller's, or by how such files are named. */
export function detectorFile(name: string, place: string, { models, refuse }: ComfyContext): string {
  const { detectors = {} } = models;
  const own = Object.hasOwn(detectors, name) ? detectors[name] : undefined;
  if (own !== undefined) return own;
  if (/-seg\.pt$/.test(name)) return `segm/${name}`;
  if (/^(face|hand)_[\w-]+\.pt$/.test(name)) return `bbox/${name}`;
  refuse('no_detector', `${place}model`, name);
  return name;
}
