import { type ImportNote, type NoteCode, noteAt, type Path } from './note.ts';

/** A value of the input that fills a field of the RunConfig. The first reading of a field is the one taken. */
export interface FieldReading {
  readonly kind: 'field';
  /** Keys and indexes from the RunConfig to the field. */
  readonly field: Path;
  readonly value: unknown;
  /** Where the input says it. */
  readonly path: Path;
  /** Only counts where no other reading says anything: a scheduler read out of a sampler's name. */
  readonly weak: boolean;
}

/** What no key of the input says stands where the RunConfig has it. */
export function unsaid(field: Path, value: unknown): FieldReading {
  return { kind: 'field', field, value, path: field, weak: false };
}

/** A switch of a stage, by the part of the input that it stands in. */
export interface SwitchReading {
  readonly kind: 'switch';
  readonly stage: string;
  readonly on: boolean;
  readonly source: 'flag' | 'section';
  readonly path: Path;
}

/** One entry of a recorded list of stages. */
export interface ListedStage {
  readonly stage: string;
  readonly on: boolean;
  readonly path: Path;
}

/** A list of stages that a job record keeps: it says which are on, and in what order they ran. */
export interface OrderReading {
  readonly kind: 'order';
  readonly stages: readonly ListedStage[];
  readonly path: Path;
}

export interface NoteReading {
  readonly kind: 'note';
  readonly note: ImportNote;
}

/** One thing that the input says. */
export type Reading = FieldReading | SwitchReading | OrderReading | NoteReading;

/** A remark on the input, as a reading. */
export function remark(path: Path, code: NoteCode, fate: string): NoteReading {
  return { kind: 'note', note: noteAt(path, code, fate) };
}

/** Readings without the remarks that say the same again: two passes over one node, one value that fills two fields. */
export function withoutRepeats(readings: readonly Reading[]): readonly Reading[] {
  const said = new Set<string>();
  return readings.filter((reading) => {
    if (reading.kind !== 'note') return true;
    const isNew = !said.has(reading.note.message);
    said.add(reading.note.message);
    return isNew;
  });
}
