import type { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { parseWith } from '../config/parse-run-config.ts';
import type { RunConfig, RunConfigInput } from '../config/run-config.ts';
import { frozenCopy } from '../json.ts';
import { sequenceFingerprint } from '../plan/fingerprint.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { stageExecutions } from '../plan/stage-executions.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import { findRoute, type LegalRoute } from '../route/route.ts';
import type { PlanOptions } from '../sequence/options.ts';
import { knownStages, type StageCatalog } from './catalog.ts';

/** A plan, or the error that {@link buildStagePlan} would throw. */
export type StagePlanResult =
  | { readonly success: true; readonly plan: StageExecutionPlan }
  | { readonly success: false; readonly error: InvalidRunConfigError | InvalidStagePlanError };

/**
 * Builds the stage plan of a run: validates the RunConfig, then walks the sequence with its switches.
 *
 * Pure: the same config gives the same plan to the byte, and nothing is run. The plan is frozen.
 *
 * @throws {InvalidRunConfigError} when the config does not match {@link RunConfig}; every problem is listed.
 * @throws {InvalidStagePlanError} when the sequence cannot take every stage and pass that is on.
 * @throws {InvalidSequenceError} when a machine of the caller's own cannot be read as a sequence.
 * @example
 * buildStagePlan({ txt2img_enabled: true, upscale_enabled: true }).stages.map((stage) => stage.id);
 * // ['1-txt2img', '2-upscale']
 */
export function buildStagePlan(config: RunConfigInput, options: PlanOptions = {}): StageExecutionPlan {
  const result = safeBuildStagePlan(config, options);
  if (!result.success) throw result.error;
  return result.plan;
}

/** Builds a plan as {@link buildStagePlan} does from a value of unknown shape, and returns its two errors instead of throwing them. */
export function safeBuildStagePlan(config: unknown, options: PlanOptions = {}): StagePlanResult {
  return buildWith(knownStages, config, options);
}

/** Builds a plan with the stages of a catalog. */
export function buildWith(catalog: StageCatalog, config: unknown, options: PlanOptions): StagePlanResult {
  const parsed = parseWith(catalog, config);
  if (!parsed.success) return parsed;
  const route = findRoute(parsed.config, options);
  if (!route.legal)
    return { success: false, error: new InvalidStagePlanError(route.rejections, route.fixes) };
  return { success: true, plan: planAlong(route, parsed.config, catalog) };
}

function planAlong(route: LegalRoute, run: RunConfig, catalog: StageCatalog): StageExecutionPlan {
  return Object.freeze<StageExecutionPlan>({
    format_version: '1.0',
    run_id: run.run_id,
    metadata: frozenCopy(run.metadata),
    sequence: Object.freeze({ id: route.sequence.id, fingerprint: sequenceFingerprint(route.sequence) }),
    events: route.events,
    stages: stageExecutions(route.walk, run, catalog),
    decisions: route.decisions,
  });
}
