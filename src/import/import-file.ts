import type { ComposedRun, ImportOptions } from './compose-run.ts';
import type { ImportError } from './errors/import-error.ts';
import { UnreadableInputError } from './errors/unreadable-input-error.ts';
import { type ImageFormat, imageFormat } from './image/image-container.ts';
import { importImage } from './image/import-image.ts';
import { importStableNewRuns } from './import-stablenew-runs.ts';
import { parseInfotext } from './infotext/parse-infotext.ts';
import type { ImportNote, Path } from './note.ts';
import { readJsonText } from './read-json-text.ts';
import type { StableNewFamily } from './stablenew-family.ts';

/** A run, and what it was imported from: a family of StableNew, a format of images, or a bare infotext. */
export interface ImportedRun extends ComposedRun {
  readonly source: StableNewFamily | ImageFormat | 'infotext';
}

/** One run of a file, or the error that importing it throws. */
export type RunImport =
  | { readonly path: Path; readonly success: true; readonly run: ImportedRun }
  | { readonly path: Path; readonly success: false; readonly error: ImportError };

/** Every run of a file, and a note on everything around them. */
export interface ImportedFile {
  readonly runs: readonly RunImport[];
  readonly notes: readonly ImportNote[];
}

/**
 * Imports a file by what is in it: an image, JSON or JSON Lines of StableNew, or an infotext.
 *
 * @throws {UnreadableInputError} when it is text that cannot be read.
 * @throws {UnreadableImageError} when it is an image that no infotext can be read out of.
 * @throws {UnknownShapeError} when it is JSON without a run.
 * @throws as {@link parseInfotext} does, where there is but one run.
 */
export function importFile(bytes: Uint8Array, options: ImportOptions = {}): ImportedFile {
  if (imageFormat(bytes) !== undefined) {
    const { format, ...composed } = importImage(bytes, options);
    return single({ source: format, ...composed });
  }
  const text = decode(bytes);
  if (!looksLikeJson(text)) return single({ source: 'infotext', ...parseInfotext(text, options) });
  const { runs, notes } = importStableNewRuns(readJsonText(text), options);
  return { notes, runs: runs.map((run) => (run.success ? succeeded(run.path, run.imported) : run)) };
}

function single(run: ImportedRun): ImportedFile {
  return { notes: [], runs: [{ path: [], success: true, run }] };
}

function succeeded(
  path: Path,
  { family, ...composed }: ComposedRun & { readonly family: StableNewFamily },
): RunImport {
  return { path, success: true, run: { source: family, ...composed } };
}

/** A prompt may begin with a bracket as well, but not with one before a quote, another bracket, a marker or the end. */
function looksLikeJson(text: string): boolean {
  return /^\s*(?:$|[[{]\s*(?:["{[\]}<]|$)|<{7})/.test(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableInputError('not_text', 'The input is no image and no UTF-8 text. Save it as UTF-8.');
  }
}
