import type { ConfigProblem } from '../config/invalid-run-config-error.ts';
import { parseWith } from '../config/parse-run-config.ts';
import { type Decision, decideRejected, type RejectedDecision } from '../route/decisions.ts';
import type { Fix } from '../route/fixes.ts';
import type { Rejection } from '../route/rejections.ts';
import { findRoute } from '../route/route.ts';
import type { PlanOptions } from '../sequence/options.ts';
import { knownStages, type StageCatalog } from './catalog.ts';

/** Why a run is planned as it is, or why it is not planned. */
export interface StagePlanExplanation {
  /** Whether the run has a plan. */
  readonly legal: boolean;
  /** Fields of the RunConfig that are wrong. With any of these the sequence was not asked. */
  readonly problems: readonly ConfigProblem[];
  readonly decisions: readonly (Decision | RejectedDecision)[];
  readonly rejections: readonly Rejection[];
  readonly fixes: readonly Fix[];
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
  const nothing = { problems: [], decisions: [], rejections: [], fixes: [] };
  const parsed = parseWith(catalog, config);
  if (!parsed.success) return { ...nothing, legal: false, problems: parsed.error.problems };
  const route = findRoute(parsed.config, options);
  if (route.legal) return { ...nothing, legal: true, decisions: route.decisions };
  const { sequence, walk, switches, wanted, rejections, fixes } = route;
  const decisions = decideRejected(sequence, walk, switches, wanted);
  return { ...nothing, legal: false, decisions, rejections, fixes };
}
