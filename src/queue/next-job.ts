import type { FetchedJob, Fetcher } from './fetched-job.ts';

/** A job, and the worker that fetched it. */
export interface NextJob {
  readonly job: FetchedJob;
  readonly from: Fetcher;
}

/**
 * The next job of several queues: of the one that the last job was from, whose checkpoint is loaded, else of the others in
 * turn. Without affinity the others come first. null: no queue has any.
 */
export async function nextJob(
  fetchers: readonly Fetcher[],
  last: Fetcher | null,
  affinity: boolean,
  token: string,
): Promise<NextJob | null> {
  const start = last === null ? 0 : fetchers.indexOf(last) + (affinity ? 0 : 1);
  for (const from of [...fetchers.slice(start), ...fetchers.slice(0, start)]) {
    const job = await from.getNextJob(token, { block: false });
    if (job) return { job, from };
  }
  return null;
}
