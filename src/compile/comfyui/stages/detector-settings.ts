import type { AdetailerExecution } from '../../../plan/stage-execution-plan.ts';
import type { ComfyContext } from '../context.ts';

type Detector = AdetailerExecution['stage_config']['detectors'][number];

/** What a detector must leave at the default of ADetailer, since FaceDetailer has no equal. */
const unequalled = {
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
} as const satisfies Partial<Detector>;

/** The bounds of FaceDetailer's inputs. Source: `impact_pack.py` of the Impact Pack 7.10. */
const ranges = [
  ['mask_blur', 0, 100],
  ['denoising_strength', 0.0001, 1],
  ['inpaint_width', 64, 16_384],
  ['inpaint_height', 64, 16_384],
] as const satisfies readonly (readonly [keyof Detector, number, number])[];

export function refuseDetectorSettings(detector: Detector, place: string, { refuse }: ComfyContext): void {
  for (const [key, usual] of Object.entries(unequalled) as [keyof typeof unequalled, unknown][])
    if (detector[key] !== usual) refuse('no_detector_setting', `${place}${key}`, detector[key]);
  for (const [key, least, most] of ranges)
    if (detector[key] < least || detector[key] > most)
      refuse('out_of_range', `${place}${key}`, detector[key]);
}

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
