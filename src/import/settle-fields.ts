import { renderPath } from '../path.ts';
import { type ImportNote, noteAt, type Path, show } from './note.ts';
import type { FieldReading, Reading } from './reading.ts';

/** The reading taken for each field, by the field's path as text, and a note on every other one. */
export interface SettledFields {
  readonly fields: ReadonlyMap<string, FieldReading>;
  readonly notes: readonly ImportNote[];
}

/** Takes the first reading of each field, and notes what is renamed, what is repeated and what contradicts it. */
export function settleFields(readings: readonly Reading[]): SettledFields {
  const groups = new Map<string, Group>();
  for (const reading of readings) {
    if (reading.kind !== 'field') continue;
    const field = renderPath(reading.field);
    const group = groups.get(field);
    if (group === undefined) groups.set(field, { taken: reading, all: [reading] });
    else {
      group.all.push(reading);
      if (group.taken.weak && !reading.weak) group.taken = reading;
    }
  }
  return {
    fields: new Map([...groups].map(([field, { taken }]) => [field, taken])),
    notes: [...groups.values()].flatMap(({ taken, all }) => all.flatMap((reading) => noteOn(reading, taken))),
  };
}

interface Group {
  taken: FieldReading;
  readonly all: FieldReading[];
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
