import { readParameters } from './parameters.ts';

/** The parameters of an infotext as one text, and the lines around them. */
export interface FoundParameters {
  readonly before: readonly string[];
  readonly text: string;
  readonly after: readonly string[];
}

type IsKnown = (key: string) => boolean;

/**
 * Finds the parameters by the keys that are known: the last line that begins with `Steps`, or else the last with three
 * of them, or else the end of a line that all of the text stands on. Lines that go on with them belong to them.
 */
export function findParameters(lines: readonly string[], isKnown: IsKnown): FoundParameters | undefined {
  const steps = lines.findLastIndex((line) => /^\s{0,8}Steps: ?\d{1,9}\s{0,8}(,|$)/i.test(line));
  if (steps >= 0) return take(lines, steps, steps, isKnown);
  const last = lines.findLastIndex(
    (line) => beginsKnown(line, isKnown) && knownIn(line, isKnown) >= enoughToBeSure,
  );
  if (last >= 0) return take(lines, firstOf(lines, last, isKnown), last, isKnown);
  return findWithin(lines, isKnown);
}

const enoughToBeSure = 3;

function beginsKnown(line: string, isKnown: IsKnown): boolean {
  const key = /^\s{0,8}([^:,]{1,60}):/.exec(line)?.[1];
  return key !== undefined && isKnown(key);
}

function knownIn(line: string, isKnown: IsKnown): number {
  return readParameters(line).filter(({ key, value }) => key !== value && isKnown(key)).length;
}

/** The first of the lines that were wrapped behind a comma. */
function firstOf(lines: readonly string[], last: number, isKnown: IsKnown): number {
  let first = last;
  while (
    first > 0 &&
    /,\s{0,8}$/.test(lines[first - 1] ?? '') &&
    beginsKnown(lines[first - 1] ?? '', isKnown)
  )
    first -= 1;
  return first;
}

function take(lines: readonly string[], first: number, last: number, isKnown: IsKnown): FoundParameters {
  const taken = lines.slice(first, last + 1);
  let end = last + 1;
  for (let count = goesOn(lines, end, isKnown); count > 0; count = goesOn(lines, end, isKnown)) {
    const [next = '', ...more] = lines.slice(end, end + count);
    const isNewKey = beginsKnown(next, isKnown) && !/,\s{0,8}$/.test(taken.at(-1) ?? '');
    taken.push(isNewKey ? `,${next}` : next, ...more);
    end += count;
  }
  return { before: lines.slice(0, first), text: taken.join('\n'), after: lines.slice(end) };
}

const longestQuote = 50;

/** How many of the next lines go on with the parameters: one that has their keys, or all up to the end of an open quote. */
function goesOn(lines: readonly string[], at: number, isKnown: IsKnown): number {
  const line = lines[at];
  if (line === undefined || isFooter(line)) return 0;
  if (beginsKnown(line, isKnown) || knownIn(line, isKnown) >= 2) return 1;
  if (!/: ?"[^"\n]{0,100000}$/.test(lines[at - 1] ?? '')) return 0;
  const close = lines.slice(at, at + longestQuote).findIndex((next) => /"\s{0,8}(,|$)/.test(next));
  return close + 1;
}

/** What user interfaces and extensions write behind the parameters, whatever keys they mention. */
export function isFooter(line: string): boolean {
  return /^\s{0,8}(Template|Negative Template|Time taken|Torch active|Sys VRAM|A|Used embeddings|Upscale|Warning):/i.test(
    line,
  );
}

/** Finds the parameters behind a prompt on the same line: the line breaks were lost on the way. */
function findWithin(lines: readonly string[], isKnown: IsKnown): FoundParameters | undefined {
  const last = lines.findLastIndex((line) => /\sSteps: ?\d{1,9},/.test(line));
  const line = lines[last] ?? '';
  const at = [...line.matchAll(/\sSteps: ?\d{1,9},/g)].at(-1)?.index;
  if (at === undefined || knownIn(line.slice(at), isKnown) < enoughToBeSure) return undefined;
  const found = take([line.slice(at), ...lines.slice(last + 1)], 0, 0, isKnown);
  return { ...found, before: [...lines.slice(0, last), line.slice(0, at)] };
}
