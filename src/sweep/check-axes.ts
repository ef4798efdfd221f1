import type { z } from 'zod';
import type { ConfigProblem } from '../config/invalid-run-config-error.ts';
import { isPlainObject } from '../json.ts';
import { pathKey, quote, renderPath } from '../path.ts';
import { type Axis, axisKinds, axisOf, mostValues, type SweepMode, sizeOf } from './axes.ts';
import { countCombinations } from './combinations.ts';
import { InvalidSweepError, type SweepProblem } from './invalid-sweep-error.ts';
import { withField } from './set-field.ts';

/** What is wrong with a run. */
export type Complaints = (run: object) => readonly ConfigProblem[];

/**
 * Reads the axes of a sweep, each with its values written out.
 *
 * @throws {InvalidSweepError} with everything that is wrong with the axes themselves. A wrong value is wrong in the plans
 * that have it.
 */
export function checkAxes(base: object, given: unknown, mode: SweepMode, complaints: Complaints): readonly Axis[] {
  const axes = readAxes(given);
  const problems = [
    ...axes.flatMap((axis) => unknownFields(base, axis, complaints)),
    ...sharedFields(axes),
    ...sizeProblems(axes, mode),
    ...metadataProblems(base),
  ];
  if (problems.length > 0) throw new InvalidSweepError(problems);
  return axes;
}

function readAxes(given: unknown): readonly Axis[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const read = list.map(readAxis);
  const problems = read.flatMap((axis) => ('message' in axis ? [axis] : []));
  if (list.length === 0)
    problems.push({ axis: '', code: 'malformed_axis', message: 'The axes must be a list of at least one axis.' });
  if (problems.length > 0) throw new InvalidSweepError(problems);
  return read.flatMap((axis) => ('message' in axis ? [] : [axis]));
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
  const size = sizeOf(parsed.data.range);
  if (size >= 1 && size <= mostValues) return axisOf(parsed.data);
  const message =
    size < 1
      ? `${name}: its step leads away from the end of its range: turn the sign of step.`
      : `${name}: its range has more than ${mostValues} numbers: make step larger.`;
  return { axis: name, code: 'wrong_range', message };
}

function nameOf(axis: unknown, index: number): string {
  const { field, name = field } = Object(axis);
  return typeof name === 'string' && name !== '' ? name : `Axis ${index + 1}`;
}

function sayIssue({ path, message }: z.core.$ZodIssue): string {
  return [renderPath(path.map(pathKey)), message].filter((part) => part !== '').join(': ');
}

/** Fields that no run has, and those that cannot be set in this one. */
function unknownFields(base: object, { name, values }: Axis, complaints: Complaints): readonly SweepProblem[] {
  const fields = new Map(values.flatMap((value) => value.fields));
  return [...fields].flatMap(([field, value]): readonly SweepProblem[] => {
    const run = withField(base, field, value);
    if (run === undefined) {
      const message = `${field} leads through something in the run that has no such field: state it in the run first.`;
      return [{ axis: name, code: 'unknown_field', message }];
    }
    const unknown = complaints(run).find(
      ({ path, code }) => code === 'unknown_key' && `${field}.`.startsWith(`${path.join('.')}.`),
    );
    if (unknown === undefined) return [];
    const { message, suggestion } = unknown;
    return [{ axis: name, code: 'unknown_field', message, ...(suggestion !== undefined && { suggestion }) }];
  });
}

/** A field that two axes set would be what the second says, and an axis would change nothing. */
function sharedFields(axes: readonly Axis[]): readonly SweepProblem[] {
  const fields = axes.flatMap(({ name, values }, index) =>
    [...new Set(values.flatMap((value) => value.fields.map(([field]) => field)))].map((field) => ({ name, field, index })),
  );
  const names = axes.flatMap(({ name }, index) => (axes.findIndex((axis) => axis.name === name) < index ? [name] : []));
  return [
    ...names.map((name): SweepProblem => {
      const message = `Two axes are called ${name}: give one of them another name.`;
      return { axis: name, code: 'field_twice', message };
    }),
    ...fields.flatMap(({ name, field, index }): readonly SweepProblem[] => {
      const other = fields.find(
        (earlier) => earlier.index < index && earlier.name !== name && overlap(earlier.field, field),
      );
      if (other === undefined) return [];
      const message = `${field} is set by ${other.name} and by ${name}: put what belongs together into the sets of one axis.`;
      return [{ axis: name, code: 'field_twice', message }];
    }),
  ];
}

function overlap(one: string, other: string): boolean {
  return `${one}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${one}.`);
}

function sizeProblems(axes: readonly Axis[], mode: SweepMode): readonly SweepProblem[] {
  const sizes = axes.map(({ values }) => values.length);
  if (!Number.isSafeInteger(countCombinations(mode, sizes)))
    return [{ axis: '', code: 'too_many', message: 'The axes have more combinations than can be counted: take fewer values.' }];
  if (mode !== 'zip' || new Set(sizes).size === 1) return [];
  const said = axes.map(({ name }, index) => `${name} has ${sizes[index]}`).join(', ');
  const message = `zip takes axes with equally many values, but ${said}: add values, or take grid or rotate.`;
  return [{ axis: '', code: 'different_lengths', message }];
}

function metadataProblems(base: object): readonly SweepProblem[] {
  const { metadata } = base as { readonly metadata?: unknown };
  if (!isPlainObject(metadata) || !Object.hasOwn(metadata, 'sweep')) return [];
  const message = `metadata.sweep of the run is ${quote(metadata.sweep)}, and a sweep writes the values of its axes there: call it something else.`;
  return [{ axis: '', code: 'metadata_taken', message }];
}
