import { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { parseWith } from '../config/parse-run-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { findWarnings } from '../plan/find-warnings.ts';
import type { StageExecution } from '../plan/stage-execution-plan.ts';
import { stageExecutions } from '../plan/stage-executions.ts';
import type { PlanWarning } from '../plan/warnings.ts';
import { type IllegalRoute, type LegalRoute, routeThrough } from '../route/route.ts';
import {
  orderRule,
  type PlanOptions,
  type RouteOptions,
  readingOf,
  routeOptionsOf,
} from '../sequence/options.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { type StageCatalog, takeFor } from './stage-catalog.ts';

/** A run with its route, its stages and its warnings, or why it has none. Plans, explanations and journeys are all read off this. */
export type RoutedRun =
  | { readonly outcome: 'invalid'; readonly reading: SequenceReading; readonly error: InvalidRunConfigError }
  | {
      readonly outcome: 'rejected';
      readonly reading: SequenceReading;
      readonly run: RunConfig;
      readonly route: IllegalRoute;
    }
  | {
      readonly outcome: 'planned';
      readonly reading: SequenceReading;
      readonly run: RunConfig;
      readonly route: LegalRoute;
      readonly stages: readonly StageExecution[];
      readonly warnings: readonly PlanWarning[];
    };

/**
 * Validates a run by the stages of a catalog, finds its route, and makes its stages.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 * @throws {InvalidSequenceError} when the machine cannot be read, or has a stage or pass that the catalog does not know.
 */
export function routeRun(catalog: StageCatalog, config: unknown, options: PlanOptions): RoutedRun {
  const taken = takeFor(catalog, options, orderRule);
  return routeIn(catalog, readingOf(taken), config, routeOptionsOf(taken));
}

/** Does the same in a sequence that was read. */
export function routeIn(
  catalog: StageCatalog,
  reading: SequenceReading,
  config: unknown,
  options: RouteOptions,
): RoutedRun {
  const parsed = parseWith(catalog, config);
  if (!parsed.success) return { outcome: 'invalid', reading, error: parsed.error };
  return routeParsed(catalog, reading, parsed.config, options);
}

/** Does the same for a run that was validated. */
export function routeParsed(
  catalog: StageCatalog,
  reading: SequenceReading,
  run: RunConfig,
  options: RouteOptions,
): RoutedRun {
  const route = routeThrough(reading, run, options);
  if (!route.legal) return { outcome: 'rejected', reading, run, route };
  const { stages, problems } = stageExecutions(route.stages, run, catalog, reading.sequence.id);
  if (problems.length > 0) return { outcome: 'invalid', reading, error: new InvalidRunConfigError(problems) };
  const warnings = findWarnings(run, stages, route.stages, catalog.likes);
  return { outcome: 'planned', reading, run, route, stages, warnings };
}
