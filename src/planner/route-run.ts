import type { InvalidRunConfigError } from '../config/invalid-run-config-error.ts';
import { parseWith } from '../config/parse-run-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { type Route, routeThrough } from '../route/route.ts';
import { orderRule, type PlanOptions, readingOf } from '../sequence/options.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { type StageCatalog, takeFor } from './stage-catalog.ts';

/** A run and its route, or what is wrong with its config. Plans, explanations and journeys are all read off this. */
export type RoutedRun =
  | {
      readonly success: true;
      readonly reading: SequenceReading;
      readonly run: RunConfig;
      readonly route: Route;
    }
  | { readonly success: false; readonly reading: SequenceReading; readonly error: InvalidRunConfigError };

/** Validates a run by the stages of a catalog, and finds its route. */
export function routeRun(catalog: StageCatalog, config: unknown, options: PlanOptions): RoutedRun {
  const { order = 'reject', ...taken } = takeFor(catalog, options, orderRule);
  const reading = readingOf(taken);
  const parsed = parseWith(catalog, config);
  if (!parsed.success) return { ...parsed, reading };
  return { success: true, reading, run: parsed.config, route: routeThrough(reading, parsed.config, order) };
}
