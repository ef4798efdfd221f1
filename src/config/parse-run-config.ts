import { knownStages, type StageCatalog } from '../planner/catalog.ts';
import { configProblems } from './config-problems.ts';
import { InvalidRunConfigError } from './invalid-run-config-error.ts';
import type { RunConfig } from './run-config.ts';

/** A RunConfig, or the error that {@link parseRunConfig} would throw. */
export type RunConfigResult =
  | { readonly success: true; readonly config: RunConfig }
  | { readonly success: false; readonly error: InvalidRunConfigError };

/**
 * Validates a value of unknown shape as a RunConfig and fills in the defaults.
 *
 * @throws {InvalidRunConfigError} with every field that is wrong.
 */
export function parseRunConfig(value: unknown): RunConfig {
  const parsed = parseWith(knownStages, value);
  if (!parsed.success) throw parsed.error;
  return parsed.config;
}

/** Validates a value by the stages of a catalog. */
export function parseWith(catalog: StageCatalog, value: unknown): RunConfigResult {
  const parsed = catalog.RunConfig.safeParse(value);
  if (parsed.success) return { success: true, config: parsed.data };
  return {
    success: false,
    error: new InvalidRunConfigError(configProblems(parsed.error, value, catalog.keys)),
  };
}
