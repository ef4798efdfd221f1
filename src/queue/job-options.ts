import { isPlainObject } from '../json.ts';
import { InvalidOptionsError, type OptionProblem } from '../sequence/invalid-options-error.ts';
import { type OptionRules, takeOptions } from '../sequence/options.ts';
import type { StageJobOptions } from './stage-flow.ts';

/** How the jobs of a plan are tried. */
export interface TryOptions {
  /** How often a stage is tried before it fails for good. Default: 3. */
  readonly attempts?: number | undefined;
  /** How long it waits before it is tried again, in milliseconds: twice as long each time, or always the same. Default: exponential, 1000. */
  readonly backoff?: StageJobOptions['backoff'] | undefined;
  /** 1 comes before 2, and both after jobs without one. Default: none. */
  readonly priority?: number | undefined;
}

/** The highest number that BullMQ takes as a priority. */
const highestPriority = 2_097_151;

const rules: OptionRules = {
  attempts: { must: 'a whole number from 1 to 100', takes: (value) => isWhole(value, 1, 100) },
  backoff: {
    must: "{ type: 'exponential' or 'fixed', delay: milliseconds up to a day }",
    takes: (value) =>
      isPlainObject(value) &&
      Object.keys(value).every((key) => key === 'type' || key === 'delay') &&
      (value.type === 'exponential' || value.type === 'fixed') &&
      isWhole(value.delay, 0, 86_400_000),
  },
  priority: {
    must: `a whole number from 1 to ${highestPriority}`,
    takes: (value) => isWhole(value, 1, highestPriority),
  },
};

/** Options of BullMQ that would break what is promised, and why. */
const harmful: Readonly<Record<string, string>> = {
  removeOnComplete:
    'a finished job is the image of the stage behind it, and how a plan is known that is handed in again',
  removeOnFail: 'a failed job is what retryPlan brings back, and how a plan is known that is handed in again',
  failParentOnFailure: 'it is always on, or stages behind one that failed would wait for ever',
  continueParentOnFailure: 'the stage behind one that failed would run without its image',
  ignoreDependencyOnFailure: 'the stage behind one that failed would run without its image',
  removeDependencyOnFailure: 'the stage behind one that failed would run without its image',
  jobId: 'a plan that is handed in again is known by ids made of its fingerprint',
  deduplication: 'BullMQ refuses it on jobs with children, and ids made of the fingerprint do its work',
  parent: 'the stage behind it is its parent',
  repeat: 'a plan is run once',
};

/**
 * Reads how jobs are tried, defaults included.
 *
 * @throws {InvalidOptionsError} when an option is unknown, of the wrong kind, or would break what is promised.
 */
export function takeTryOptions(options: TryOptions): Omit<StageJobOptions, 'jobId' | 'failParentOnFailure'> {
  refuseHarmful(options);
  const {
    attempts = 3,
    backoff = { type: 'exponential', delay: 1000 },
    priority,
  } = takeOptions(options, rules);
  const { type, delay } = backoff;
  return {
    attempts,
    backoff: { type, delay },
    ...(priority !== undefined && { priority }),
    removeOnComplete: false,
    removeOnFail: false,
  };
}

/** Options of jobs that are no options here since they would break what is promised, each with the reason. */
function refuseHarmful(options: TryOptions): void {
  const problems = Object.keys(Object(options)).flatMap((option): readonly OptionProblem[] => {
    const reason = Object.hasOwn(harmful, option) ? harmful[option] : undefined;
    return reason === undefined ? [] : [{ option, message: `Leave out ${option}: ${reason}.` }];
  });
  if (problems.length > 0) throw new InvalidOptionsError(problems);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}
