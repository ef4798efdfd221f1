import type { z } from 'zod';
import { closestTo } from '../closest.ts';
import { sayOtherDocument } from '../document-kind.ts';
import { anyOf } from '../joined.ts';
import { mostListed } from '../listed.ts';
import { cut, type Path, pathKey, quote, renderPath } from '../path.ts';
import { crossProblems } from './cross-problems.ts';
import { type ConfigProblem, InvalidRunConfigError } from './invalid-run-config-error.ts';
import type { RunSchema } from './run-schema.ts';
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
  const value = valueAt(config, path);
  const problem = (code: ConfigProblem['code'], fault: string, suggestion?: string): ConfigProblem[] => [
    {
      path,
      code,
      message: `${renderPath(path) || 'The RunConfig'} ${fault}.`,
      ...(suggestion !== undefined && { suggestion }),
    },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, mostListed).map((key) => unknownKey(path, key, schema));
    case 'invalid_union':
      return likeliest(issue.errors).flatMap((inner) => problemsOf(inner, path, config, schema));
    case 'invalid_type':
      return problem(
        value === undefined ? 'required' : 'wrong_type',
        `must be ${typeWords[issue.expected] ?? issue.expected}, but is ${value === undefined ? 'missing' : quote(value)}`,
      );
    case 'too_small':
      return problem('out_of_range', tooSmall(issue, value));
    case 'too_big':
      return problem('out_of_range', tooBig(issue, value));
    case 'not_multiple_of': {
      const nearest = Math.max(1, Math.round(Number(value) / issue.divisor)) * issue.divisor;
      return problem(
        'not_a_multiple',
        `must be a multiple of ${issue.divisor}, but is ${quote(value)}`,
        String(nearest),
      );
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      return problem(
        'not_allowed',
        `must be ${anyOf(allowed)}, but is ${quote(value)}`,
        typeof value === 'string' ? closestTo(value, allowed) : undefined,
      );
    }
    case 'custom':
      // zod skips checks across fields when some field is wrong; invalidRun makes them in every case.
      if (issue.params?.crossField === true) return [];
      if (issue.params?.standsAlone === true) return [{ path, code: 'not_allowed', message: issue.message }];
      return problem('not_allowed', issue.message);
    default:
      return problem('not_allowed', `${issue.message}, but is ${quote(value)}`);
  }
}

const typeWords: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

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

function tooSmall(issue: z.core.$ZodIssueTooSmall, value: unknown): string {
  if (issue.origin === 'string') return 'must not be empty';
  if (issue.origin === 'array') return `must have at least ${issue.minimum} entry`;
  return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, but is ${quote(value)}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig, value: unknown): string {
  if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
  return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}, but is ${quote(value)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
}
