import type { z } from 'zod';
import { closestTo } from '../closest.ts';
import { anyOf } from '../joined.ts';
import { quote } from '../path.ts';
import type { ConfigProblem } from './invalid-run-config-error.ts';

/** What is wrong with one value: its code, its words behind the name of the value, and what was probably meant. */
interface Fault {
  readonly code: ConfigProblem['code'];
  readonly words: string;
  readonly suggestion?: string;
}

/** Says what a schema has against a value: "must be a whole number, but is 1.5". No word of zod's leaves the library but for formats. */
export function sayFault(issue: z.core.$ZodIssue, value: unknown): Fault {
  const but = `but is ${value === undefined ? 'missing' : quote(value)}`;
  switch (issue.code) {
    case 'invalid_type': {
      const words = `must be ${typeWords[issue.expected] ?? issue.expected}, ${but}`;
      return { code: value === undefined ? 'required' : 'wrong_type', words };
    }
    case 'too_small':
      return { code: 'out_of_range', words: tooSmall(issue, but) };
    case 'too_big':
      return { code: 'out_of_range', words: tooBig(issue, but) };
    case 'not_multiple_of': {
      const nearest = Math.max(1, Math.round(Number(value) / issue.divisor)) * issue.divisor;
      const words = `must be a multiple of ${issue.divisor}, ${but}`;
      return { code: 'not_a_multiple', words, suggestion: String(nearest) };
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const suggestion = typeof value === 'string' ? closestTo(value, allowed) : undefined;
      const words = `must be ${anyOf(allowed)}, ${but}`;
      return { code: 'not_allowed', words, ...(suggestion !== undefined && { suggestion }) };
    }
    case 'invalid_union':
      return { code: 'not_allowed', words: `must be one of the kinds that there are, ${but}` };
    case 'custom':
      return { code: 'not_allowed', words: issue.message };
    default:
      return { code: 'not_allowed', words: `${issue.message}, ${but}` };
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

function tooSmall(issue: z.core.$ZodIssueTooSmall, but: string): string {
  if (issue.origin === 'string') return 'must not be empty';
  if (issue.origin === 'array') return `must have at least ${issue.minimum} entry`;
  return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, ${but}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig, but: string): string {
  if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
  return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}, ${but}`;
}
