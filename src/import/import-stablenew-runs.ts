import { isPlainObject } from '../json.ts';
import type { ImportOptions } from './compose-run.ts';
import { attemptImport, type ImportError } from './errors/import-error.ts';
import { UnknownShapeError } from './errors/unknown-shape-error.ts';
import { importStableNew, type StableNewImport } from './import-stablenew.ts';
import { readLeftover } from './leftovers.ts';
import type { ImportNote, Path } from './note.ts';
import { stableNewFamily } from './stablenew-family.ts';
import type { Section } from './stage-places.ts';

/** One run of a list: imported, or the error that importing it throws. Paths in it start at the run. */
export type StableNewRun =
  | { readonly path: Path; readonly success: true; readonly imported: StableNewImport }
  | { readonly path: Path; readonly success: false; readonly error: ImportError };

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
  const [listed] = stableNewFamily(json) === undefined ? listKeys.flatMap((key) => listIn(json, key)) : [];
  if (listed === undefined) return { runs: importAll([json], undefined, options), notes: [] };
  const around = Object.entries(json).filter(([key]) => key !== listed.key);
  const remarks = around.map(([key, value]) => readLeftover([key], value));
  return { runs: importAll(listed.list, [listed.key], options), notes: remarks.map(({ note }) => note) };
}

function listIn(
  json: Section,
  key: string,
): readonly { readonly key: string; readonly list: readonly unknown[] }[] {
  const list = Object.hasOwn(json, key) ? json[key] : undefined;
  return Array.isArray(list) ? [{ key, list }] : [];
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
  const attempt = attemptImport(() => importStableNew(run, options));
  return attempt.success ? { path, success: true, imported: attempt.result } : { path, ...attempt };
}
