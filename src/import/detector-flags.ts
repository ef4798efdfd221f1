import { renderPath } from '../path.ts';
import type { FieldReading, Reading } from './reading.ts';
import { remark } from './reading.ts';

/**
 * Applies the flags of detectors, which no field takes: a pass that is off, and a value that is not to be used.
 *
 * What they switch off is left out. Source: ADetailer's `ad_use_*`; StableNew's passes for faces and hands.
 */
export function applyDetectorFlags(readings: readonly Reading[]): readonly Reading[] {
  const flags = new Map<string, FieldReading>();
  for (const reading of readings) {
    if (!isDetectorField(reading) || !isFlag(reading)) continue;
    const name = renderPath(reading.field);
    if (!flags.has(name)) flags.set(name, reading);
  }
  if (!readings.some(isDetectorField)) return readings;
  const said = new Set(readings.filter(isDetectorField).map(({ field }) => renderPath(field)));
  const on = { face: facesOn(readings, flags), hands: handsOn(readings, flags) };
  return readings.map((reading) => {
    if (!isDetectorField(reading)) return reading;
    if (isFlag(reading)) return remarkOnFlag(reading, flags.get(renderPath(reading.field)), said);
    const [, detector] = reading.field;
    if ((detector === 'hands' && !on.hands) || (detector === 0 && !on.face)) {
      return remark(reading.path, 'ignored', 'is left out: it belongs to a pass of ADetailer that is off');
    }
    const flag = flags.get(renderPath([...reading.field.slice(0, -1), useFlagOf(reading)]));
    if (flag === undefined || flag.value !== false) return reading;
    return remark(reading.path, 'ignored', `is left out: ${renderPath(flag.path)} is false`);
  });
}

type Flags = ReadonlyMap<string, FieldReading>;

function isDetectorField(reading: Reading): reading is FieldReading {
  return reading.kind === 'field' && reading.field[0] === 'adetailer' && reading.field.length === 3;
}

function isFlag({ field }: FieldReading): boolean {
  const key = String(field.at(-1));
  return key === 'enabled' || key.startsWith('use_');
}

const useFlags: Readonly<Record<string, string>> = {
  steps: 'use_steps',
  cfg_scale: 'use_cfg_scale',
  sampler_name: 'use_sampler',
  scheduler: 'use_sampler',
  checkpoint: 'use_checkpoint',
  vae: 'use_vae',
  noise_multiplier: 'use_noise_multiplier',
  clip_skip: 'use_clip_skip',
  inpaint_width: 'use_inpaint_size',
  inpaint_height: 'use_inpaint_size',
};

function useFlagOf({ field }: FieldReading): string {
  return useFlags[String(field.at(-1))] ?? '';
}

/** The hands are a detector only by an explicit switch and with a model of their own. */
function handsOn(readings: readonly Reading[], flags: Flags): boolean {
  const named = readings.some(
    (reading) => isDetectorField(reading) && renderPath(reading.field) === 'adetailer.hands.model',
  );
  return named && flags.get('adetailer.hands.enabled')?.value === true;
}

/** The faces go only where the hands stay: ADetailer without a detector does nothing. */
function facesOn(readings: readonly Reading[], flags: Flags): boolean {
  return flags.get('adetailer[0].enabled')?.value !== false || !handsOn(readings, flags);
}

function saysWhatItUses({ field }: FieldReading, said: ReadonlySet<string>): boolean {
  const detector = field.slice(0, -1);
  const used = Object.keys(useFlags).filter((key) => useFlags[key] === field.at(-1));
  return used.length === 0 || used.some((key) => said.has(renderPath([...detector, key])));
}

function remarkOnFlag(
  reading: FieldReading,
  taken: FieldReading | undefined,
  said: ReadonlySet<string>,
): Reading {
  if (typeof reading.value !== 'boolean') return remark(reading.path, 'dropped', 'is lost: it is no switch');
  if (taken !== undefined && taken.value !== reading.value) {
    const other = renderPath(taken.path);
    return remark(
      reading.path,
      'contradicted',
      `says ${reading.value}, but ${other} says otherwise and is taken`,
    );
  }
  if (reading.value && !saysWhatItUses(reading, said)) {
    return remark(reading.path, 'dropped', 'is lost: the values that it switches on are not given');
  }
  return remark(reading.path, 'converted', 'is told here by what the detectors are');
}
