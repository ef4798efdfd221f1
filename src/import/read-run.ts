import { isPlainObject } from '../json.ts';
import type { Path } from './note.ts';
import { type Place, readField, readKeys } from './read-keys.ts';
import { orderKeys, readStageList } from './read-stage-list.ts';
import { readFlags, readSectionSwitch, sectionSwitches, stageFlags } from './read-switches.ts';
import { type Reading, remark } from './reading.ts';
import { detectorPlaces, img2imgPlaces, runPlaces, type Section, upscalePlaces } from './stage-places.ts';

/**
 * Reads everything that an object says of a run, whatever its shape: sections, flat keys, a list of stages, and runs
 * inside it. What is read first counts most.
 *
 * Every key is read once, into a field, a switch or a remark. The object is at most 64 levels deep, see importStableNew.
 */
export function readRun(run: Section, path: Path): readonly Reading[] {
  const lists = read(run, orderKeys, isFilledList, readStageList, path);
  const sections = readObjects(run, sectionReaders, path);
  const passes = readObjects(run, passReaders, path);
  const detectors = read(run, ['adetailer_configs', 'adetailer'], isListOfObjects, readDetectors, path);
  const images = read(run, ['input_image_paths'], isFilledList, readInputImages, path);
  const inner = read(run, innerRuns, isPlainObject, readRun, path);
  const parts = [lists, sections, passes, detectors, images, inner];
  const elsewhere = [...stageFlags, ...parts.flatMap(({ keys }) => keys)];
  return [
    ...lists.readings,
    ...sections.readings,
    ...detectors.readings,
    ...readFlags(run, path),
    ...readKeys(flatPlaces, run, path, elsewhere),
    ...passes.readings,
    ...images.readings,
    ...inner.readings,
  ];
}

/** Keys that a run stands under inside another one. Where both say the same thing, the outer one counts. */
export const innerRuns = [
  'config',
  'executor_config',
  'preset_data',
  'njr_snapshot',
  'normalized_job',
  'snapshot',
  'run_config',
  'pipeline_config',
  'metadata',
  'run_config_snapshot',
];

const flatPlaces: readonly Place[] = [
  ...runPlaces,
  { aliases: 'img2img', into: ['img2img'], prefix: 'img2img_' },
  { aliases: 'upscale', into: ['upscale'], only: /^(upscal|gfpgan|codeformer)/ },
  { aliases: 'hands', into: ['adetailer', 'hands'] },
  { aliases: 'detector', into: ['adetailer', 0], only: /^(ad|adetailer)_/ },
];

const countPlaces: readonly Place[] = [
  { aliases: 'run', into: [], only: /^(batch_size|batch_count|n_iter)$/ },
];

type Reader<Value> = (value: Value, path: Path) => readonly Reading[];

const sectionReaders: Readonly<Record<string, Reader<Section>>> = {
  txt2img: stageReader('txt2img', runPlaces),
  img2img: stageReader('img2img', img2imgPlaces),
  upscale: stageReader('upscale', upscalePlaces),
  adetailer: stageReader('adetailer', detectorPlaces),
  pipeline: readControls,
  pipeline_controls: readControls,
  output: (section, path) => readKeys(countPlaces, section, path),
};

/** Passes count after the keys of txt2img, which are what the WebUI was sent. */
const passReaders: Readonly<Record<string, Reader<Section>>> = {
  hires_fix: (section, path) => readKeys([{ aliases: 'hires', into: [] }], section, path),
  refiner: (section, path) => readKeys([{ aliases: 'refiner', into: [] }], section, path),
};

function stageReader(stage: string, places: readonly Place[]): Reader<Section> {
  return (section, path) => [
    ...readSectionSwitch(stage, section, path),
    ...readKeys(places, section, path, sectionSwitches(stage)),
  ];
}

function readControls(section: Section, path: Path): readonly Reading[] {
  return [...readFlags(section, path), ...readKeys(countPlaces, section, path, stageFlags)];
}

function readDetectors(list: readonly Section[], path: Path): readonly Reading[] {
  return list.flatMap((detector, index) =>
    readKeys([{ aliases: 'detector', into: ['adetailer', index] }], detector, [...path, index]),
  );
}

/** A run starts from one image. Any further ones are runs of their own. */
function readInputImages(images: readonly unknown[], path: Path): readonly Reading[] {
  return images.flatMap((image, index) =>
    index === 0
      ? readField(['input_image'], image, [...path, index])
      : remark([...path, index], 'dropped', 'is lost: a run starts from one image'),
  );
}

/** Some keys of a run, and what was read out of them. */
interface Part {
  readonly keys: readonly string[];
  readonly readings: readonly Reading[];
}

function readObjects(run: Section, readers: Readonly<Record<string, Reader<Section>>>, path: Path): Part {
  const parts = Object.entries(readers).map(([key, reader]) => read(run, [key], isPlainObject, reader, path));
  return {
    keys: parts.flatMap(({ keys }) => keys),
    readings: parts.flatMap(({ readings }) => readings),
  };
}

/** Reads the keys that a run has of its own and whose values are of the kind that the reader takes. */
function read<Value>(
  run: Section,
  keys: readonly string[],
  isReadable: (value: unknown) => value is Value,
  reader: Reader<Value>,
  path: Path,
): Part {
  const found = keys.flatMap((key) => {
    const value = Object.hasOwn(run, key) ? run[key] : undefined;
    return isReadable(value) ? [{ key, readings: reader(value, [...path, key]) }] : [];
  });
  return { keys: found.map(({ key }) => key), readings: found.flatMap(({ readings }) => readings) };
}

function isFilledList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isListOfObjects(value: unknown): value is readonly Section[] {
  return isFilledList(value) && value.every(isPlainObject);
}
