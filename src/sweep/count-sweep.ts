import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { renderPath } from '../path.ts';
import { countWork, type WorkCount } from '../plan/count-work.ts';
import { type PlanTree, planTree } from '../plan/plan-tree.ts';
import type { AnyStageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { StagePlanResult } from '../planner/build-stage-plan.ts';
import type { Rejection } from '../route/rejections.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import type { Sweep } from './plan-sweep.ts';

/** Why some combinations have no plan. */
export interface RejectionCount {
  readonly code: string;
  /** The stage or pass that cannot be reached, or the field that is wrong. "": the run as a whole. */
  readonly about: string;
  /** How many combinations are rejected for this; one may be rejected for several reasons. */
  readonly combinations: number;
  /** What is said of the first of them. */
  readonly message: string;
}

/** What comes of a sweep, without its plans. */
export interface SweepCount {
  readonly combinations: number;
  readonly rejected: number;
  readonly reasons: readonly RejectionCount[];
}

/** Plans a sweep and counts its plans, its work and its rejections. It holds no plan. */
export function countSweep(sweep: Sweep<AnyStageExecutionPlan>): SweepCount & WorkCount {
  return countedBy(sweep, countWork);
}

/** Counts a sweep as {@link countSweep} does, and merges the plans that begin with the same work. */
export function sweepTree(sweep: Sweep<AnyStageExecutionPlan>): SweepCount & PlanTree {
  return countedBy(sweep, planTree);
}

function countedBy<Count>(
  sweep: Sweep<AnyStageExecutionPlan>,
  countPlans: (plans: Iterable<AnyStageExecutionPlan>) => Count,
): SweepCount & Count {
  const reasons = new Map<string, RejectionCount>();
  let rejected = 0;
  const count = countPlans(
    (function* () {
      for (const { result } of sweep) {
        if (result.success) {
          yield result.plan;
          continue;
        }
        rejected += 1;
        // One combination counts once for each reason, however often it has it.
        const own = new Map(
          reasonsOf(result.error).map((reason) => [`${reason.code} ${reason.about}`, reason]),
        );
        for (const [key, reason] of own) {
          const { combinations, message } = reasons.get(key) ?? { combinations: 0, message: reason.message };
          reasons.set(key, { ...reason, combinations: combinations + 1, message });
        }
      }
    })(),
  );
  return { combinations: sweep.count, rejected, reasons: [...reasons.values()], ...count };
}

type Reason = Omit<RejectionCount, 'combinations'>;

function reasonsOf(error: Extract<StagePlanResult, { success: false }>['error']): readonly Reason[] {
  if (error instanceof InvalidRunConfigError)
    return error.problems.map(({ code, path, message }) => ({ code, about: renderPath(path), message }));
  if (error instanceof InvalidOptionsError)
    return error.problems.map(({ option, message }) => ({ code: 'invalid_option', about: option, message }));
  return error.rejections.map((rejection) => ({
    code: rejection.code,
    about: subjectOf(rejection),
    message: rejection.message,
  }));
}

function subjectOf(rejection: Rejection): string {
  if ('stage' in rejection) return rejection.stage;
  return 'pass' in rejection ? rejection.pass : '';
}
