import { bounds, isPlainObject, JsonObject } from '../json.ts';
import { type ComposedRun, composeRun, type ImportOptions } from './compose-run.ts';
import { UnknownShapeError } from './errors/unknown-shape-error.ts';
import { UnreadableInputError } from './errors/unreadable-input-error.ts';
import { readRun } from './read-run.ts';
import type { NoteReading } from './reading.ts';
import { settleOrder } from './settle-order.ts';
import { settleSwitches } from './settle-switches.ts';
import { type StableNewFamily, stableNewFamily } from './stablenew-family.ts';

/** A run of StableNew as a RunConfig, with a note on every change of meaning. */
export interface StableNewImport extends ComposedRun {
  readonly family: StableNewFamily;
}

/**
 * Imports one run of StableNew: a preset, a last run, the settings of a pack or a job record, of any version.
 *
 * Pure. Every value of the input is in the config under its own name, or a note has its path.
 *
 * @throws {UnknownShapeError} when it is no run of StableNew, or a list of them.
 * @throws {UnreadableInputError} when it is no plain JSON, nested more than 64 levels deep, or of over 250,000 values.
 * @throws {InvalidImportError} when a value is out of range: nothing is clamped.
 * @throws {LossyImportError} when the import is strict and something would be lost.
 * @example
 * importStableNew({ txt2img: { steps: 30, enable_hr: true, hr_scale: 1.5 } }).config.hires_upscale_factor; // 1.5
 */
export function importStableNew(json: unknown, options: ImportOptions = {}): StableNewImport {
  return importWithRemarks(json, options, []);
}

/** Imports one run of StableNew, with remarks on what its text says and its value does not. */
export function importWithRemarks(
  json: unknown,
  options: ImportOptions,
  remarks: readonly NoteReading[],
): StableNewImport {
  const run = runOf(json);
  const family = stableNewFamily(run);
  if (family === undefined) {
    const keys = Object.keys(run).slice(0, 5).join(', ');
    throw new UnknownShapeError(
      `an object of ${keys === '' ? 'no keys' : keys}`,
      'Give a preset or job record of StableNew.',
    );
  }
  const readings = readRun(run, []);
  const { switches, notes: switchNotes } = settleSwitches(readings);
  const { order, sequence, notes: orderNotes } = settleOrder(readings);
  const decided = order === undefined ? switches : { ...switches, stage_order: order };
  const settled = [...switchNotes, ...orderNotes].map((note) => ({ kind: 'note', note }) as const);
  return {
    family,
    ...composeRun([...remarks, ...settled, ...readings], decided, options, 'StableNew', sequence),
  };
}

function runOf(json: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(json)) {
    throw new UnknownShapeError(`a list of ${json.length}`, 'Use importStableNewRuns for lists.');
  }
  if (!isPlainObject(json)) throw new UnknownShapeError(typeof json, 'Give an object.');
  if (!JsonObject.safeParse(json).success) {
    throw new UnreadableInputError(
      'not_json',
      `The input must be an object of plain JSON, ${bounds}: give one run of it.`,
    );
  }
  return json;
}
