import { isPlainObject } from '../json.ts';
import { UnknownShapeError } from './errors/unknown-shape-error.ts';
import { readLeftover } from './leftovers.ts';
import type { ImportNote, Path } from './note.ts';
import { stableNewFamily } from './stablenew-family.ts';
import type { Section } from './stage-places.ts';

/** The runs of a file, unread, each with its place in it, and a note on everything around them. */
export interface ListedRuns {
  readonly runs: readonly { readonly path: Path; readonly run: unknown }[];
  readonly notes: readonly ImportNote[];
}

/** The keys that a queue or a history keeps its runs under. */
const listKeys = ['jobs', 'queue', 'entries', 'history', 'items', 'records', 'runs', 'presets'];

/**
 * Finds the runs of a list, a queue file or a history file. A single run is a list of one.
 *
 * @throws {UnknownShapeError} when there is no run in it.
 */
export function listRuns(json: unknown): ListedRuns {
  if (Array.isArray(json)) return { runs: listAll(json, []), notes: [] };
  if (!isPlainObject(json)) throw new UnknownShapeError(`a ${typeof json}`, 'Give an object or a list.');
  const [listed] = stableNewFamily(json) === undefined ? listKeys.flatMap((key) => listIn(json, key)) : [];
  if (listed === undefined) return { runs: [{ path: [], run: json }], notes: [] };
  const around = Object.entries(json).filter(([key]) => key !== listed.key);
  const remarks = around.map(([key, value]) => readLeftover([key], value));
  return { runs: listAll(listed.list, [listed.key]), notes: remarks.map(({ note }) => note) };
}

function listIn(
  json: Section,
  key: string,
): readonly { readonly key: string; readonly list: readonly unknown[] }[] {
  const list = Object.hasOwn(json, key) ? json[key] : undefined;
  return Array.isArray(list) ? [{ key, list }] : [];
}

function listAll(list: readonly unknown[], path: Path): ListedRuns['runs'] {
  if (list.length === 0) throw new UnknownShapeError('an empty list', 'Give a file with a run in it.');
  return list.map((run, index) => ({ path: [...path, index], run }));
}
