import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import { type OptionRules, takeOptions } from '../sequence/options.ts';
import { stageTypes as typesOf } from '../sequence/stage-types.ts';
import { jobId } from './stage-job.ts';

/** What of BullMQ's `Queue` is used. */
export interface PlanQueue {
  readonly name: string;
  getJob(id: string): Promise<PlanJob | null | undefined>;
}

/** What of BullMQ's `Job` is used by functions that look at a plan. */
export interface PlanJob {
  readonly id?: string | undefined;
  readonly failedReason: string;
  readonly progress: unknown;
  readonly returnvalue: unknown;
  readonly parent?: { readonly id?: string; readonly queueKey: string } | undefined;
  getState(): Promise<string>;
  retry(state: 'failed', options: { readonly resetAttemptsMade: boolean }): Promise<void>;
  remove(options: { readonly removeChildren: boolean }): Promise<void>;
}

/** The job of a stage, and the queue that it is in. */
export interface PlacedJob {
  readonly stage_id: string;
  readonly queue: string;
  readonly job: PlanJob;
}

/** A job of the plan is in a queue that was not handed over. Nothing was changed. */
export class MissingQueueError extends Error {
  override readonly name = 'MissingQueueError';
  readonly queue: string;

  constructor(queue: string, stage: string) {
    super(`Hand over the queue ${queue} as well: the job behind ${stage} is in it.`);
    this.queue = queue;
  }
}

/** How the jobs of a plan are looked for. */
export interface FindOptions {
  /** The types of stages that the plan can begin with. Default: those of the canonical sequence. */
  readonly stageTypes?: readonly string[] | undefined;
}

const rules = {
  stageTypes: { must: 'a list of texts', takes: isTexts },
} satisfies OptionRules;

const shippedTypes: readonly string[] = typesOf('canonical');

/**
 * The jobs of a plan in the order in which they run, none where no queue has it. BullMQ knows jobs by their ids alone, so the
 * first stage is asked for by each type that it can have, and every other is found as the parent of the one before it.
 *
 * What a job holds is not looked at: one that no worker takes can be seen and removed all the same.
 *
 * @throws {MissingQueueError}
 * @throws {InvalidOptionsError} rather than tell of a plan that was never named that no queue has it.
 */
export async function findJobs(
  queues: readonly PlanQueue[],
  fingerprint: string,
  options: FindOptions,
): Promise<readonly PlacedJob[]> {
  const { stageTypes = shippedTypes } = takeOptions(options, rules);
  assertFingerprint(fingerprint);
  const wanted = queues.flatMap((queue) =>
    stageTypes.map(async (type) => ({ queue, job: await queue.getJob(jobId(fingerprint, `1-${type}`)) })),
  );
  const first = (await Promise.all(wanted)).find(({ job }) => job);
  const found: PlacedJob[] = [];
  let queue = first?.queue;
  let job = first?.job;
  while (queue && job) {
    const stage_id = String(job.id).slice(jobId(fingerprint, '').length);
    found.push({ stage_id, queue: queue.name, job });
    const { parent } = job;
    if (parent?.id === undefined) break;
    // The key of a queue ends with its name, which has no colon.
    const name = parent.queueKey.slice(parent.queueKey.lastIndexOf(':') + 1);
    queue = queues.find((each) => each.name === name);
    if (queue === undefined) throw new MissingQueueError(name, stage_id);
    job = await queue.getJob(parent.id);
  }
  return found;
}

function assertFingerprint(fingerprint: unknown): void {
  if (typeof fingerprint === 'string' && /^[0-9a-f]{64}$/.test(fingerprint)) return;
  const message = 'fingerprint must be what planFingerprint(plan) gives, 64 hexadecimal digits.';
  throw new InvalidOptionsError([{ option: 'fingerprint', message }]);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
