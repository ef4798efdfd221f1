import type { ConfigProblem } from '../config/invalid-run-config-error.ts';
import { isPlainObject } from '../json.ts';
import type { Axis } from './axes.ts';
import type { SweepProblem } from './invalid-sweep-error.ts';
import { withField } from './set-field.ts';

/** What is wrong with a run. */
export type Complaints = (run: object) => readonly ConfigProblem[];

/** What is wrong with the fields that axes set: no run has them, two axes set the same, or the sweep writes there itself. */
export function fieldProblems(
  base: object,
  axes: readonly Axis[],
  complaints: Complaints,
): readonly SweepProblem[] {
  return [
    ...axes.flatMap((axis) => unknownFields(base, axis, complaints)),
    ...sharedFields(axes),
    ...metadataProblems(base, axes),
  ];
}

/** Fields that no run has, and those that cannot be set in this one. */
function unknownFields(base: object, axis: Axis, complaints: Complaints): readonly SweepProblem[] {
  return [...axis.fields].flatMap(([field, value]): readonly SweepProblem[] => {
    const unknown = (message: string): SweepProblem => ({ axis: axis.name, code: 'unknown_field', message });
    const run = withField(base, field, value);
    if (run === undefined)
      return [
        unknown(
          `${field} leads past what the run has: state in the run what the field stands in, or mend the way to it.`,
        ),
      ];
    const problem = complaints(run).find(({ path, code }) => {
      const place = path.join('.');
      return code === 'unknown_key'
        ? isWithin(field, place)
        : code === 'wrong_type' && place !== field && isWithin(field, place);
    });
    if (problem === undefined) return [];
    const { code, message, suggestion } = problem;
    if (code === 'wrong_type')
      return [unknown(`${field} is not a field of a RunConfig: ${problem.path.join('.')} has no fields.`)];
    return [{ ...unknown(message), ...(suggestion !== undefined && { suggestion }) }];
  });
}

/** A field that two axes set would be what the second says, and the first would change nothing. */
function sharedFields(axes: readonly Axis[]): readonly SweepProblem[] {
  const pairs = axes.flatMap((axis, index) => axes.slice(0, index).map((other) => [other, axis] as const));
  return [
    ...pairs.flatMap(([other, axis]) => sharedBy(other, axis)),
    ...axes.flatMap((axis) =>
      nestedFields(axis).map((field) =>
        fieldTwice(axis, `${field} is set twice in one set of ${axis.name}: leave one out.`),
      ),
    ),
  ];
}

function sharedBy(other: Axis, axis: Axis): readonly SweepProblem[] {
  if (other.name === axis.name)
    return [
      fieldTwice(
        axis,
        `Two axes are called ${axis.name}: put their values into one, or give one another name.`,
      ),
    ];
  const theirs = [...other.fields.keys()];
  return [...axis.fields.keys()]
    .filter((field) => theirs.some((their) => overlap(their, field)))
    .map((field) =>
      fieldTwice(
        axis,
        `${field} is set by ${other.name} and by ${axis.name}: put what belongs together into the sets of one axis.`,
      ),
    );
}

function fieldTwice(axis: Axis, message: string): SweepProblem {
  return { axis: axis.name, code: 'field_twice', message };
}

/** The fields that stand inside another field of the same set. */
function nestedFields({ fields: all, values }: Axis): readonly string[] {
  if (all.size === 1) return [];
  const nested = values.slice(0, values.length).flatMap(({ fields }) => {
    const names = fields.map(([field]) => field);
    return names.filter((field) => names.some((outer) => outer !== field && isWithin(field, outer)));
  });
  return [...new Set(nested)];
}

function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** Whether a field is another one or stands in it. */
function isWithin(field: string, outer: string): boolean {
  return `${field}.`.startsWith(`${outer}.`);
}

/** A plan says in `metadata.sweep` which combination it is. */
function metadataProblems(base: object, axes: readonly Axis[]): readonly SweepProblem[] {
  const taken = (axis: string, message: string): SweepProblem => ({ axis, code: 'metadata_taken', message });
  const { metadata } = base as { readonly metadata?: unknown };
  const stated = isPlainObject(metadata) && Object.hasOwn(metadata, 'sweep');
  return [
    ...(stated
      ? [
          taken(
            '',
            'The run has a metadata.sweep, where a sweep writes the values of its axes: call it something else.',
          ),
        ]
      : []),
    ...axes.flatMap((axis) =>
      [...axis.fields.keys()]
        .filter((field) => overlap(field, 'metadata.sweep'))
        .map((field) =>
          taken(
            axis.name,
            `${field} cannot be set: a sweep writes the values of its axes into metadata.sweep. Set another field in metadata.`,
          ),
        ),
    ),
  ];
}
