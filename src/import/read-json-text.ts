import { jsonFault } from '../json-fault.ts';
import { duplicateKeys, mayRepeatKeys, type RepeatedKey } from '../json-text.ts';
import { placeIn } from '../text-place.ts';
import { UnreadableInputError } from './errors/unreadable-input-error.ts';

/** The longest text that is read, in characters. A history of 3,000 job records is as long. */
export const maxTextLength = 32 * 1024 * 1024;

/** JSON as a value, and the keys that stand twice in an object of it. */
export interface JsonDocument {
  readonly value: unknown;
  readonly repeated: readonly RepeatedKey[];
}

/**
 * Parses JSON, or JSON Lines as StableNew's job history is written: one value on each line, read as a list.
 *
 * @throws {UnreadableInputError} when it is too large, empty, cut off, full of git's conflict markers or no JSON.
 */
export function readJsonText(text: string): unknown {
  return readJsonDocument(text).value;
}

/** Parses JSON or JSON Lines as {@link readJsonText} does, and finds the keys that stand twice. */
export function readJsonDocument(text: string): JsonDocument {
  if (text.length > maxTextLength) {
    throw new UnreadableInputError(
      'too_large',
      `The input has ${text.length} characters, and at most ${maxTextLength} are read. Split it into files of fewer runs.`,
    );
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (json.trim() === '') throw new UnreadableInputError('empty', 'The input is empty. Give a file of JSON.');
  const whole = parse(json);
  if (whole.success) return { value: whole.value, repeated: repeatedIn(json, whole.value) };
  const lines = json.split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !parse(first).success) throw faultOf(json, 0);
  const documents = lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index)]));
  return {
    value: documents.map(({ value }) => value),
    repeated: documents.flatMap(({ repeated }, index) =>
      repeated.map((key) => ({ ...key, path: [index, ...key.path] })),
    ),
  };
}

/** The keys that stand twice in a text, by the value that it was parsed into. */
export function repeatedIn(text: string, value: unknown): readonly RepeatedKey[] {
  return mayRepeatKeys(text, value) ? duplicateKeys(text) : [];
}

type Parsed = { readonly success: true; readonly value: unknown } | { readonly success: false };

function parse(json: string): Parsed {
  try {
    return { success: true, value: JSON.parse(json) };
  } catch {
    return { success: false };
  }
}

function parseLine(line: string, index: number): JsonDocument {
  const parsed = parse(line);
  if (!parsed.success) throw faultOf(line, index);
  return { value: parsed.value, repeated: repeatedIn(line, parsed.value) };
}

/** Why a text is no JSON. `offset` is the number of lines before it. */
function faultOf(json: string, offset: number): UnreadableInputError {
  const conflict = lineOf(json, /^(<{7}|>{7}|={7})( |\r?$)/m);
  if (conflict !== undefined) {
    const line = conflict + offset;
    const message = `Line ${line} is a conflict marker of git. Settle the merge, then import the file again.`;
    return new UnreadableInputError('conflict_markers', message, line);
  }
  const { at, message: why } = jsonFault(json);
  const place = placeIn(json, at);
  const line = place.line + offset;
  if (at < json.length) {
    const where = `line ${line}, column ${place.column}`;
    return new UnreadableInputError('not_json', `The input is no JSON: in ${where} ${why}.`, line);
  }
  const message = `The JSON is cut off: it ends on line ${line} before its brackets and strings do. Get the whole file.`;
  return new UnreadableInputError('cut_off', message, line);
}

function lineOf(text: string, pattern: RegExp): number | undefined {
  const index = text.search(pattern);
  return index < 0 ? undefined : placeIn(text, index).line;
}
