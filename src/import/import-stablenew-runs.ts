import { isPlainObject } from '../json.ts';
import type { ImportOptions } from './compose-run.ts';
import { UnknownShapeError } from './errors/unknown-shape-error.ts';
import { importStableNew, type StableNewImport } from './import-stablenew.ts';
import { readLeftover } from './leftovers.ts';
import type { ImportNote, Path } from './note.ts';
import { stableNewFamily } from './stablenew-family.ts';

/** One run of a list: imported, or the error that importing it throws. Paths in it start at the run. */
export type StableNewRun =
  | { readonly path: Path; readonly success: true; readonly imported: StableNewImport }
  | { readonly path: Path; readonly success: false; readonly error: Error };

/** The runs of a file, and a note on everything around them. */
export interface StableNewRuns {
  readonly runs: readonly StableNewRun[];
  readonly notes: readonly ImportNote[];
}

/** The keys that a queue or a history keeps its runs under. */
const listKeys = ['jobs', 'queue', 'entries', 'history', 'items', 'records', 'runs', 'presets'];

/**
 * Imports every run of a list, a queue file or a history file. A single run is a list of one.
 *
 * A run that cannot be imported does not keep the others from it.
 *
 * @throws {UnknownShapeError} when there is no run in it.
 */
export function importStableNewRuns(json: unknown, options: ImportOptions = {}): StableNewRuns {
  if (Array.isArray(json)) return { runs: importAll(json, [], options), notes: [] };
  if (!isPlainObject(json)) throw new UnknownShapeError(`a ${typeof json}`, 'Give an object or a list.');
  const listKey = listKeys.find((key) => Object.hasOwn(json, key) && Array.isArray(json[key]));
  const list = listKey === undefined ? undefined : json[listKey];
  if (listKey === undefined || !Array.isArray(list) || stableNewFamily(json) !== undefined) {
    return { runs: importAll([json], undefined, options), notes: [] };
  }
  const around = Object.entries(json).filter(([key]) => key !== listKey);
  const notes = around.map(([key, value]) => readLeftover([key], value));
  return {
    runs: importAll(list, [listKey], options),
    notes: notes.flatMap((reading) => (reading.kind === 'note' ? reading.note : [])),
  };
}

function importAll(
  list: readonly unknown[],
  path: Path | undefined,
  options: ImportOptions,
): readonly StableNewRun[] {
  if (list.length === 0) throw new UnknownShapeError('an empty list', 'Give a file with a run in it.');
  return list.map((run, index) => importOne(run, path === undefined ? [] : [...path, index], options));
}

function importOne(run: unknown, path: Path, options: ImportOptions): StableNewRun {
  try {
    return { path, success: true, imported: importStableNew(run, options) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { path, success: false, error };
  }
}
