import { type FindOptions, findJobs, type PlanJob, type PlanQueue } from './plan-jobs.ts';

/**
 * Brings back a plan that failed for good, from the stage that failed: it and those behind it are tried anew, as often as at
 * first. Stages that are done do not run again. Safe to call twice, and on a plan that is still failing. BullMQ goes on
 * counting the boxes that fell silent over a stage: one that failed by too many of them fails by the next.
 *
 * The stages behind it are fetched before their image is there; a worker of `createStageWorker` lays such a job aside until
 * it is, which a bare worker of BullMQ's does not.
 *
 * @returns the stages that were brought back, in their order; none where none had failed.
 * @throws {MissingQueueError} when a job is in a queue that was not handed over.
 * @throws {InvalidOptionsError} when the fingerprint is none, or an option is unknown or wrong.
 */
export async function retryPlan(
  queues: readonly PlanQueue[],
  fingerprint: string,
  options: FindOptions = {},
): Promise<readonly string[]> {
  const retried: string[] = [];
  // In their order: a stage that is fetched before the one that it waits for was brought back would fail with it once more.
  for (const { stage_id, job } of await findJobs(queues, fingerprint, options))
    if (await isBroughtBack(job)) retried.push(stage_id);
  return retried;
}

async function isBroughtBack(job: PlanJob): Promise<boolean> {
  if ((await job.getState()) !== 'failed') return false;
  try {
    await job.retry('failed', { resetAttemptsMade: true });
    return true;
  } catch (error) {
    // Somebody else brought it back in between.
    if ((await job.getState()) !== 'failed') return false;
    throw error;
  }
}
