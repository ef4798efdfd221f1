import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import { switchNamed } from '../sequence/events.ts';
import { stageTypes } from '../sequence/stage-types.ts';
import type { Path } from './note.ts';
import { type Reading, remark, type SwitchReading } from './reading.ts';
import type { Section } from './stage-places.ts';

/** The stages of a run, in the order of the sequence. */
export const stages: readonly string[] = stageTypes(canonicalSequence);

/** The keys of the flags outside the stages' own sections. */
export const stageFlags: readonly string[] = stages.map((stage) => switchNamed(stage));

/** The keys by which a stage's own section switches it. */
export function sectionSwitches(stage: string): readonly string[] {
  return ['enabled', switchNamed(stage)];
}

/** Reads the flags of every stage: `pipeline.upscale_enabled`. */
export function readFlags(section: Section, path: Path): readonly Reading[] {
  return stages.flatMap((stage) => readSwitch(stage, 'flag', section, switchNamed(stage), path));
}

/** Reads the switches in a stage's own section: `upscale.enabled`, `adetailer.adetailer_enabled`. */
export function readSectionSwitch(stage: string, section: Section, path: Path): readonly Reading[] {
  return sectionSwitches(stage).flatMap((key) => readSwitch(stage, 'section', section, key, path));
}

function readSwitch(
  stage: string,
  source: SwitchReading['source'],
  section: Section,
  key: string,
  outer: Path,
): readonly Reading[] {
  if (!Object.hasOwn(section, key)) return [];
  const path = [...outer, key];
  const value = section[key];
  if (value === null) return [remark(path, 'not_set', 'says nothing: null')];
  if (typeof value === 'boolean') return [{ kind: 'switch', stage, source, on: value, path }];
  return [{ kind: 'field', field: [switchNamed(stage)], value, path, weak: false }];
}
