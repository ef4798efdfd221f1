import { isJsonText, type RepeatedKey } from '../json-text.ts';
import { composeFound } from './compose-found.ts';
import type { ComposedRun, ImportOptions } from './compose-run.ts';
import { attemptImport, type ImportError } from './errors/import-error.ts';
import { LossyImportError } from './errors/lossy-import-error.ts';
import { UnreadableInputError } from './errors/unreadable-input-error.ts';
import { checkContainer, type ImageFormat, imageFormat, otherFormat } from './image/image-container.ts';
import { importImage } from './image/import-image.ts';
import { importWithRemarks } from './import-stablenew.ts';
import { checkLength } from './infotext/infotext-text.ts';
import { hasParameters, infotextsOf } from './infotext/parse-infotext.ts';
import { listRuns } from './list-runs.ts';
import type { ImportNote, Path } from './note.ts';
import { type JsonDocument, readJsonDocument } from './read-json-text.ts';
import { detect } from './readers/detect.ts';
import type { Detection } from './readers/reader.ts';
import { unknownJson } from './readers/refuse-unknown.ts';
import { asObject, sourceText } from './readers/source.ts';
import { isWithin, remarkOnRepeated, repeatedWithin } from './repeated-keys.ts';
import { stableNewFamily } from './stablenew-family.ts';
import { foreignKeys } from './stablenew-keys.ts';
import type { Section } from './stage-places.ts';

/** A run, who wrote it, and what it stood in. */
export interface ImportedRun extends ComposedRun, Detection {
  readonly source: ImageFormat | 'json' | 'text';
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
 * Imports a file by what is in it: an image, JSON or JSON Lines, or an infotext.
 *
 * @throws {UnreadableInputError} when it is text that cannot be read.
 * @throws {UnreadableImageError} when it is an image that no run can be read out of.
 * @throws {UnknownShapeError} when it is JSON without a run.
 * @throws as {@link parseInfotext} does, where there is but one run.
 */
export function importFile(bytes: Uint8Array, options: ImportOptions = {}): ImportedFile {
  if (imageFormat(bytes) !== undefined) {
    const { format, ...imported } = importImage(bytes, options);
    return single({ source: format, ...imported });
  }
  const text = decode(bytes);
  if (text.includes('\0') && otherFormat(bytes) !== undefined) checkContainer(bytes);
  if (isJson(text)) return importJson(readJsonDocument(text), options);
  const texts = infotextsOf(text);
  if (texts.length === 1) return single(importText(text, options));
  const message = `The text holds ${texts.length} infotexts, and each is read as a run of its own: or else all but the last stand in the prompt of that.`;
  const runs = texts.map((each, index) => attemptRun([index], () => importText(each, options)));
  return { notes: [{ path: [], code: 'ambiguous', message }], runs };
}

/** Imports the infotext of one run. */
function importText(text: string, options: ImportOptions): ImportedRun {
  checkLength(text);
  const source = [sourceText('', text)];
  const found = detect(source);
  if (found === undefined) throw noParameters();
  return { source: 'text', ...composeFound(found, source, options) };
}

function single(run: ImportedRun): ImportedFile {
  return { notes: [], runs: [{ path: [], success: true, run }] };
}

function importJson({ value, repeated }: JsonDocument, options: ImportOptions): ImportedFile {
  const { runs, notes } = listRuns(value);
  const around = repeated.filter(({ path }) => !runs.some((run) => isWithin(path, run.path)));
  const losses = remarkOnRepeated(around, []).map(({ note }) => note);
  if (options.strict === true && losses.length > 0) throw new LossyImportError(losses);
  return {
    notes: [...losses, ...notes],
    runs: runs.map(({ path, run }) =>
      attemptRun(path, () => importRun(run, options, repeatedWithin(repeated, path))),
    ),
  };
}

function attemptRun(path: Path, run: () => ImportedRun): RunImport {
  const attempt = attemptImport(run);
  return attempt.success ? { path, success: true, run: attempt.result } : { path, ...attempt };
}

/** A run of JSON: of any writer that is told by a mark, else of StableNew. */
function importRun(run: unknown, options: ImportOptions, repeated: readonly RepeatedKey[]): ImportedRun {
  const json = asObject(run);
  const source = json === undefined ? [] : [{ keyword: '', text: '', json, repeated }];
  const found = detect(source);
  if (found !== undefined) return { source: 'json', ...composeFound(found, source, options) };
  if (json !== undefined) refuseForeign(json);
  const { family: _family, ...composed } = importWithRemarks(run, options, remarkOnRepeated(repeated, []));
  return { source: 'json', writer: 'StableNew', version: null, certainty: 'likely', ...composed };
}

/** A flat run with keys that StableNew never wrote is not its own, though it has steps and a prompt. */
function refuseForeign(json: Section): void {
  const family = stableNewFamily(json);
  const foreign = family === undefined ? Object.keys(json) : family === 'F3' ? foreignKeys(json) : [];
  if (family === undefined || foreign.length > 0) throw unknownJson(json, foreign);
}

/** A prompt may begin with brackets as well: then parameters stand behind it, and it is no JSON. */
function isJson(text: string): boolean {
  if (!/^\s*(?:$|[[{]|<{7})/.test(text)) return false;
  return isJsonText(text) || !hasParameters(text);
}

function noParameters(): UnreadableInputError {
  const message =
    'The text is no JSON, and has no parameters that are known. Give the text that begins with the prompt and ends with "Steps: ...".';
  return new UnreadableInputError('no_parameters', message);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    if (otherFormat(bytes) !== undefined) checkContainer(bytes);
    throw new UnreadableInputError('not_text', 'The input is no image and no UTF-8 text. Save it as UTF-8.');
  }
}

/** UTF-16 is told by its mark, with which Windows begins such a file. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
