import { decode, largestInput, tooLarge } from './read-json.ts';

const newline = 10;

/** The most lines that are answered together: what is made of them stays small, however short they are. */
const mostLines = 256;

/** Some lines of NDJSON that follow one another. */
export interface LineBatch {
  /** The number of the first of them, counted from 1. */
  readonly line: number;
  /** The lines, with a line break between two. null: it is one line, and larger than is read. */
  readonly bytes: Uint8Array | null;
  /** How many bytes of the stream have been read at their end. */
  readonly position: number;
}

/**
 * Parts a stream into batches of whole lines, without the first `skipped` of them. Lines that come together are given
 * together, and at once: nobody waits for a line that is there.
 *
 * It holds one piece of the stream and the line that breaks off behind it, and no more of that than 16 MiB.
 */
export async function* lineBatches(
  stream: AsyncIterable<Uint8Array>,
  skipped: number,
): AsyncGenerator<LineBatch> {
  let line = 1;
  let position = 0;
  let begun: readonly Uint8Array[] = [];
  let size = 0;
  const take = (bytes: Uint8Array) => {
    size += bytes.length;
    position += bytes.length;
    begun = size > largestInput ? [] : [...begun, bytes];
  };
  const finish = (count: number): readonly LineBatch[] => {
    const bytes = size > largestInput ? null : Buffer.concat(begun);
    const batch = { line, bytes, position };
    begun = [];
    size = 0;
    line += count;
    return batch.line > skipped ? [batch] : [];
  };
  for await (const piece of stream) {
    let start = 0;
    for (;;) {
      const first = piece.indexOf(newline, start);
      if (first === -1) break;
      const mayBeLarge = size + piece.length - start > largestInput;
      const most = mayBeLarge ? 1 : Math.min(mostLines, line > skipped ? mostLines : skipped - line + 1);
      const { end, count } = endOfLines(piece, first, most);
      take(piece.subarray(start, end));
      position += 1;
      start = end + 1;
      yield* finish(count);
    }
    take(piece.subarray(start));
  }
  if (size > 0) yield* finish(1);
}

/** Where the last line of at most so many ends, of which the first ends at `first`, and how many there are. */
function endOfLines(piece: Uint8Array, first: number, most: number) {
  let end = first;
  let count = 1;
  while (count < most) {
    const next = piece.indexOf(newline, end + 1);
    if (next === -1) break;
    end = next;
    count += 1;
  }
  return { end, count };
}

/** A line of a batch, which is read when its turn comes. */
export interface Line {
  /** Its number, counted from 1. */
  readonly line: number;
  /** Throws an InputError where the line is too large or not UTF-8. */
  readonly read: () => string;
}

/** The lines of a batch. One that is no UTF-8 spoils no other. */
export function linesIn({ line, bytes }: LineBatch): readonly Line[] {
  return readsOf(bytes).map((read, index) => ({ line: line + index, read }));
}

function readsOf(bytes: Uint8Array | null): readonly (() => string)[] {
  if (bytes === null) return [unreadLine];
  try {
    return decode(bytes)
      .split('\n')
      .map((text) => () => withoutMark(text));
  } catch {
    return Buffer.from(bytes)
      .toString('latin1')
      .split('\n')
      .map((text) => () => decode(Buffer.from(text, 'latin1')));
  }
}

function unreadLine(): never {
  throw tooLarge();
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
