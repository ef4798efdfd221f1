import { renderPath } from '../config-problems.ts';
import { type ImportNote, noteAt, type Path, show } from './note.ts';
import type { FieldReading, Reading } from './reading.ts';

/** The reading taken for each field, by the field's path as text, and a note on every other one. */
export interface SettledFields {
  readonly fields: ReadonlyMap<string, FieldReading>;
  readonly notes: readonly ImportNote[];
}

/** Takes the first reading of each field, and notes what is renamed, what is repeated and what contradicts it. */
export function settleFields(readings: readonly Reading[]): SettledFields {
  const groups = new Map<string, FieldReading[]>();
  for (const reading of readings) {
    if (reading.kind !== 'field') continue;
    const field = renderPath(reading.field);
    const group = groups.get(field) ?? [];
    group.push(reading);
    groups.set(field, group);
  }
  const fields = new Map<string, FieldReading>();
  const notes: ImportNote[] = [];
  for (const [field, group] of groups) {
    const taken = group.find(({ weak }) => !weak) ?? group[0];
    if (taken === undefined) continue;
    fields.set(field, taken);
    notes.push(...group.flatMap((reading) => noteOn(reading, taken)));
  }
  return { fields, notes };
}

function noteOn(reading: FieldReading, taken: FieldReading): readonly ImportNote[] {
  if (reading.value !== taken.value) return [contradiction(reading, taken)];
  const key = reading.path.findLast((step) => typeof step === 'string');
  const isSplitOff = reading.weak && key?.includes('sampler') === true;
  if (key === reading.field.at(-1) || isSplitOff) return [];
  return [noteAt(reading.path, 'renamed', `is ${sayField(taken.field)} here`)];
}

/** A field as people call it. The hands pass has no index before it is known whether the faces have one. */
function sayField(field: Path): string {
  return field[1] === 'hands' ? `${field.at(-1)} of the hands detector` : renderPath(field);
}

/** The note on a value that loses against another one for the same field. */
function contradiction(reading: FieldReading, taken: FieldReading): ImportNote {
  const field = sayField(taken.field);
  return noteAt(
    reading.path,
    'contradicted',
    `says ${show(reading.value)}, but ${renderPath(taken.path)} says ${show(taken.value)}: ${field} takes the latter`,
  );
}
