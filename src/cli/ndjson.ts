import { largestInput } from './read-json.ts';

const newline = 10;

/** The most lines that are answered together: what is made of them stays small, however short they are. */
const mostLines = 256;

/** Some lines of NDJSON that follow one another. */
export interface LineBatch {
  /** The number of the first of them, counted from 1. */
  readonly line: number;
  /** null: it is one line, and larger than is read. */
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
      const isLarge = size + first - start >= largestInput;
      const most = isLarge ? 1 : Math.min(mostLines, line > skipped ? mostLines : skipped - line + 1);
      const { end, count } = endOfLines(piece, start, most);
      take(piece.subarray(start, end));
      start = end;
      yield* finish(count);
    }
    take(piece.subarray(start));
  }
  if (size > 0) yield* finish(1);
}

/** The end of the last line of a piece, of at most so many, and how many there are. */
function endOfLines(piece: Uint8Array, start: number, most: number) {
  let end = start;
  let count = 0;
  for (
    let next = piece.indexOf(newline, end);
    next !== -1 && count < most;
    next = piece.indexOf(newline, end)
  ) {
    end = next + 1;
    count += 1;
  }
  return { end, count };
}
