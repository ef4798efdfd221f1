import { requirePackage } from '../../visualizations/require-package.ts';
import type { AnsweredBatch, Batch } from './batch-answers.ts';
import type { LineTask } from './line-task.ts';

/** Threads that answer batches. */
export interface Pool {
  readonly answer: (batch: Batch) => Promise<AnsweredBatch>;
  readonly close: () => Promise<void>;
}

/**
 * Starts so many threads, each with the task of a command.
 *
 * @throws {MissingPackageError} when piscina is not installed.
 */
export async function startPool(task: LineTask, threads: number): Promise<Pool> {
  const { Piscina } = await requirePackage('piscina', '--jobs', () => import('piscina'));
  const pool = new Piscina({
    filename: new URL('./line-worker.js', import.meta.url).href,
    name: 'answerBatch',
    workerData: task,
    minThreads: threads,
    maxThreads: threads,
  });
  return { answer: (batch) => pool.run(batch), close: () => pool.destroy() };
}
