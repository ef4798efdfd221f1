import type { z } from 'zod';
import { sayOtherDocument } from '../document-kind.ts';
import { mostListed } from '../listed.ts';
import { cut, type Path, pathKey, renderPath, valueAt } from '../path.ts';
import { crossProblems } from './cross-problems.ts';
import { type ConfigProblem, InvalidRunConfigError } from './invalid-run-config-error.ts';
import type { RunSchema } from './run-schema.ts';
import { sayFault } from './say-fault.ts';
import { suggestKey } from './suggest-key.ts';

type Issue = z.core.$ZodIssue;

/** The keys that a run can have, and the sections that are like known ones. */
type Known = Pick<RunSchema, 'keys' | 'likes'>;

/** The problems of a RunConfig, in our own words: no type of zod's leaves the library. Of many unknown keys only the first are told. */
export function invalidRun(
  error: z.ZodError,
  config: unknown,
  keys: RunSchema['keys'],
  likes: RunSchema['likes'],
): InvalidRunConfigError {
  const other = sayOtherDocument(config, 'run_config');
  if (other !== undefined)
    return new InvalidRunConfigError([{ path: [], code: 'other_document', message: other }]);
  const problems = error.issues.flatMap((issue) => problemsOf(issue, [], config, { keys, likes }));
  const byField = new Map(
    [...problems, ...crossProblems(config, likes)].map((problem) => [
      JSON.stringify([problem.path, problem.code]),
      problem,
    ]),
  );
  return new InvalidRunConfigError([...byField.values()], untold(error.issues));
}

/** How many unknown keys are not told. */
function untold(issues: readonly Issue[]): number {
  const counts = issues.map((issue) => {
    if (issue.code === 'invalid_union') return untold(likeliest(issue.errors));
    return issue.code === 'unrecognized_keys' ? Math.max(0, issue.keys.length - mostListed) : 0;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function problemsOf(issue: Issue, outer: Path, config: unknown, schema: Known): ConfigProblem[] {
  const path = [...outer, ...issue.path.map(pathKey)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, mostListed).map((key) => unknownKey(path, key, schema));
    case 'invalid_union':
      if (issue.errors.length === 0) break;
      return likeliest(issue.errors).flatMap((inner) => problemsOf(inner, path, config, schema));
    case 'custom':
      // zod skips checks across fields when some field is wrong; invalidRun makes them in every case.
      if (issue.params?.crossField === true) return [];
      if (issue.params?.standsAlone === true) return [{ path, code: 'not_allowed', message: issue.message }];
      break;
  }
  const { words, ...fault } = sayFault(issue, valueAt(config, path));
  return [{ path, ...fault, message: `${renderPath(path) || 'The RunConfig'} ${words}.` }];
}

/** Fields that there were, and what to write in their place. */
const successors: Readonly<Record<string, { readonly field: string; readonly advice: string }>> = {
  hires_use_base_model: {
    field: 'refiner_pass',
    advice: 'write refiner_pass: "first" for true, "both" for false',
  },
};

function unknownKey(path: Path, key: string, { keys, likes }: Known): ConfigProblem {
  const successor = path.length === 0 && Object.hasOwn(successors, key) ? successors[key] : undefined;
  if (successor !== undefined) {
    const message = `${key} is no field of a RunConfig any more: ${successor.advice}.`;
    return { path: [key], code: 'unknown_key', message, suggestion: successor.field };
  }
  const [section = '', ...inner] = path.filter((part) => typeof part === 'string');
  const like = Object.entries(likes).find(([, stages]) => stages.includes(section))?.[0] ?? section;
  const within = (name: string) => [name, ...inner].join('.');
  const suggestion = suggestKey(keys, within(section), key, within(like));
  const field = renderPath([...path, key]);
  const guess = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  const message = `${field} is not a field of a RunConfig.${guess}`;
  return {
    path: [...path, cut(key)],
    code: 'unknown_key',
    message,
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** Of a union's branches, the one that took the value's type: its complaints are the ones that help. */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const rejectsType = (issue: Issue) => issue.code === 'invalid_type' && issue.path.length === 0;
  return branches.find((issues) => !issues.some(rejectsType)) ?? branches.slice(0, 1).flat();
}
