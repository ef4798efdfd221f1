import { requirePackage } from '../require-package.ts';
import type { Threads } from './io.ts';
import type { LineTask } from './line-task.ts';

/**
 * Starts so many threads, each with the task of a command.
 *
 * @throws {MissingPackageError} when piscina is not installed.
 */
export async function startThreads(task: LineTask, count: number): Promise<Threads> {
  const { Piscina } = await requirePackage('piscina', '--jobs', () => import('piscina'));
  const pool = new Piscina({
    filename: new URL('./line-worker.js', import.meta.url).href,
    name: 'answerBatch',
    workerData: task,
    minThreads: count,
    maxThreads: count,
  });
  return { answer: (batch) => pool.run(batch), close: () => pool.destroy() };
}
