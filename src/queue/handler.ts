import type { JsonObject, JsonValue } from '../json.ts';
import type { StageJob } from './stage-job.ts';

/** A job as its handler gets it: validated, and with what the stage before it gave. */
export interface HandedJob {
  /** The same however often the stage is tried and by whichever box: what an output is named by. */
  readonly id: string;
  readonly queue: string;
  /** Which try this is, counted from 1. Boxes that died over it are not counted. */
  readonly attempt: number;
  readonly job: StageJob;
  /** What the handler of the stage before it gave. null: it gave nothing, or no image is taken from one. */
  readonly before: JsonValue;
}

export interface HandlerContext {
  /** Aborts when the worker is to stop, or when the job was taken away from this box. Throw then, or finish what is begun. */
  readonly signal: AbortSignal;
  /** Tells BullMQ how far it has come; whoever listens to the events of the queue hears it. */
  readonly progress: (progress: JsonObject) => Promise<void>;
}

/**
 * Does the work of a stage, and gives references to its images: paths, keys, URLs, at most 64 kB of JSON. What it throws is
 * tried again, unless the error's name is "UnrecoverableError".
 */
export type StageHandler = (job: HandedJob, context: HandlerContext) => Promise<JsonValue | undefined>;

/** Looks whether the work of a job is done already, and gives what its handler gave then. undefined: it is not done. */
export type SkipIfDone = (job: HandedJob) => Promise<JsonValue | undefined>;

/** What a worker tells of its work, as it happens. */
export type WorkerEvent =
  | {
      readonly type: 'started' | 'skipped' | 'done' | 'handed_back' | 'lost';
      readonly id: string;
      readonly queue: string;
    }
  | { readonly type: 'failed'; readonly id: string; readonly queue: string; readonly error: Error }
  /** Redis cannot be reached, or does not do what it should. The worker goes on. */
  | { readonly type: 'trouble'; readonly error: Error };
