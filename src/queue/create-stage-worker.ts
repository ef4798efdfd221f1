// biome-ignore lint/suspicious/noTsIgnore: who has no bullmq must be able to read these types, and who has it expects no error.
/** @ts-ignore */
import type { ConnectionOptions } from 'bullmq';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import { type OptionRules, takeOptions } from '../sequence/options.ts';
import type { Fetcher } from './fetched-job.ts';
import type { SkipIfDone, StageHandler, WorkerEvent } from './handler.ts';
import { requireBullmq } from './require-bullmq.ts';
import { defaultPrefix, isName, nameRule } from './stage-flow.ts';
import { type BoxRules, workOff } from './work-off.ts';

/** What of the module `bullmq` a worker needs. */
export interface WorkerModule {
  readonly Worker: new (queue: string, processor: null, options: FetcherOptions) => Fetcher;
}

interface FetcherOptions {
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  readonly autorun: false;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
}

export interface StageWorkerOptions {
  /** The queues that the box serves. Without a job in hand the first one is asked first. */
  readonly queues: readonly string[];
  /** Redis, as BullMQ takes it: options, or a client of ioredis with `maxRetriesPerRequest: null`. */
  readonly connection: ConnectionOptions;
  readonly handler: StageHandler;
  /** Stops the worker: the job in hand is finished, or handed back where the handler throws; no other is fetched. */
  readonly signal: AbortSignal;
  /** Asked before the handler: a stage may have been done by a box that died before it could say so. */
  readonly skipIfDone?: SkipIfDone | undefined;
  /** What every key in Redis begins with, as for `toFlow`. Default: 'stageplan'. */
  readonly prefix?: string | undefined;
  /** Whether the queue of the last job, whose checkpoint is loaded, is asked first. Default: true. */
  readonly affinity?: boolean | undefined;
  /** How long a box may be silent before its job is given to another, in milliseconds. Renewed at half of it. Default: 30 000. */
  readonly lockDuration?: number | undefined;
  /** How often jobs of silent boxes are looked for, in milliseconds. Default: 30 000. */
  readonly stalledInterval?: number | undefined;
  /** How many boxes may fall silent over one job before it fails for good. Default: 5. */
  readonly maxStalledCount?: number | undefined;
  /** How long a box waits where no queue has a job, in milliseconds. Default: 1000. */
  readonly idleDelay?: number | undefined;
  /** Told what happens, as it happens. What it throws is an uncaught exception, and no fault of the job. */
  readonly onEvent?: ((event: WorkerEvent) => void) | undefined;
  /** The module to take in place of `bullmq`. */
  readonly bullmq?: WorkerModule | undefined;
}

/** A worker that has begun. */
export interface StageWorker {
  /** Resolves when it has stopped: its last job is settled, and its connections are closed. */
  readonly stopped: Promise<void>;
}

const isFunction = (value: unknown) => typeof value === 'function';
const milliseconds = {
  must: 'a whole number of milliseconds from 1 to a day',
  takes: (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 86_400_000,
};

const rules = {
  queues: {
    must: 'a list of different names of queues, at least one',
    takes: (value) =>
      Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(isName),
  },
  connection: { must: 'an object', takes: (value) => typeof value === 'object' && value !== null },
  handler: { must: 'a function', takes: isFunction },
  signal: { must: 'an AbortSignal', takes: (value) => value instanceof AbortSignal },
  skipIfDone: { must: 'a function', takes: isFunction },
  prefix: nameRule,
  affinity: { must: 'true or false', takes: (value) => typeof value === 'boolean' },
  lockDuration: milliseconds,
  stalledInterval: milliseconds,
  maxStalledCount: {
    must: 'a whole number from 0 to 1000',
    takes: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1000,
  },
  idleDelay: milliseconds,
  onEvent: { must: 'a function', takes: isFunction },
  bullmq: { must: 'a module with a Worker', takes: (value: unknown) => isFunction(Object(value).Worker) },
} satisfies OptionRules;

const needed = ['queues', 'connection', 'handler', 'signal'] as const;

/**
 * Begins to work on stages, one job at a time over several queues, until its signal aborts. It listens to no signal of the
 * process and ends no process. Each job is promised to be run at least once: see `skipIfDone`.
 *
 * @throws {InvalidOptionsError} when an option is missing, unknown or of the wrong kind.
 * @throws {MissingPackageError} when `bullmq` is not installed.
 * @example
 * const { stopped } = await createStageWorker({ queues: ['a1111'], connection, handler, signal });
 */
export async function createStageWorker(options: StageWorkerOptions): Promise<StageWorker> {
  const taken = takeOptions(options, rules);
  const missing = needed.filter((name) => taken[name] === undefined);
  if (missing.length > 0)
    throw new InvalidOptionsError(
      missing.map((option) => ({ option, message: `${option} must be ${rules[option].must}.` })),
    );
  const { bullmq, queues, connection, prefix = defaultPrefix, ...others } = taken;
  const { lockDuration = 30_000, stalledInterval = 30_000, maxStalledCount = 5 } = others;
  const { Worker } = bullmq ?? (await installed());
  const box: BoxRules = {
    handler: others.handler,
    signal: others.signal,
    skipIfDone: others.skipIfDone ?? (async () => undefined),
    affinity: others.affinity ?? true,
    idleDelay: others.idleDelay ?? 1000,
    onEvent: beside(others.onEvent ?? (() => undefined)),
    lockDuration,
    maxStalledCount,
  };
  const fetchers = queues.map((queue) => {
    const how = {
      connection,
      prefix,
      autorun: false,
      lockDuration,
      stalledInterval,
      maxStalledCount,
    } as const;
    const fetcher = new Worker(queue, null, how);
    // Without a listener Node ends the process.
    fetcher.on('error', (error) => box.onEvent({ type: 'trouble', error }));
    return fetcher;
  });
  return { stopped: workOff(fetchers, box) };
}

/** A listener whose own faults are the process's to hear, and never those of a job. */
function beside(listener: (event: WorkerEvent) => void): (event: WorkerEvent) => void {
  return (event) => queueMicrotask(() => listener(event));
}

async function installed(): Promise<WorkerModule> {
  const { Worker } = await requireBullmq('A stage worker');
  // BullMQ's own type says more of a worker than is used here.
  return { Worker: Worker as unknown as WorkerModule['Worker'] };
}
