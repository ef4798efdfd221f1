import { InvalidImportError } from './invalid-import-error.ts';
import { LossyImportError } from './lossy-import-error.ts';
import { UnknownShapeError } from './unknown-shape-error.ts';
import { UnreadableGraphError } from './unreadable-graph-error.ts';
import { UnreadableImageError } from './unreadable-image-error.ts';
import { UnreadableInputError } from './unreadable-input-error.ts';

/** Every error that an import throws. */
export type ImportError =
  | InvalidImportError
  | LossyImportError
  | UnknownShapeError
  | UnreadableGraphError
  | UnreadableImageError
  | UnreadableInputError;

/** What an import gives, or the error that it throws. */
export type ImportAttempt<Result> =
  | { readonly success: true; readonly result: Result }
  | { readonly success: false; readonly error: ImportError };

/** Runs an import and returns its errors instead of throwing them. Any other error is a bug, and is thrown. */
export function attemptImport<Result>(run: () => Result): ImportAttempt<Result> {
  try {
    return { success: true, result: run() };
  } catch (error) {
    if (!isImportError(error)) throw error;
    return { success: false, error };
  }
}

function isImportError(error: unknown): error is ImportError {
  return classes.some((type) => error instanceof type);
}

const classes = [
  InvalidImportError,
  LossyImportError,
  UnknownShapeError,
  UnreadableGraphError,
  UnreadableImageError,
  UnreadableInputError,
];
