import type { z } from 'zod';
import { isPlainObject } from '../json.ts';
import { pathKey, renderPath } from '../path.ts';
import {
  type Axis,
  axisKinds,
  axisOf,
  mostValues,
  type Range,
  type SweepMode,
  sizeOf,
  tellsApart,
} from './axes.ts';
import { type Complaints, fieldProblems } from './check-fields.ts';
import { countCombinations } from './combinations.ts';
import { InvalidSweepError, type SweepProblem } from './invalid-sweep-error.ts';

/**
 * Reads the axes of a sweep.
 *
 * @throws {InvalidSweepError} with everything that is wrong with the axes themselves. A wrong value is wrong in the plans
 * that have it.
 */
export function checkAxes(
  base: object,
  given: unknown,
  mode: SweepMode,
  complaints: Complaints,
): readonly Axis[] {
  const axes = readAxes(given);
  const problems = [...fieldProblems(base, axes, complaints), ...sizeProblems(axes, mode)];
  if (problems.length > 0) throw new InvalidSweepError(problems);
  return axes;
}

function readAxes(given: unknown): readonly Axis[] {
  if (!Array.isArray(given) || given.length === 0)
    throw new InvalidSweepError([
      { axis: '', code: 'malformed_axis', message: 'The axes must be a list of at least one axis.' },
    ]);
  const axes: Axis[] = [];
  const problems: SweepProblem[] = [];
  for (const read of given.map(readAxis)) {
    if ('message' in read) problems.push(read);
    else axes.push(read);
  }
  if (problems.length > 0) throw new InvalidSweepError(problems);
  return axes;
}

function readAxis(axis: unknown, index: number): Axis | SweepProblem {
  const name = nameOf(axis, index);
  const malformed = (message: string): SweepProblem => ({ axis: name, code: 'malformed_axis', message });
  const kinds = Object.entries(axisKinds).filter(([key]) => isPlainObject(axis) && Object.hasOwn(axis, key));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    return malformed(`${name} must have a field with either values or a range, or a name with sets.`);
  const parsed = kind[1].safeParse(axis);
  if (!parsed.success) return malformed(`${name}: ${parsed.error.issues.map(sayIssue).join('; ')}.`);
  if (!('range' in parsed.data)) return axisOf(parsed.data);
  const fault = faultOf(parsed.data.range);
  return fault === undefined
    ? axisOf(parsed.data)
    : { axis: name, code: 'wrong_range', message: `${name}: its ${fault}.` };
}

function faultOf(range: Range): string | undefined {
  if (range.step === 0 && range.from !== range.to)
    return 'step of 0 leads nowhere: take one over 0, or under 0 where the numbers shrink';
  if (!tellsApart(range))
    return 'step is too small for numbers like these, of which several would be the same: make step larger';
  const size = sizeOf(range);
  if (size < 1) return 'step leads away from the end of its range: turn the sign of step';
  return size > mostValues ? `range has more than ${mostValues} numbers: make step larger` : undefined;
}

function nameOf(axis: unknown, index: number): string {
  const { field, name = field } = Object(axis);
  return typeof name === 'string' && name !== '' ? name : `Axis ${index + 1}`;
}

function sayIssue({ path, message }: z.core.$ZodIssue): string {
  return [renderPath(path.map(pathKey)), message].filter((part) => part !== '').join(': ');
}

function sizeProblems(axes: readonly Axis[], mode: SweepMode): readonly SweepProblem[] {
  const sizes = axes.map(({ values }) => values.length);
  if (!Number.isSafeInteger(countCombinations(mode, sizes)))
    return [
      {
        axis: '',
        code: 'too_many',
        message: 'The axes have more combinations than can be counted: take fewer values.',
      },
    ];
  if (mode !== 'zip' || new Set(sizes).size === 1) return [];
  const said = axes.map(({ name }, index) => `${name} has ${sizes[index]}`).join(', ');
  const message = `zip takes axes with equally many values, but ${said}: add values, or take grid or rotate.`;
  return [{ axis: '', code: 'different_lengths', message }];
}
