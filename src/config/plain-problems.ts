import { isPlainObject } from '../json.ts';
import { type Path, renderPath } from '../path.ts';
import type { ConfigProblem } from './invalid-run-config-error.ts';

/** How deep the sections of a run are: a detector, or the redraw of an upscale. */
const deepest = 2;

/**
 * The objects of a run that are none of JSON: zod reads a Map as an object without fields, and takes fields that are
 * inherited. What is the caller's own, as metadata, has a schema that sees to it.
 */
export function plainProblems(run: unknown, path: Path = []): readonly ConfigProblem[] {
  if (typeof run !== 'object' || run === null) return [];
  if (!isPlainObject(run) && !Array.isArray(run)) return [notPlain(run, path)];
  if (path.length === deepest) return [];
  const problems: ConfigProblem[] = [];
  for (const key of Object.keys(run)) {
    const inner: unknown = Reflect.get(run, key);
    if (typeof inner !== 'object' || inner === null || (path.length === 0 && key === 'metadata')) continue;
    problems.push(...plainProblems(inner, [...path, Array.isArray(run) ? Number(key) : key]));
  }
  return problems;
}

function notPlain(value: object, path: Path): ConfigProblem {
  const kind = value.constructor?.name ?? 'Object';
  const is = kind === 'Object' ? 'inherits its fields' : `is a ${kind}`;
  const message = `${renderPath(path) || 'The RunConfig'} must be a plain object, as JSON.parse makes it, but ${is}.`;
  return { path, code: 'wrong_type', message };
}
