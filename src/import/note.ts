import { type Path, renderPath } from '../path.ts';

export { quote as show } from '../path.ts';
export type { Path };

/** What became of a value on its way in. The set is closed: a new code is a new version of the library. */
export type NoteCode = 'renamed' | 'converted' | 'not_set' | 'defaulted' | 'ignored' | LossyNoteCode;

/** The codes of notes that stand for a loss. A strict import refuses them. */
export type LossyNoteCode = (typeof lossyNoteCodes)[number];

export const lossyNoteCodes = ['dropped', 'contradicted', 'illegal_order', 'ambiguous'] as const;

/** One change of meaning between the input and the RunConfig. */
export interface ImportNote {
  /** The place in the input; for `defaulted`, which has none, the field of the RunConfig. */
  readonly path: Path;
  readonly code: NoteCode;
  readonly message: string;
}

/** Makes a note. The message is the path and what is said of it. */
export function noteAt(path: Path, code: NoteCode, fate: string): ImportNote {
  return { path, code, message: `${renderPath(path)} ${fate}.` };
}

/** Tells whether a note stands for something that the RunConfig does not say. */
export function isLossy(note: ImportNote): boolean {
  return lossyNoteCodes.some((code) => code === note.code);
}
