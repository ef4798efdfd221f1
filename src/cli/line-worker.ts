import { workerData } from 'node:worker_threads';
import { batchAnswerer } from './batch-answers.ts';

/** What a thread of the pool runs. The pool calls it by its name. */
export const answerBatch = await batchAnswerer(workerData);
