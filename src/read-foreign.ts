import { maxValues } from './json.ts';

/**
 * What `read` makes of a value of unknown shape. Where a getter or proxy in the value throws, at whichever reading, it is what
 * `refuse` makes of that. Linear in the value's objects.
 *
 * @throws what `read` throws of plain data as well: that is no fault of the value's.
 */
export function readForeign<Read>(
  value: unknown,
  read: (value: unknown) => Read,
  refuse: (reason: string) => Read,
): Read {
  try {
    return read(value);
  } catch (thrown) {
    read(plainCopy(value, new Map()));
    return refuse(sayThrown(thrown));
  }
}

/** What was thrown, as text. Anything can be thrown, also what throws when its text is asked for. */
export function sayThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something without a text';
  }
}

/** A value as plain data. null stands for what cannot be read, functions, cycles, and what is beyond the bound. */
function plainCopy(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (typeof value === 'function') return null;
  if (typeof value !== 'object' || value === null) return value;
  if (copies.has(value) || copies.size > maxValues) return copies.get(value) ?? null;
  copies.set(value, null);
  const copyOf = (inner: unknown) => plainCopy(inner, copies);
  try {
    const copy = Array.isArray(value)
      ? Object.values(value).map(copyOf)
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
    copies.set(value, copy);
    return copy;
  } catch {
    return null;
  }
}
