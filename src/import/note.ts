import { renderPath } from '../config/config-problems.ts';

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

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

const longestQuote = 60;

/** A value as a message shows it: JSON, cut where it is long. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? value : String(value);
  const cut = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return typeof value === 'string' ? JSON.stringify(cut) : cut;
}
