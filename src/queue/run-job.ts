import { JsonValue } from '../json.ts';
import { quote } from '../path.ts';
import type { FetchedJob } from './fetched-job.ts';
import type { HandedJob, SkipIfDone, StageHandler, WorkerEvent } from './handler.ts';
import { type KeptLock, keepLock } from './keep-lock.ts';
import { jobId, StageJob, stageIdOf } from './stage-job.ts';
import { UnrecoverableError } from './unrecoverable-error.ts';

/** How a fetched job is worked on. */
export interface WorkRules {
  readonly handler: StageHandler;
  readonly skipIfDone: SkipIfDone;
  /** Aborts when the worker is to stop. */
  readonly signal: AbortSignal;
  readonly lockDuration: number;
  readonly maxStalledCount: number;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** Works on a job that was fetched under a token, and settles it: done, failed, laid aside or handed back. */
export async function runJob(job: FetchedJob, queue: string, token: string, rules: WorkRules): Promise<void> {
  const id = String(job.id);
  const { signal, onEvent } = rules;
  const lock = keepLock(job, id, token, rules.lockDuration);
  try {
    const before = await resultsBefore(job, token, rules);
    if (before === null) return;
    const handed = handOver(job, id, queue, before);
    onEvent({ type: 'started', id, queue });
    const { result, skipped } = await work(handed, job, lock, rules);
    await job.moveToCompleted(result, token, false);
    onEvent({ type: skipped ? 'skipped' : 'done', id, queue });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const back = signal.aborted && !(error instanceof UnrecoverableError);
    try {
      if (back) await job.moveToWait(token);
      else await job.moveToFailed(error, token, false);
      onEvent(back ? { type: 'handed_back', id, queue } : { type: 'failed', id, queue, error });
    } catch {
      // Redis takes no word on a job from a box that has not its lock.
      onEvent({ type: 'lost', id, queue });
    }
  } finally {
    lock.letGo();
  }
}

/**
 * What the stage before it gave, in a list of one; none for the first stage. null: the job is laid aside until its image is
 * there, since `retryPlan` brings back all stages at once.
 *
 * BullMQ hands a job that has to fail to a worker, to be failed. It need not fail any more where the stage before it was
 * brought back in the meantime.
 *
 * @throws {UnrecoverableError} when it has to fail.
 */
async function resultsBefore(
  job: FetchedJob,
  token: string,
  { maxStalledCount }: WorkRules,
): Promise<readonly unknown[] | null> {
  const { deferredFailure, stalledCounter } = job;
  for (;;) {
    const { processed = {}, unprocessed = [], failed = [] } = await job.getDependencies();
    if (failed.length > 0) throw new UnrecoverableError(deferredFailure ?? 'The stage before it failed.');
    if (deferredFailure !== undefined && stalledCounter > maxStalledCount)
      throw new UnrecoverableError(deferredFailure);
    if (unprocessed.length === 0) return Object.values(processed);
    if (await job.moveToWaitingChildren(token)) return null;
  }
}

/** @throws {UnrecoverableError} when the data are not those of the job, or what the stage before it gave is gone. */
function handOver(job: FetchedJob, id: string, queue: string, before: readonly unknown[]): HandedJob {
  const { data, error } = StageJob.safeParse(job.data);
  if (error !== undefined) {
    const [{ path = [], message = '' } = {}] = error.issues;
    throw new UnrecoverableError(
      `Remove the plan, and hand it in by the version of stageplan that the box has: the data of the job are malformed at ${quote(path.join('.'))}: ${message}.`,
    );
  }
  const own = jobId(data.plan, stageIdOf(data));
  if (own !== id)
    throw new UnrecoverableError(
      `Hand the plan in by submitPlans: the data are those of ${own}, not of ${quote(id)}.`,
    );
  return { id, queue, attempt: job.attemptsMade + 1, job: data, before: resultBefore(data, before) };
}

function resultBefore(data: StageJob, [value]: readonly unknown[]): JsonValue {
  if (data.target === 'comfyui' || data.stage.input.source !== 'stage') return null;
  if (value !== undefined) return JsonValue.parse(value);
  throw new UnrecoverableError(
    `Remove the plan and hand it in again: the job of ${data.stage.input.stage_id}, whose image it takes, is gone from Redis.`,
  );
}

async function work(
  handed: HandedJob,
  job: FetchedJob,
  { lost }: KeptLock,
  { handler, skipIfDone, signal }: WorkRules,
): Promise<{ readonly result: JsonValue; readonly skipped: boolean }> {
  const found = await skipIfDone(handed);
  if (found !== undefined) return { result: checked(found), skipped: true };
  const result = await handler(handed, {
    signal: AbortSignal.any([signal, lost]),
    progress: (progress) => job.updateProgress(progress),
  });
  return { result: checked(result ?? null), skipped: false };
}

/** The largest result, in bytes of JSON. */
const largestResult = 64_000;

/** @throws {UnrecoverableError} when a result is no JSON, or so large that it may be an image. */
function checked(result: JsonValue): JsonValue {
  const { data, success } = JsonValue.safeParse(result);
  if (!success)
    throw new UnrecoverableError('Give plain JSON: what the handler gave cannot be kept in Redis.');
  const size = new TextEncoder().encode(JSON.stringify(data)).length;
  if (size <= largestResult) return data;
  throw new UnrecoverableError(
    `Give references to images, their paths or URLs: the handler gave ${size} bytes, and Redis keeps at most ${largestResult} of a job.`,
  );
}
