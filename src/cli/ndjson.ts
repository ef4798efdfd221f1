import { decode, largestInput, parseJson, tooLarge } from './read-json.ts';

const newline = 10;

/** One line of NDJSON, counted from 1. bytes is null when it is larger than is read. */
export interface NdjsonLine {
  readonly line: number;
  readonly bytes: Uint8Array | null;
}

/** Splits a stream into its lines. It never holds more than one of them, and no more of that than 16 MiB. */
export async function* ndjsonLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<NdjsonLine> {
  let line = 0;
  let pieces: Uint8Array[] = [];
  let size = 0;
  const take = (piece: Uint8Array) => {
    size += piece.length;
    if (size <= largestInput) pieces.push(piece);
    else pieces = [];
  };
  const finish = (): NdjsonLine => {
    line += 1;
    const bytes = size > largestInput ? null : Buffer.concat(pieces);
    pieces = [];
    size = 0;
    return { line, bytes };
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
      yield finish();
    }
    take(chunk.subarray(start));
  }
  if (size > 0) yield finish();
}

/**
 * Parses a line of NDJSON.
 *
 * @throws {InputError} when it is too large, not UTF-8 or not JSON.
 */
export function parseLine({ bytes }: NdjsonLine): unknown {
  if (bytes === null) throw tooLarge();
  return parseJson(decode(bytes));
}
