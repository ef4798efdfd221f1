import { type FindOptions, findJobs, type PlanQueue } from './plan-jobs.ts';

/** A box works on the plan. Nothing was removed. */
export class PlanInUseError extends Error {
  override readonly name = 'PlanInUseError';
  readonly stage_id: string;

  constructor(stage_id: string) {
    super(
      `Wait until ${stage_id} is done, or stop the box that works on it: nothing of the plan was removed.`,
    );
    this.stage_id = stage_id;
  }
}

/**
 * Removes every job of a plan, or none. Afterwards the plan may be handed in again, and runs anew.
 *
 * @returns the stages that were removed, in their order; none where no queue has the plan.
 * @throws {PlanInUseError} when a box works on one of them.
 * @throws {MissingQueueError} when a job is in a queue that was not handed over.
 * @throws {InvalidOptionsError} when the fingerprint is none, or an option is unknown or wrong.
 */
export async function removePlan(
  queues: readonly PlanQueue[],
  fingerprint: string,
  options: FindOptions = {},
): Promise<readonly string[]> {
  const jobs = await findJobs(queues, fingerprint, options);
  try {
    // Redis removes the last stage with all below it in one step.
    await jobs.at(-1)?.job.remove({ removeChildren: true });
  } catch (error) {
    for (const { stage_id, job } of jobs)
      if ((await job.getState()) === 'active') throw new PlanInUseError(stage_id);
    throw error;
  }
  return jobs.map(({ stage_id }) => stage_id);
}
