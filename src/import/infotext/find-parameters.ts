import { readParameters } from './parameters.ts';

/** The parameters of an infotext as one text, and the lines around them. */
export interface FoundParameters {
  readonly before: readonly string[];
  readonly text: string;
  readonly after: readonly string[];
}

type IsKnown = (key: string) => boolean;

export const negativeLabel = 'Negative prompt:';

/**
 * Finds the parameters by the keys that are known: the last line that begins with `Steps`, or else the last that is made
 * of them, or else the end of a line that all of the text stands on. Lines that go on with them belong to them.
 */
export function findParameters(lines: readonly string[], isKnown: IsKnown): FoundParameters | undefined {
  const sure = lines.findLastIndex(isSure);
  const steps = sure >= 0 ? sure : lines.findLastIndex((line) => beginsWithSteps(line) && !isProse(line));
  const last = steps >= 0 ? steps : lines.findLastIndex((line) => isMadeOfKnown(line, isKnown));
  return last >= 0 ? take(lines, firstOf(lines, last, isKnown), last, isKnown) : findWithin(lines, isKnown);
}

/**
 * Parts lines that hold several infotexts: each goes from behind the parameters of the one before to its own, with what
 * is written of the machine behind them. Looks at each line a bounded number of times.
 */
export function partInfotexts(lines: readonly string[], isKnown: IsKnown): readonly (readonly string[])[] {
  const sure = lines.flatMap((line, index) => (isSure(line) ? [index] : []));
  const ends = sure.slice(0, -1).map((at, index) => {
    const { after } = take(lines.slice(at, sure[index + 1]), 0, 0, isKnown);
    const next = after.findIndex((line) => isWritten(line) && !isFooter(line) && !isRule(line));
    return Number(sure[index + 1]) - after.slice(next).length;
  });
  return [0, ...ends].map((start, index) => lines.slice(start, ends[index]));
}

function beginsWithSteps(line: string): boolean {
  return /^\s{0,8}Steps: ?\d{1,9}\s{0,8}(,|$)/i.test(line);
}

/** Steps, and two more of the keys that every writer has. */
function isSure(line: string): boolean {
  return beginsWithSteps(line) && (line.match(commonKeys) ?? []).length >= enoughToBeSure - 1;
}

/** "Steps: 5, then wait" is a sentence: nothing behind its first comma is a key with a value. */
function isProse(line: string): boolean {
  const [, ...others] = readParameters(line);
  return others.length > 0 && others.every(({ key, value }) => key === value);
}

const enoughToBeSure = 3;
const enoughBehindAnother = 5;

function isMadeOfKnown(line: string, isKnown: IsKnown): boolean {
  if (isFooter(line)) return false;
  if (beginsKnown(line, isKnown)) return knownIn(line, isKnown) >= enoughToBeSure;
  return !isBehindText(line, isKnown) && knownIn(line, isKnown) >= enoughBehindAnother;
}

/** A key with words before it stands behind a prompt, and so does one behind a part without a key, or behind the negative prompt. */
function isBehindText(line: string, isKnown: IsKnown): boolean {
  if (line.includes(negativeLabel)) return true;
  if (/(^|, )[^:,]{1,400}\s(Steps|Sampler|Seed|Size|Model hash): ?\S/.test(line)) return true;
  const parts = readParameters(line);
  const first = parts.findIndex(({ key }) => isKnown(key));
  return parts.slice(0, first).some(({ key, value }) => key === value);
}

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
  for (let line = lines[first - 1]; line !== undefined; line = lines[first - 1]) {
    if (!/,\s{0,8}$/.test(line) || !beginsKnown(line, isKnown)) break;
    first -= 1;
  }
  return first;
}

function take(lines: readonly string[], first: number, last: number, isKnown: IsKnown): FoundParameters {
  const taken = lines.slice(first, last + 1);
  let end = last + 1;
  for (let count = goesOn(lines, end, isKnown); count > 0; count = goesOn(lines, end, isKnown)) {
    const more = lines.slice(end, end + count);
    const isNewKey = more
      .filter(isWritten)
      .slice(0, 1)
      .some((next) => beginsKnown(next, isKnown));
    const isOpen = taken.slice(-1).some((line) => /,\s{0,8}$/.test(line));
    taken.push(...(isNewKey && !isOpen ? [','] : []), ...more);
    end += count;
  }
  return { before: lines.slice(0, first), text: taken.join('\n'), after: lines.slice(end) };
}

