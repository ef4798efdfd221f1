import type { Path } from './path.ts';

/** A value of JSON that is lost: a later one stands under the same key, and `JSON.parse` keeps that. */
export interface RepeatedKey {
  readonly path: Path;
  /** The text of the value that is lost. */
  readonly lost: string;
  /** Where that value stands, and where the key stands again, in characters from the beginning. */
  readonly lostAt: number;
  readonly at: number;
}

/** Tells a text of JSON from any other. */
export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The most repeated keys that are found. One is enough to refuse a text, and a hostile one may have millions. */
export const mostRepeatedKeys = 20;

/**
 * Finds the keys that stand twice in one object, at most {@link mostRepeatedKeys}, in a text that `JSON.parse` takes.
 *
 * It walks over the text once and builds no tree: it grows with the length, and holds the keys of the open objects.
 */
export function duplicateKeys(text: string): readonly RepeatedKey[] {
  const found: RepeatedKey[] = [];
  const open: Level[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length && found.length < mostRepeatedKeys; at += 1) {
    const letter = text.charAt(at);
    const level = open.at(-1);
    if (letter === '"') {
      const end = endOfString(text, at);
      if (isKeyNext && level?.values !== undefined) {
        const key = String(JSON.parse(text.slice(at, end)));
        const lost = level.values.get(key);
        level.step = key;
        if (lost !== undefined)
          found.push({ path: open.map(({ step }) => step), ...valueAt(text, lost), at });
        isKeyNext = false;
      }
      at = end - 1;
    } else if (letter === ':' && level !== undefined) {
      level.start = at + 1;
    } else if (letter === '{' || letter === '[') {
      isKeyNext = letter === '{';
      open.push({ values: isKeyNext ? new Map() : undefined, step: isKeyNext ? '' : 0, start: at + 1 });
    } else if (letter === ',' && level !== undefined) {
      level.values?.set(String(level.step), [level.start, at]);
      isKeyNext = level.values !== undefined;
      if (typeof level.step === 'number') level.step += 1;
    } else if (letter === '}' || letter === ']') {
      open.pop();
      isKeyNext = false;
    }
  }
  return found;
}

/** An object or a list that is open: where the values of its keys stand, and the key or index that is read. */
interface Level {
  readonly values: Map<string, Place> | undefined;
  step: string | number;
  start: number;
}

function valueAt(text: string, [start, end]: Place): Pick<RepeatedKey, 'lost' | 'lostAt'> {
  const lost = text.slice(start, end).trimStart();
  return { lost: lost.trimEnd(), lostAt: end - lost.length };
}

type Place = readonly [start: number, end: number];

/** Behind the closing quote: the first that is not escaped. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return Math.max(start, end) + 1;
}

/** A quote is escaped behind backslashes that are odd in number. */
function isEscaped(text: string, quote: number): boolean {
  let first = quote;
  while (text.charAt(first - 1) === '\\') first -= 1;
  return (quote - first) % 2 === 1;
}

/**
 * Tells whether a text may repeat a key, by the value that `JSON.parse` made of it: then it has more quotes with a colon
 * behind them than the value has keys. A string may hold such a quote as well, so that a yes is only a guess.
 */
export function mayRepeatKeys(text: string, value: unknown): boolean {
  const pattern = /"\s*:/g;
  let count = 0;
  while (pattern.test(text)) count += 1;
  return count > countKeys(value);
}

function countKeys(value: unknown): number {
  const left = [value];
  let count = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const inner: readonly unknown[] = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const each of inner) left.push(each);
  }
  return count;
}
