import { type Answer, isRead } from './answer.ts';
import type { AnsweredBatch } from './batch-answers.ts';
import { exitCodes, type Io } from './io.ts';
import { toBytes } from './output.ts';
import { progressLine } from './progress.ts';

/** Lines to print, and how much of all there is has been taken with them: 0 to 1, or null where nobody knows. */
export interface PrintedBatch {
  readonly batch: AnsweredBatch;
  readonly share: number | null;
}

/** Prints lines as they come, and returns the worst exit code. It ends early where its reader goes away. */
export async function printBatches(io: Io, batches: AsyncIterable<PrintedBatch>): Promise<number> {
  const { show, end } = progressLine(io);
  let worst: number = exitCodes.fine;
  const progress = { done: 0, rejected: 0, share: null as number | null };
  try {
    for await (const { batch, share } of batches) {
      worst = Math.max(worst, batch.code);
      if (!(await isRead(io, batch.bytes))) break;
      progress.done += batch.answers;
      progress.rejected += batch.rejected;
      progress.share = share;
      show(progress);
    }
  } finally {
    end({ ...progress, share: null });
  }
  return worst;
}

/** About as many characters as are written at once. */
const batchSize = 65_536;

/** Gathers answers into batches of lines. `count` is how many answers there are. */
export async function* gathered(answers: Iterable<Answer>, count: number): AsyncGenerator<PrintedBatch> {
  let lines: string[] = [];
  let size = 0;
  let rejected = 0;
  let code: number = exitCodes.fine;
  let done = 0;
  const gather = (): PrintedBatch => {
    const batch = { bytes: toBytes(lines), answers: lines.length, rejected, code };
    lines = [];
    size = 0;
    rejected = 0;
    return { batch, share: done / count };
  };
  for (const answer of answers) {
    const line = JSON.stringify(answer.data);
    lines.push(line);
    size += line.length;
    done += 1;
    code = Math.max(code, answer.code);
    if (answer.code !== exitCodes.fine) rejected += 1;
    if (size >= batchSize) yield gather();
  }
  if (lines.length > 0) yield gather();
}
