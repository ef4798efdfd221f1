import { visible } from './visible.ts';

/** The keys and indexes that lead from a value to one inside it. */
export type Path = readonly (string | number)[];

/** A key of a path of zod's. The keys of JSON are never symbols. */
export function pathKey(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}

/** What stands at a path in a value of unknown shape, or undefined. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
}

/** A path as people write it: `adetailer[1].confidence`, its keys cut where they are long. */
export function renderPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = visible(cut(key));
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

const longestQuote = 60;

/** A text, cut where it is long. */
export function cut(text: string, longest = longestQuote): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A value as a message quotes it: JSON, cut where it is long. */
export function quote(value: unknown, longest = longestQuote): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return visible(cut(String(value), longest));
  return visible(JSON.stringify(cut(value, longest)));
}