/** How many lines a value with line breaks in it may have. */
const longestValue = 20;

/**
 * How many of the next lines go on with the parameters: up to one that has their keys, or that closes an open quote.
 * Behind an empty line the next one must begin with a key of theirs, and have another.
 */
function goesOn(lines: readonly string[], at: number, isKnown: IsKnown): number {
  const next = lines.slice(at, at + longestValue);
  if (isCutKey(lines[at - 1], next[0], isKnown)) return 1;
  const written = next.findIndex(isWritten);
  const isResumed = next
    .slice(written, written + 1)
    .some((line) => !isFooter(line) && beginsKnown(line, isKnown) && knownIn(line, isKnown) >= 2);
  if (written > 0 && isResumed) return written + 1;
  for (const [index, line] of next.entries()) {
    if (isFooter(line) || !isWritten(line)) break;
    if ((beginsKnown(line, isKnown) && !isProse(line)) || knownIn(line, isKnown) >= 2) return index + 1;
  }
  const isQuoteOpen = lines.slice(at - 1, at).some((line) => /: ?"[^"\n]{0,100000}$/.test(line));
  return isQuoteOpen ? next.findIndex((line) => /"\s{0,8}(,|$)/.test(line)) + 1 : 0;
}

/** A key of several words may be cut between them by whatever wraps lines at a width. */
function isCutKey(line = '', next = '', isKnown: IsKnown): boolean {
  const start = line.slice(line.lastIndexOf(',') + 1).trim();
  return start !== '' && !start.includes(':') && beginsKnown(`${start} ${next.trim()}`, isKnown);
}

/** A line of one sign, which parts texts or fences them in: "---". */
export function isRule(line: string): boolean {
  return /^\s{0,8}([-=_*~#`])\1{2,400}\s{0,8}$/.test(line);
}

function isWritten(line: string): boolean {
  return line.trim() !== '';
}

/** What user interfaces and extensions write behind the parameters, whatever keys they mention. */
function isFooter(line: string): boolean {
  return /^\s{0,8}(Template|Negative Template|Time taken|Torch active|Sys VRAM|A|Used embeddings|Upscale|Warning):/i.test(
    line,
  );
}

/** The keys that every writer has. */
const commonKeys =
  /\s(?:Steps|Sampler|Schedule type|CFG scale|Seed|Size|Model|Model hash|VAE|Clip skip|Denoising strength|Version): ?\S/g;

/** How many beginnings are tried. */
const mostBeginnings = 20;

/** The keys that every writer has, of which `Steps` may stand right behind the last word of a prompt. */
const keysWithin = new RegExp(`${commonKeys.source}|Steps: ?\\d{1,9},`, 'g');

/**
 * Finds the parameters behind a prompt on the same line, where at least two of three keys are known: line breaks were
 * lost, or became commas.
 */
function findWithin(lines: readonly string[], isKnown: IsKnown): FoundParameters | undefined {
  const last = lines.findLastIndex((line) => /Steps: ?\d{1,9}(,|$)/.test(line));
  const line = lines.slice(last).find(() => last >= 0) ?? '';
  const label = line.indexOf(negativeLabel);
  const beginnings = [...line.matchAll(keysWithin)]
    .map(({ index }) => index)
    .filter((index) => index > label)
    .slice(-mostBeginnings);
  const at = beginnings.find((index) => {
    const parameters = readParameters(line.slice(index));
    const known = parameters.filter(({ key, value }) => key !== value && isKnown(key)).length;
    return known >= enoughToBeSure && known * 3 >= parameters.length * 2;
  });
  if (at === undefined) return undefined;
  const found = take([line.slice(at), ...lines.slice(last + 1)], 0, 0, isKnown);
  return { ...found, before: [...lines.slice(0, last), line.slice(0, at).replace(/,\s{0,8}$/, '')] };
}
