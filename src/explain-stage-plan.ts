import { type Decision, decideRejected, type RejectedDecision } from './decisions.ts';
import type { ConfigProblem } from './errors/invalid-run-config-error.ts';
import type { Fix } from './fixes.ts';
import { safeParseRunConfig } from './parse-run-config.ts';
import type { PlanOptions } from './plan-options.ts';
import type { Rejection } from './rejections.ts';
import { findRoute } from './route.ts';

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

/** Explains what becomes of every stage and pass of a run. Throws nothing: what is wrong with the run is in the answer. */
export function explainStagePlan(config: unknown, options: PlanOptions = {}): StagePlanExplanation {
  const nothing = { problems: [], decisions: [], rejections: [], fixes: [] };
  const parsed = safeParseRunConfig(config);
  if (!parsed.success) return { ...nothing, legal: false, problems: parsed.error.problems };
  const route = findRoute(parsed.config, options);
  if (route.legal) return { ...nothing, legal: true, decisions: route.decisions };
  const { sequence, walk, switches, wanted, rejections, fixes } = route;
  const decisions = decideRejected(sequence, walk, switches, wanted);
  return { ...nothing, legal: false, decisions, rejections, fixes };
}
