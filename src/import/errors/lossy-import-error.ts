import { listFirst, sayListed } from '../../listed.ts';
import type { ImportNote } from '../note.ts';

/** A strict import lost something on the way. Nothing was imported. */
export class LossyImportError extends Error {
  override readonly name = 'LossyImportError';
  /** The notes that stand for a loss. */
  readonly notes: readonly ImportNote[];

  constructor(notes: readonly ImportNote[]) {
    const losses = notes.map(({ code, message }) => ({ message: `${code}: ${message}` }));
    super(sayListed('The import is strict, and would lose what the input says.', listFirst(losses)));
    this.notes = notes;
  }
}
