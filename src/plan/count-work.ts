import type { AnyStageExecutionPlan } from './stage-execution-plan.ts';
import { TooMuchWorkError } from './too-much-work-error.ts';
import { type OpenWork, type StageWork, workReader } from './work.ts';

/** How often the stages of a type are run. */
export interface StageCount {
  readonly stage_type: string;
  /** How often, where equal work is done once. */
  readonly runs: number;
  /** How often, where every plan is run by itself. */
  readonly instead_of: number;
}

/** How much work some plans are, together and each by itself. */
export interface WorkCount {
  readonly plans: number;
  /** The images at the ends of the plans. */
  readonly images: number;
  /** By the types of stages, in the order in which the plans have them. */
  readonly stages: readonly StageCount[];
  /** How many plans have stages that share nothing, by the reason of the first. */
  readonly open: readonly { readonly reason: OpenWork; readonly plans: number }[];
}

/** The most fingerprints that are held, of about 150 bytes each: well below what a Set can. */
const mostWorks = 10_000_000;

/**
 * Counts the work of plans. It holds one fingerprint for each stage that is run, and no plan.
 *
 * @throws {TooMuchWorkError} when more than 10,000,000 stages would have to be told apart.
 */
export function countWork(plans: Iterable<AnyStageExecutionPlan>): WorkCount {
  const counter = workCounter();
  const worksOf = workReader();
  for (const plan of plans) counter.add(worksOf(plan));
  return counter.count();
}

/** Counts plans one by one, by the work of their stages, of which it tells at most so many apart. */
export function workCounter(most = mostWorks) {
  const seen = new Set<string>();
  const stages = new Map<string, { runs: number; instead_of: number }>();
  const open = new Map<OpenWork, number>();
  const total = { plans: 0, images: 0 };
  const addStage = ({ stage: { stage_type }, key, open: reason }: StageWork) => {
    const count = stages.get(stage_type) ?? { runs: 0, instead_of: 0 };
    stages.set(stage_type, count);
    count.instead_of += 1;
    if (reason !== null || !seen.has(key)) count.runs += 1;
    if (reason === null) seen.add(key);
    if (seen.size > most) throw new TooMuchWorkError('counted', most);
  };
  return {
    add(works: readonly StageWork[]): void {
      total.plans += 1;
      for (const work of works) addStage(work);
      for (const { stage, open: reason } of works.slice(-1)) {
        total.images += stage.images_out;
        if (reason !== null) open.set(reason, (open.get(reason) ?? 0) + 1);
      }
    },
    count: (): WorkCount => ({
      ...total,
      stages: Array.from(stages, ([stage_type, count]) => ({ stage_type, ...count })),
      open: Array.from(open, ([reason, plans]) => ({ reason, plans })),
    }),
  };
}
