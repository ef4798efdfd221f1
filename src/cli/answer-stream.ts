import { type Batch, batchAnswerer, type FileInput } from './batch-answers.ts';
import { inOrder } from './in-order.ts';
import type { Io } from './io.ts';
import type { LineFlags } from './line-flags.ts';
import type { LineTask } from './line-task.ts';
import { lineBatches } from './ndjson.ts';
import { type PrintedBatch, printBatches } from './print-batches.ts';
import { attemptBytes } from './read-json.ts';
import { withSetup } from './with-setup.ts';

/** Answers each line of standard input with one line, in order, and returns the worst exit code. */
export async function answerLines(io: Io, task: LineTask, flags: LineFlags): Promise<number> {
  const { stdinSize } = io;
  return answerStream(io, task, flags, lineBatches(io.stdin, flags.resumeAfter ?? 0), (batch) =>
    'position' in batch && stdinSize !== undefined ? Math.min(1, batch.position / stdinSize) : null,
  );
}

/** Answers each file with one line, in order, and returns the worst exit code. */
export async function answerFileLines(
  io: Io,
  files: readonly string[],
  task: LineTask,
  flags: LineFlags & { readonly largest: number },
): Promise<number> {
  const { resumeAfter = 0, largest } = flags;
  let done = resumeAfter;
  return answerStream(io, task, flags, readFiles(io, files.slice(resumeAfter), largest), () => {
    done += 1;
    return done / files.length;
  });
}

async function* readFiles(io: Io, files: readonly string[], largest: number): AsyncGenerator<FileInput> {
  for (const file of files) yield readFile(io, file, largest);
}

async function readFile(io: Io, file: string, largest: number): Promise<FileInput> {
  const read = await attemptBytes(io, file, largest);
  return read instanceof Error
    ? { file, bytes: new Uint8Array(), problem: read.message }
    : { file, bytes: read, problem: null };
}

/** How many batches a thread is given at once: one to work on, and one to go on with. */
const batchesEach = 2;

async function answerStream(
  io: Io,
  task: LineTask,
  { jobs = 1 }: LineFlags,
  batches: AsyncIterable<Batch>,
  shareOf: (batch: Batch) => number | null,
): Promise<number> {
  if (jobs === 1) {
    const answer = await batchAnswerer(task);
    return printBatches(io, printed(inOrder(batches, 1, answer), shareOf));
  }
  const { code, complaint } = await withSetup(io, async () => {
    const { answer, close } = await io.threads(task, jobs);
    const worst = await printBatches(io, printed(inOrder(batches, jobs * batchesEach, answer), shareOf));
    await close();
    return { code: worst, data: null };
  });
  await io.err(complaint?.() ?? '');
  return code;
}

async function* printed(
  answered: AsyncIterable<readonly [Batch, PrintedBatch['batch']]>,
  shareOf: (batch: Batch) => number | null,
): AsyncGenerator<PrintedBatch> {
  for await (const [input, batch] of answered) yield { batch, share: shareOf(input) };
}
