import type { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import type { RunConfigInput } from '../config/run-config.ts';
import { frozenCopy } from '../json.ts';
import { formatVersion } from '../plan/format-version.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { deepFreeze } from '../readonly.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import { sequenceFingerprint } from '../sequence/fingerprint.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import type { PlanOptions } from '../sequence/options.ts';
import { type RoutedRun, routeRun } from './route-run.ts';
import { knownStages, type StageCatalog } from './stage-catalog.ts';

/** A plan, or one of the errors that {@link buildStagePlan} would throw. */
export type StagePlanResult<
  Plan = StageExecutionPlan,
  Failure = InvalidRunConfigError | InvalidStagePlanError | InvalidOptionsError,
> = { readonly success: true; readonly plan: Plan } | { readonly success: false; readonly error: Failure };

/**
 * Builds the stage plan of a run: validates the RunConfig, then walks the sequence with its switches.
 *
 * Pure: the same config gives the same plan to the byte, and nothing is run. The plan is frozen.
 *
 * @throws {InvalidRunConfigError} when the config does not match {@link RunConfig}; every problem is listed.
 * @throws {InvalidStagePlanError} when the sequence cannot take every stage and pass that is on.
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
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

/**
 * Builds a plan as {@link buildStagePlan} does from a value of unknown shape, and returns the errors of the run and the
 * options instead of throwing them.
 *
 * @throws {InvalidSequenceError} when a machine of the caller's own cannot be read as a sequence.
 */
export function safeBuildStagePlan(config: unknown, options: PlanOptions = {}): StagePlanResult {
  return buildWith(knownStages, config, options);
}

/** Builds a plan with the stages of a catalog. */
export function buildWith(catalog: StageCatalog, config: unknown, options: PlanOptions): StagePlanResult {
  try {
    return planOfRun(routeRun(catalog, config, options));
  } catch (error) {
    if (error instanceof InvalidOptionsError) return { success: false, error };
    throw error;
  }
}

/** The plan of a run along its route. */
export function planOfRun(
  routed: RoutedRun,
): StagePlanResult<StageExecutionPlan, InvalidRunConfigError | InvalidStagePlanError> {
  switch (routed.outcome) {
    case 'invalid':
      return { success: false, error: routed.error };
    case 'rejected':
      return { success: false, error: new InvalidStagePlanError(routed.route) };
    case 'planned':
      return { success: true, plan: planAlong(routed) };
  }
}

/** The plan along a route that was found. */
export function planAlong({
  reading: { sequence },
  run,
  route: { events, decisions },
  stages,
  warnings,
}: Extract<RoutedRun, { outcome: 'planned' }>): StageExecutionPlan {
  return Object.freeze<StageExecutionPlan>({
    format_version: formatVersion,
    run_id: run.run_id,
    metadata: frozenCopy(run.metadata),
    sequence: Object.freeze({ id: sequence.id, fingerprint: sequenceFingerprint(sequence) }),
    events,
    stages,
    decisions,
    warnings: deepFreeze(warnings),
  });
}
