import { quote } from '../path.ts';
import { readForeign } from '../read-foreign.ts';
import { invalidRun } from './invalid-run.ts';
import { InvalidRunConfigError } from './invalid-run-config-error.ts';
import { plainProblems } from './plain-problems.ts';
import type { RunConfig } from './run-config.ts';
import { knownRun, type RunSchema } from './run-schema.ts';

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
  const parsed = safeParseRunConfig(value);
  if (!parsed.success) throw parsed.error;
  return parsed.config;
}

/** Validates a value as {@link parseRunConfig} does, and returns its error instead of throwing it. */
export function safeParseRunConfig(value: unknown): RunConfigResult {
  return parseWith(knownRun, value);
}

/** Validates a value by the schema of a planner. */
export function parseWith(schema: RunSchema, value: unknown): RunConfigResult {
  return readForeign<RunConfigResult>(
    value,
    (given) => readWith(schema, given),
    (reason) => {
      const message = `The RunConfig cannot be read (${quote(reason)}): hand over plain data.`;
      return {
        success: false,
        error: new InvalidRunConfigError([{ path: [], code: 'wrong_type', message }]),
      };
    },
  );
}

function readWith({ RunConfig, keys, likes }: RunSchema, value: unknown): RunConfigResult {
  const strange = plainProblems(value, likes);
  if (strange.length > 0) return { success: false, error: new InvalidRunConfigError(strange) };
  const parsed = RunConfig.safeParse(value);
  if (parsed.success) return { success: true, config: parsed.data };
  return { success: false, error: invalidRun(parsed.error, value, keys, likes) };
}
