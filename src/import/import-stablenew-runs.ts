import type { ImportOptions } from './compose-run.ts';
import { attemptImport, type ImportError } from './errors/import-error.ts';
import { importStableNew, type StableNewImport } from './import-stablenew.ts';
import { listRuns } from './list-runs.ts';
import type { ImportNote, Path } from './note.ts';

/** One run of a list: imported, or the error that importing it throws. Paths in it start at the run. */
export type StableNewRun =
  | { readonly path: Path; readonly success: true; readonly imported: StableNewImport }
  | { readonly path: Path; readonly success: false; readonly error: ImportError };

/** The runs of a file, and a note on everything around them. */
export interface StableNewRuns {
  readonly runs: readonly StableNewRun[];
  readonly notes: readonly ImportNote[];
}

/**
 * Imports every run of a list, a queue file or a history file. A single run is a list of one.
 *
 * A run that cannot be imported does not keep the others from it.
 *
 * @throws {UnknownShapeError} when there is no run in it.
 */
export function importStableNewRuns(json: unknown, options: ImportOptions = {}): StableNewRuns {
  const { runs, notes } = listRuns(json);
  const imported = runs.map(({ path, run }): StableNewRun => {
    const attempt = attemptImport(() => importStableNew(run, options));
    return attempt.success ? { path, success: true, imported: attempt.result } : { path, ...attempt };
  });
  return { runs: imported, notes };
}
