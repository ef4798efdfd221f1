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
  const here = (keys: readonly string[]) => keys.filter((key) => Object.hasOwn(run, key));
  const lists = here(orderKeys).filter((key) => Array.isArray(run[key]));
  const sections = here(Object.keys(sectionReaders)).filter((key) => isPlainObject(run[key]));
  const passes = here(Object.keys(passReaders)).filter((key) => isPlainObject(run[key]));
  const detectors = here(detectorLists).filter((key) => isListOfObjects(run[key]));
  const images = here(['input_image_paths']).filter((key) => listOf(run[key]).length > 0);
  const inner = here(innerRuns).filter((key) => isPlainObject(run[key]));
  return [
    ...lists.flatMap((key) => readStageList(listOf(run[key]), [...path, key])),
    ...sections.flatMap((key) => sectionReaders[key]?.(sectionOf(run[key]), [...path, key]) ?? []),
    ...detectors.flatMap((key) => readDetectors(listOf(run[key]), [...path, key])),
    ...readFlags(run, path),
    ...readKeys(flatPlaces, run, path, [
      ...lists,
      ...sections,
      ...passes,
      ...detectors,
      ...images,
      ...inner,
      ...stageFlags,
    ]),
    ...passes.flatMap((key) => passReaders[key]?.(sectionOf(run[key]), [...path, key]) ?? []),
    ...images.flatMap((key) => readInputImages(listOf(run[key]), [...path, key])),
    ...inner.flatMap((key) => readRun(sectionOf(run[key]), [...path, key])),
  ];
}

const detectorLists = ['adetailer_configs', 'adetailer'];

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

type SectionReader = (section: Section, path: Path) => readonly Reading[];

const sectionReaders: Readonly<Record<string, SectionReader>> = {
  txt2img: stageReader('txt2img', runPlaces),
  img2img: stageReader('img2img', img2imgPlaces),
  upscale: stageReader('upscale', upscalePlaces),
  adetailer: stageReader('adetailer', detectorPlaces),
  pipeline: readControls,
  pipeline_controls: readControls,
  output: (section, path) => readKeys(countPlaces, section, path),
};

/** Passes count after the keys of txt2img, which are what the WebUI was sent. */
const passReaders: Readonly<Record<string, SectionReader>> = {
  hires_fix: (section, path) => readKeys([{ aliases: 'hires', into: [] }], section, path),
  refiner: (section, path) => readKeys([{ aliases: 'refiner', into: [] }], section, path),
};

function stageReader(stage: string, places: readonly Place[]): SectionReader {
  return (section, path) => [
    ...readSectionSwitch(stage, section, path),
    ...readKeys(places, section, path, sectionSwitches(stage)),
  ];
}

function readControls(section: Section, path: Path): readonly Reading[] {
  return [...readFlags(section, path), ...readKeys(countPlaces, section, path, stageFlags)];
}

function readDetectors(list: readonly unknown[], path: Path): readonly Reading[] {
  return list.flatMap((detector, index) =>
    readKeys([{ aliases: 'detector', into: ['adetailer', index] }], sectionOf(detector), [...path, index]),
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

function sectionOf(value: unknown): Section {
  return isPlainObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}
