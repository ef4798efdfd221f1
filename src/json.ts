import { z } from 'zod';

/** A value that survives `JSON.stringify` and `JSON.parse`. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

const maxDepth = 64;

/** A JSON object, at most 64 levels deep. Any key is allowed, `__proto__` too. */
export const JsonObject = z
  .custom<JsonObject>((value) => isPlainObject(value) && isJson(value, maxDepth), {
    error: `must be an object of plain JSON, at most ${maxDepth} levels deep`,
  })
  .meta({ type: 'object' });

/** A JSON value, at most 64 levels deep. */
export const JsonValue = z.custom<JsonValue>((value) => isJson(value, maxDepth), {
  error: `must be plain JSON, at most ${maxDepth} levels deep`,
});

/** Writes JSON with the keys of every object sorted, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (isPlainObject(inner) ? sortKeys(inner) : inner));
}

/** A copy of a JSON value, frozen at every depth, so that the caller's own stays as it is. */
export function frozenCopy<T extends JsonValue>(value: T): T {
  // A copy has the type of what is copied, which tsc cannot follow through map and fromEntries.
  return copyOf(value) as T;
}

function copyOf(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return Object.freeze(value.map(copyOf));
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])));
}

/** Tells an object made by `{}` or `JSON.parse` from arrays, class instances and everything else. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isList(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth === 0) return false;
  if (Array.isArray(value)) return Array.from(value).every((item) => isJson(item, depth - 1));
  return isPlainObject(value) && Object.values(value).every((item) => isJson(item, depth - 1));
}

function sortKeys(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
