import type { StageJob } from './stage-job.ts';

/** A plan as BullMQ's `FlowJob` has it: the last stage, with the stage before it as its only child, and so on. */
export interface StageFlow {
  /** The type of the stage, or "comfyui". */
  readonly name: string;
  readonly queueName: string;
  readonly prefix: string;
  readonly data: StageJob;
  readonly opts: StageJobOptions;
  /** The stage before it, whose image it takes. Left out of the first. */
  readonly children?: StageFlow[];
}

/** How the job of a stage is tried and kept. Nothing is removed: a plan that is handed in again is known by its jobs. */
export interface StageJobOptions {
  readonly jobId: string;
  readonly attempts: number;
  readonly backoff: { readonly type: 'exponential' | 'fixed'; readonly delay: number };
  readonly priority?: number;
  readonly removeOnComplete: false;
  readonly removeOnFail: false;
  /** Of all but the last stage: those behind one that failed for good fail with it, and are never run without an image. */
  readonly failParentOnFailure?: true;
}

/** What every key in Redis begins with, unless the caller says otherwise. */
export const defaultPrefix = 'stageplan';

/** What queues and prefixes are named: BullMQ joins them with colons. */
export const nameRule = { must: 'a text of 1 to 100 signs without a colon', takes: isName };

export function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[^:\p{Cc}]{1,100}$/u.test(value);
}

/** The jobs of a flow in the order in which they run. */
export function jobsOf(flow: StageFlow): readonly StageFlow[] {
  return [...(flow.children ?? []).flatMap(jobsOf), flow];
}
