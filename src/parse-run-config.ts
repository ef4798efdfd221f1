import { configProblems } from './config-problems.ts';
import { InvalidRunConfigError } from './errors/invalid-run-config-error.ts';
import { RunConfig } from './run-config.ts';

/**
 * Validates a value of unknown shape as a RunConfig and fills in the defaults.
 *
 * @throws {InvalidRunConfigError} with every field that is wrong.
 */
export function parseRunConfig(value: unknown): RunConfig {
  const parsed = safeParseRunConfig(value);
  if (!parsed.success) throw parsed.error;
  return parsed.config;
}

/** Validates as {@link parseRunConfig} does, and returns the error instead of throwing it. */
export function safeParseRunConfig(
  value: unknown,
):
  | { readonly success: true; readonly config: RunConfig }
  | { readonly success: false; readonly error: InvalidRunConfigError } {
  const parsed = RunConfig.safeParse(value);
  if (parsed.success) return { success: true, config: parsed.data };
  return { success: false, error: new InvalidRunConfigError(configProblems(parsed.error, value)) };
}
