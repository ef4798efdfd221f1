import type { FetchedJob } from './fetched-job.ts';

/** The lock of a job ran out, and the job was given to somebody else: what this box makes of it counts no more. */
export class LockLostError extends Error {
  override readonly name = 'LockLostError';

  constructor(id: string) {
    super(
      `Drop the work on ${id}: this box did not answer for longer than lockDuration, and another has the job.`,
    );
  }
}

/** The lock of a job, renewed until it is let go. */
export interface KeptLock {
  /** Aborts, with a {@link LockLostError}, when the lock is lost. */
  readonly lost: AbortSignal;
  readonly letGo: () => void;
}

/** Renews the lock of a job twice in its duration, in milliseconds. While Redis cannot be reached, it goes on trying. */
export function keepLock(job: FetchedJob, id: string, token: string, duration: number): KeptLock {
  const controller = new AbortController();
  const renew = async () => {
    const kept = await job.extendLock(token, duration).catch(() => 1);
    if (kept !== 1) controller.abort(new LockLostError(id));
  };
  const timer = setInterval(renew, duration / 2);
  return { lost: controller.signal, letGo: () => clearInterval(timer) };
}
