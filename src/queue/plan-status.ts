import { type FindOptions, findJobs, type PlacedJob, type PlanQueue } from './plan-jobs.ts';

/** How it stands with a stage. */
export type StageState = 'waiting' | 'active' | 'done' | 'failed';

/** How it stands with the job of a stage, or of a whole plan for ComfyUI. */
export interface StageStatus {
  readonly stage_id: string;
  readonly queue: string;
  readonly state: StageState;
  /** Why it failed for good. null: it did not. */
  readonly reason: string | null;
  /** The stage that failed, where this one failed with it and was never run. null: it failed itself, or not at all. */
  readonly failed_with: string | null;
  /** What its handler told last. */
  readonly progress: unknown;
  /** What its handler gave. null: it is not done. */
  readonly result: unknown;
}

/**
 * Tells how it stands with each stage of a plan, in the order in which they run. Empty: no queue has the plan.
 *
 * It reads one job after the other, so that what it tells of a plan in work is not of one moment.
 *
 * @param queues BullMQ's queues that the plan can be in, opened with the prefix that it was handed in with.
 * @throws {MissingQueueError} when a job is in another queue.
 * @throws {InvalidOptionsError} when the fingerprint is none, or an option is unknown or wrong.
 */
export async function planStatus(
  queues: readonly PlanQueue[],
  fingerprint: string,
  options: FindOptions = {},
): Promise<readonly StageStatus[]> {
  const statuses: StageStatus[] = [];
  for (const placed of await findJobs(queues, fingerprint, options)) {
    const failed = statuses.find(({ state }) => state === 'failed');
    statuses.push(await statusOf(placed, failed?.stage_id ?? null));
  }
  return statuses;
}

async function statusOf({ job, ...place }: PlacedJob, failedBefore: string | null): Promise<StageStatus> {
  const state = stateNamed(await job.getState());
  return {
    ...place,
    state,
    reason: state === 'failed' ? job.failedReason : null,
    failed_with: state === 'failed' ? failedBefore : null,
    progress: job.progress,
    result: state === 'done' ? job.returnvalue : null,
  };
}

/** BullMQ has more states: a job that waits for its children, for its next try or behind others waits. */
function stateNamed(state: string): StageState {
  if (state === 'completed') return 'done';
  return state === 'failed' || state === 'active' ? state : 'waiting';
}
