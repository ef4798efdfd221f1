import * as z from 'zod';
import { JsonValue } from '../json.ts';

/** More values than any axis needs, and few enough to be listed. */
export const mostValues = 1_000_000;

const field = z
  .string()
  .regex(/^[^.\s]+(?:\.[^.]+)*$/, 'must be the way to a field, such as steps or adetailer.0.confidence')
  .describe('A field of the RunConfig, with the way to it: "steps", "adetailer.0.confidence".');

const Range = z.strictObject({
  from: z.number('must be a number').describe('The first number.'),
  to: z.number('must be a number').describe('The last number, where the steps meet it; none is beyond it.'),
  step: z
    .number('must be a number')
    .describe('The distance from one number to the next: over 0 where they grow, under 0 where they shrink.'),
});
/** Numbers at equal distances. */
export type Range = Readonly<z.output<typeof Range>>;

function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1, 'must not be empty').max(mostValues, `must have at most ${mostValues} entries`);
}

/** The kinds of axes, by the key that only they have. */
export const axisKinds = {
  values: z.strictObject({
    field,
    values: list(JsonValue).describe('What the field is, one after the other.'),
  }),
  range: z.strictObject({
    field,
    range: Range.describe('What the field is, as numbers at equal distances.'),
  }),
  sets: z.strictObject({
    name: z.string().min(1).describe('What the axis is called.'),
    sets: list(
      z.record(field, JsonValue).refine((set) => Object.keys(set).length > 0, 'must set a field'),
    ).describe('Fields that change together, one set after the other.'),
  }),
} as const;

/** What a field is in each of the plans: a list of values, or a range of numbers; or several fields that change together. */
export type SweepAxis =
  | { readonly field: string; readonly values: readonly JsonValue[] }
  | { readonly field: string; readonly range: Range }
  | { readonly name: string; readonly sets: readonly Readonly<Record<string, JsonValue>>[] };

/** How axes are combined. */
export const sweepModes = ['grid', 'zip', 'rotate'] as const;

/**
 * How axes are combined. `grid`: each value with each, the last axis changing fastest. `zip`: the first values together,
 * then the second, and so on; every axis has as many. `rotate`: as many plans as the longest axis has values; a shorter
 * one begins again.
 */
export type SweepMode = (typeof sweepModes)[number];

/** One value of an axis: how a plan says it, and the fields that it sets. */
export interface AxisValue {
  /** That of the axis. */
  readonly name: string;
  readonly value: JsonValue;
  readonly fields: readonly (readonly [field: string, value: JsonValue])[];
}

/** An axis, with values that are made when they are asked for. */
export interface Axis {
  readonly name: string;
  /** The fields that it sets, each with a value that it takes. */
  readonly fields: ReadonlyMap<string, JsonValue>;
  readonly values: {
    readonly length: number;
    readonly slice: (start: number, end: number) => readonly AxisValue[];
  };
}

/** Reads an axis. The numbers of a range have no dust of adding fractions. */
export function axisOf(axis: SweepAxis): Axis {
  if ('sets' in axis) {
    const { name, sets } = axis;
    const fields = new Map(sets.flatMap((set) => Object.entries(set)));
    return { name, fields, values: sets.map((value) => ({ name, value, fields: Object.entries(value) })) };
  }
  const { field: name } = axis;
  const list = 'values' in axis ? axis.values : numbersIn(axis.range);
  const slice = (start: number, end: number) =>
    list.slice(start, end).map((value): AxisValue => ({ name, value, fields: [[name, value]] }));
  return {
    name,
    fields: new Map(slice(0, 1).flatMap(({ fields }) => fields)),
    values: { length: list.length, slice },
  };
}

/** How many numbers a range has. 0: its step leads away from its end. The step is not 0, except where one number is all. */
export function sizeOf({ from, to, step }: Range): number {
  if (from === to) return 1;
  const digits = Math.max(...[from, to, step].map(digitsOf));
  const way = shifted(to, digits) - shifted(from, digits);
  const by = shifted(step, digits);
  return way > 0n === by > 0n ? Number(way / by) + 1 : 0;
}

/** Whether no two numbers of a range are the same: far from 0, numbers lie too far apart. */
export function tellsApart({ from, to, step }: Range): boolean {
  const largest = Math.max(Math.abs(from), Math.abs(to));
  const apart = 2 ** (Math.floor(Math.log2(largest)) - 52);
  return from === to || Math.abs(step) >= apart;
}

/** The numbers of a range, made when they are asked for. */
function numbersIn(range: Range) {
  const digits = Math.max(digitsOf(range.from), digitsOf(range.step));
  const [from, step] = [shifted(range.from, digits), shifted(range.step, digits)];
  const numberAt = (index: number) => Number(`${from + BigInt(index) * step}e${-digits}`);
  return {
    length: sizeOf(range),
    slice: (start: number, end: number) =>
      Array.from({ length: end - start }, (_, index) => numberAt(start + index)),
  };
}

/**
 * A number as it is written, with its point moved so many digits to the right, so that counting is exact: the steps of 0.1 from 0.2
 * to 0.5 are 2.9999999999999996.
 */
function shifted(number: number, digits: number): bigint {
  const { whole, behind } = written(number);
  return whole * 10n ** BigInt(digits - behind);
}

/** How many digits a number has behind its point: 3 in 0.125, 7 in 1e-7, and -2 in 300, whose zeros only place the 3. */
function digitsOf(number: number): number {
  return written(number).behind;
}

/** The digits of a number as a whole one, and how many of them stand behind its point. */
function written(number: number) {
  const text = number.toExponential();
  const end = text.indexOf('e');
  const digits = text.slice(0, end);
  const point = digits.indexOf('.');
  const behind = (point === -1 ? 0 : end - point - 1) - Number(text.slice(end + 1));
  return { whole: BigInt(digits.replace('.', '')), behind };
}
