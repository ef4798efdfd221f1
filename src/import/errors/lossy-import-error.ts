import type { ImportNote } from '../note.ts';

/** A strict import lost something on the way. Nothing was imported. */
export class LossyImportError extends Error {
  override readonly name = 'LossyImportError';
  /** The notes that stand for a loss. */
  readonly notes: readonly ImportNote[];

  constructor(notes: readonly ImportNote[]) {
    const lines = notes.map(({ code, message }) => `- ${code}: ${message}`);
    super(['The import is strict, and would lose what the input says.', ...lines].join('\n'));
    this.notes = notes;
  }
}
