import type { CompilablePlan } from '../compile/compilable-plan.ts';
import { UncompilablePlanError } from '../compile/uncompilable-plan-error.ts';
import { NoPlanError } from '../plan/no-plan-error.ts';
import { type OptionRules, takeOptions } from '../sequence/options.ts';
import { OpenPlanError } from './open-plan-error.ts';
import { NoBoxError } from './queue-of.ts';
import type { StageFlow } from './stage-flow.ts';
import { type FlowOptions, flowRules, takeFlowOptions, toFlow } from './to-flow.ts';

/** What of BullMQ's `FlowProducer` is used. */
export interface FlowAdder {
  addBulk(flows: StageFlow[]): Promise<unknown>;
}

/** Why a plan was not handed in. */
export type PlanRefusal = OpenPlanError | UncompilablePlanError | NoBoxError | NoPlanError;

/** How far handing in has come. */
export interface SubmitProgress {
  /** How many plans Redis has, those that it had before among them. */
  readonly submitted: number;
  readonly refused: number;
}

export interface SubmitOptions extends FlowOptions {
  /** How many plans are handed in at a time, all or none of them. 1 to 1000. Default: 100. */
  readonly batchSize?: number | undefined;
  /** Told after each batch. */
  readonly onProgress?: ((progress: SubmitProgress) => void) | undefined;
}

/** What became of the plans. */
export interface Submitted {
  /** How many plans Redis has, those that it had before among them. */
  readonly submitted: number;
  /** Those that were not handed in, by their place among the plans, counted from 0. */
  readonly refused: readonly { readonly index: number; readonly error: PlanRefusal }[];
}

const rules: OptionRules = {
  ...flowRules,
  batchSize: {
    must: 'a whole number from 1 to 1000',
    takes: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1000,
  },
  onProgress: { must: 'a function', takes: (value) => typeof value === 'function' },
};

/**
 * Hands plans in, batch by batch; each is taken whole or not at all. A plan is asked for only when Redis has the batch before
 * it, so that a long sweep is never held in memory. A plan that is handed in again, whenever and by whom, runs once. One that
 * cannot be handed in is told of, and stops none of the others.
 *
 * @throws {InvalidOptionsError} before anything is handed in; or when `queueOf` gives no name that a queue can have.
 * @example
 * await submitPlans(new FlowProducer({ connection }), plans, { target: 'a1111' }); // { submitted: 1000, refused: [] }
 */
export async function submitPlans(
  producer: FlowAdder,
  plans: Iterable<CompilablePlan> | AsyncIterable<CompilablePlan>,
  options: SubmitOptions,
): Promise<Submitted> {
  const { batchSize = 100, onProgress = ignore, ...given } = takeOptions(options, rules);
  const flowOptions = takeFlowOptions(given);
  const refused: { index: number; error: PlanRefusal }[] = [];
  let batch: StageFlow[] = [];
  let submitted = 0;
  let index = 0;
  const handIn = async () => {
    if (batch.length > 0) await producer.addBulk(batch);
    submitted += batch.length;
    batch = [];
    onProgress({ submitted, refused: refused.length });
  };
  for await (const plan of plans) {
    try {
      batch.push(toFlow(plan, flowOptions));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push({ index, error });
    }
    index += 1;
    if (batch.length === batchSize) await handIn();
  }
  await handIn();
  return { submitted, refused };
}

function isRefusal(error: unknown): error is PlanRefusal {
  return [OpenPlanError, UncompilablePlanError, NoBoxError, NoPlanError].some(
    (kind) => error instanceof kind,
  );
}

function ignore(): void {}
