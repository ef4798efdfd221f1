import * as z from 'zod';

/** A value that survives `JSON.stringify` and `JSON.parse`. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

export const maxDepth = 64;
/** What is shared counts in each of its places, as it is written: a few objects can be millions of values. */
export const maxValues = 250_000;
/** How large a JSON value may be, in words. */
export const bounds = `at most ${maxDepth} levels deep and of at most ${maxValues} values`;

/** A JSON object, at most 64 levels deep and of at most 250,000 values. Any key is allowed, `__proto__` too. */
export const JsonObject = z
  .custom<JsonObject>((value) => isPlainObject(value) && isJson(value), {
    error: `must be an object of plain JSON, ${bounds}`,
    // What is read next goes through every value.
    abort: true,
  })
  .meta({ type: 'object' });

/** A JSON value, at most 64 levels deep and of at most 250,000 values. */
export const JsonValue = z.custom<JsonValue>(isJson, { error: `must be plain JSON, ${bounds}` });

/** Writes JSON with the keys of every object sorted, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (isPlainObject(inner) ? sortKeys(inner) : inner));
}

/** Tells whether two JSON values are the same, whatever the order of their keys. A field without a value is no field. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index]));
  if (!isPlainObject(one) || !isPlainObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => sameJson(ownValue(one, key), ownValue(other, key)));
}

/** A field of an object, as JSON has it: `__proto__` is one like any other. */
function ownValue(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A copy of a value of plain JSON, frozen at every depth, so that the caller's own stays as it is. */
export function frozenCopy<T>(value: T): T {
  // A copy has the type of what is copied, which tsc cannot follow through map and fromEntries.
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copyOf));
  // Several times as fast as Object.fromEntries; a spread makes `__proto__` a field like any other.
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) copy[key] = copyOf(copy[key]);
  return Object.freeze(copy);
}

/** Tells an object made by `{}` or `JSON.parse` from arrays, class instances and everything else. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isJson(value: unknown): boolean {
  return countValues(value, maxDepth, maxValues) <= maxValues;
}

/** How many values a JSON value has in all. Infinity: more than `most`, or it is no JSON. */
function countValues(value: unknown, depth: number, most: number): number {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return Number.isFinite(value) ? 1 : Infinity;
  if (depth === 0 || !(Array.isArray(value) || isPlainObject(value))) return Infinity;
  let count = 1;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    count += countValues(item, depth - 1, most - count);
    if (count > most) return Infinity;
  }
  return count;
}

function sortKeys(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
