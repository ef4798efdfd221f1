import type { ConfigProblem } from '../config/invalid-run-config-error.ts';
import type { PlanWarning } from '../plan/warnings.ts';
import type { DeepReadonly } from '../readonly.ts';
import type { Decision, RejectedDecision } from '../route/decision.ts';
import { decideRejected } from '../route/decisions.ts';
import type { Fixes } from '../route/fixes.ts';
import type { Rejection } from '../route/rejections.ts';
import type { PlanOptions } from '../sequence/options.ts';
import { type RoutedRun, routeRun } from './route-run.ts';
import { knownStages, type StageCatalog } from './stage-catalog.ts';

/** Why a run is planned as it is, or why it is not planned. */
export interface StagePlanExplanation extends Fixes {
  /** The id of the sequence that was asked. */
  readonly sequence_id: string;
  /** Whether the run has a plan. */
  readonly legal: boolean;
  /** Fields of the RunConfig that are wrong. With any of these no decision was made. */
  readonly problems: readonly ConfigProblem[];
  /** How many problems or rejections there are besides: the first 50 are listed. */
  readonly more: number;
  /** One for each stage and pass of the sequence, in its running order. `sayDecision` says them in words. */
  readonly decisions: readonly (Decision | RejectedDecision)[];
  /** What the plan does that its author may not expect. `sayWarning` says them in words. */
  readonly warnings: readonly DeepReadonly<PlanWarning>[];
  readonly rejections: readonly Rejection[];
}

/** Explains what becomes of every stage and pass of a run. What is wrong with the run is in the answer, not thrown. */
export function explainStagePlan(config: unknown, options: PlanOptions = {}): StagePlanExplanation {
  return explainWith(knownStages, config, options);
}

/** Explains a run with the stages of a catalog. */
export function explainWith(
  catalog: StageCatalog,
  config: unknown,
  options: PlanOptions,
): StagePlanExplanation {
  return explanationOfRun(routeRun(catalog, config, options));
}

/** What becomes of a run, read off its route. */
export function explanationOfRun(routed: RoutedRun): StagePlanExplanation {
  const nothing = {
    sequence_id: routed.reading.sequence.id,
    problems: [],
    more: 0,
    decisions: [],
    warnings: [],
    rejections: [],
    fixes: [],
    fix_count: { count: 0, at_least: false },
  };
  switch (routed.outcome) {
    case 'invalid':
      return { ...nothing, legal: false, problems: routed.error.problems, more: routed.error.more };
    case 'rejected': {
      const { reading, walk, wanted, rejections, more, fixes, fix_count } = routed.route;
      const decisions = decideRejected(reading, walk, wanted);
      return { ...nothing, legal: false, decisions, rejections, more, fixes, fix_count };
    }
    case 'planned': {
      const { route, warnings } = routed;
      return { ...nothing, legal: true, decisions: route.decisions, warnings };
    }
  }
}
