import type { JsonValue } from '../json.ts';
import type { AdetailerExecution } from '../plan/stage-execution-plan.ts';
import type { RefusalCode } from './refusals.ts';

export type Detector = AdetailerExecution['stage_config']['detectors'][number];

type NumberField = {
  [Field in keyof Detector]-?: Detector[Field] extends number ? Field : never;
}[keyof Detector];

/** What of a detector a backend takes. */
export interface DetectorLimits {
  /** The settings that it has no equal of, with the defaults of ADetailer that they must be left at. */
  readonly unequalled: Partial<Detector>;
  /** The settings of which it has a smaller range. */
  readonly ranges: readonly (readonly [field: NumberField, least: number, most: number])[];
}

/** Refuses what a backend has no equal of. */
export function refuseDetectorSettings(
  detector: Detector,
  { unequalled, ranges }: DetectorLimits,
  place: string,
  refuse: (code: RefusalCode, field: string, value: JsonValue) => void,
): void {
  for (const key of Object.keys(unequalled) as (keyof Detector)[])
    if (detector[key] !== unequalled[key]) refuse('no_detector_setting', `${place}${key}`, detector[key]);
  for (const [key, least, most] of ranges)
    if (detector[key] < least || detector[key] > most)
      refuse('out_of_range', `${place}${key}`, detector[key]);
}
