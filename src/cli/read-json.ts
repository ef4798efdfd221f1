import { isUtf8 } from 'node:buffer';
import stripJsonComments from 'strip-json-comments';
import * as z from 'zod';
import { jsonFault } from '../json-fault.ts';
import { duplicateKeys, isJsonText, mayRepeatKeys } from '../json-text.ts';
import { renderPath } from '../path.ts';
import { placeIn, renderPlace } from '../text-place.ts';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';

/** The largest input that is read, in bytes: a file, standard input, or one line of NDJSON. */
export const largestInput = 16 * 1024 * 1024;

/** The name that stands for standard input. */
export const standardInput = '-';

/**
 * Reads one JSON document from a file or standard input.
 *
 * @throws {InputError} when it cannot be read, is over 16 MiB, or is not JSON.
 */
export async function readJson(io: Io, file: string): Promise<unknown> {
  return parseJson(decode(await readBytes(io, file)));
}

/**
 * Parses JSON, and says where it breaks or where a key stands a second time: of its two values one would be lost.
 *
 * @throws {InputError} with the line and column, counted from 1.
 */
export function parseJson(text: string): unknown {
  const value = parsed(text);
  const [repeated] = mayRepeatKeys(text, value) ? duplicateKeys(text) : [];
  if (repeated === undefined) return value;
  throw new InputError(
    `${renderPath(repeated.path)} stands twice, with a value in ${renderPlace(text, repeated.lostAt)}, and again in ${renderPlace(text, repeated.at)}: keep one of them.`,
    placeIn(text, repeated.at),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenJson(text);
  }
}

/**
 * Decodes UTF-8, with or without a byte order mark.
 *
 * @throws {InputError} when the bytes are not UTF-8.
 */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('It is not UTF-8 text. Save it as UTF-8.');
  }
}

/** The error for input over the limit. */
export function tooLarge(limit = largestInput): InputError {
  return new InputError(`It is larger than ${limit / 1024 / 1024} MiB, the most that is read.`);
}

/**
 * Reads a file or standard input as it is, but that a file named `.jsonc` may have comments, and commas behind the last of a
 * list or object.
 *
 * @throws {InputError} when it cannot be read, or is over the limit.
 */
export async function readBytes(io: Io, file: string, limit = largestInput): Promise<Uint8Array> {
  const read = await attemptBytes(io, file, limit);
  if (read instanceof InputError) throw read;
  return read;
}

/** Reads a file or standard input in the same way, or says why it cannot. */
export async function attemptBytes(io: Io, file: string, limit: number): Promise<Uint8Array | InputError> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of file === standardInput ? io.stdin : io.open(file)) {
      size += chunk.length;
      if (size > limit) return tooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    return unreadable(error);
  }
  const bytes = Buffer.concat(chunks);
  return /\.jsonc$/i.test(file) && isUtf8(bytes) ? new TextEncoder().encode(plainJson(decode(bytes))) : bytes;
}

/** Spaces take the place of what JSON does not have, so that every place in the text stays the same. */
function plainJson(text: string): string {
  return stripJsonComments(text, { trailingCommas: true });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'You may not read it.',
  EISDIR: 'It is a folder, not a file.',
  ENOENT: 'There is no such file.',
};

/** The error for an input that cannot be opened or read. */
export function unreadable(error: unknown): InputError {
  const code = z.object({ code: z.string() }).safeParse(error).data?.code ?? '';
  return new InputError(reasons[code] ?? `It cannot be read: ${String(error)}`);
}

/** `JSON.parse` does not tell the place where a text breaks. */
function brokenJson(text: string): InputError {
  if (text.trim() === '') return new InputError('It is empty, not JSON.');
  const { at, message } = jsonFault(text);
  const advice = isJsonText(plainJson(text))
    ? ' A file named .jsonc may have comments, and a comma at an end.'
    : '';
  return new InputError(`It is not JSON: ${message}.${advice}`, placeIn(text, at));
}
