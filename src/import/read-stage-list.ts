import { isPlainObject } from '../json.ts';
import { type Path, show } from './note.ts';
import { type Place, readKeys } from './read-keys.ts';
import { readSectionSwitch, sectionSwitches } from './read-switches.ts';
import { type ListedStage, type Reading, remark } from './reading.ts';
import { detectorPlaces, img2imgPlaces, runPlaces, type Section, upscalePlaces } from './stage-places.ts';

/** The keys that a list of stages stands under. The chain is what a job ran, so it counts most. */
export const orderKeys = ['stage_chain', 'stages', 'stage_order'];

/** Reads a recorded list of stages, of names or of objects with settings: which are on, their order, and their settings. */
export function readStageList(list: readonly unknown[], path: Path): readonly Reading[] {
  const entries = list.map((entry, index) => readEntry(entry, [...path, index]));
  const listed = entries.flatMap(({ stage }) => stage ?? []);
  const readings = entries.flatMap((entry) => entry.readings);
  return listed.length === 0 ? readings : [{ kind: 'order', stages: listed, path }, ...readings];
}

interface ListedEntry {
  readonly stage?: ListedStage;
  readonly readings: readonly Reading[];
}

const detectorEntry: Place = {
  aliases: 'detector',
  into: ['adetailer', 0],
  only: /^(steps|cfg_scale|sampler_name|scheduler|denoising_strength)$/,
};

const nameKeys = ['stage_type', 'stage', 'type', 'name'];
const passSwitches: ReadonlyMap<string, string> = new Map([
  ['hires', 'hires_enabled'],
  ['refiner', 'refiner_enabled'],
]);

interface EntryPlaces {
  readonly entry: readonly Place[];
  readonly extra: readonly Place[];
}

/** Where the keys of an entry lead, and those of its `extra`. ADetailer's entry names its checkpoint in `model`. */
const placesOf: ReadonlyMap<string, EntryPlaces> = new Map([
  ['txt2img', { entry: runPlaces, extra: runPlaces }],
  ['img2img', { entry: img2imgPlaces, extra: img2imgPlaces }],
  ['upscale', { entry: upscalePlaces, extra: upscalePlaces }],
  ['adetailer', { entry: [detectorEntry], extra: detectorPlaces }],
]);

function readEntry(entry: unknown, path: Path): ListedEntry {
  if (typeof entry === 'string') return readName(entry, path);
  if (!isPlainObject(entry)) return { readings: [remark(path, 'dropped', 'is lost: it names no stage')] };
  const nameKey = nameKeys.find((key) => typeof entry[key] === 'string');
  if (nameKey === undefined) return { readings: [remark(path, 'dropped', 'is lost: it names no stage')] };
  const on = entry.enabled !== false;
  const name = String(entry[nameKey]);
  const places = placesOf.get(name);
  if (places === undefined) return { readings: [unplanned(name, on, path)] };
  return {
    stage: { stage: name, on, path: [...path, nameKey] },
    readings: readSettings(name, places, entry, nameKey, path),
  };
}

function readName(name: string, path: Path): ListedEntry {
  if (placesOf.has(name)) return { stage: { stage: name, on: true, path }, readings: [] };
  const pass = passSwitches.get(name);
  if (pass === undefined) return { readings: [unplanned(name, true, path)] };
  return { readings: [{ kind: 'field', field: [pass], value: true, path, weak: true }] };
}

function unplanned(name: string, on: boolean, path: Path): Reading {
  if (!on) return remark(path, 'ignored', `is left out: ${show(name)} is off`);
  return remark(path, 'dropped', `is lost: stageplan plans no stage ${show(name)}`);
}

function readSettings(
  stage: string,
  places: EntryPlaces,
  entry: Section,
  nameKey: string,
  path: Path,
): readonly Reading[] {
  const { [nameKey]: _name, extra, ...settings } = entry;
  const switches = sectionSwitches(stage);
  const own = isPlainObject(extra) ? settings : { ...settings, ...('extra' in entry && { extra }) };
  const inner = isPlainObject(extra) ? extra : {};
  const extraPath = [...path, 'extra'];
  return [
    ...readSectionSwitch(stage, own, path),
    ...readSectionSwitch(stage, inner, extraPath),
    ...readKeys(places.extra, inner, extraPath, switches),
    ...readKeys(places.entry, own, path, switches),
  ];
}
