import { renderPlace } from './text-place.ts';
import { visible } from './visible.ts';

/** What may stand next in JSON. Behind the comma of a list a value must follow; behind its bracket its end may. */
export type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma' | 'nothing';

/** The bracket that closes another. */
export function closerOf(opener: string): string {
  return opener === '{' ? '}' : ']';
}

/** The most of a word that a sentence shows. */
export const longestWord = 40;

/** What is wrong with a control character inside a text. */
export function sayControl(sign: string): string {
  return controlWords[sign] ?? `a text holds ${visible(sign)}: write it as that`;
}

const controlWords: Readonly<Record<string, string>> = {
  '\n': 'a line ends inside a text: close it with ", or write \\n for the line break',
  '\r': 'a line ends inside a text: close it with ", or write \\n for the line break',
  '\t': 'a text holds a tab: write \\t for it',
};

/** What is wrong with a backslash and what stands behind it. */
export function sayEscape(pair: string): string {
  if (pair === '\\u') return 'behind \\u stand four digits from 0 to 9 and a to f';
  return `${visible(pair)} means nothing in a text: write \\\\ for a backslash`;
}

const otherWords: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  none: 'null',
  nil: 'null',
  undefined: 'null',
  nan: 'null',
  infinity: 'null',
  yes: 'true',
  no: 'false',
  on: 'true',
  off: 'false',
};

/** What is wrong with a word that is no value. */
export function sayWord(word: string): string {
  const small = word.toLowerCase();
  if (Object.hasOwn(otherWords, small)) return `${word} is no value of JSON: write ${otherWords[small]}`;
  if (/^-?0[0-9]/.test(word)) return `${word} begins with a 0: write the number without it`;
  if (/^[-+]?[.0-9]|^[-+]$/.test(word))
    return `${word} is no number of JSON: write digits, a point between digits, an exponent like e-5`;
  return `${word} is no value of JSON: a text stands in double quotes`;
}

/** What is wrong where something else should stand. `opener`: the innermost bracket that is open. */
export function sayUnexpected(text: string, at: number, next: Expected, opener: number | undefined): string {
  const brackets = opener === undefined ? undefined : bracketsAt(text, opener);
  const sign = text.charAt(at);
  if (sign === '') return sayEnd(brackets);
  return sayForeign(text, at) ?? sayMisplaced(sign, next, brackets) ?? sayMissing(text, at, next);
}

interface Brackets {
  readonly closer: string;
  readonly said: string;
}

function bracketsAt(text: string, at: number): Brackets {
  const opener = text.charAt(at);
  return { closer: closerOf(opener), said: `the ${opener} in ${renderPlace(text, at)}` };
}

function sayEnd(brackets: Brackets | undefined): string {
  if (brackets === undefined) return 'it ends before a value';
  return `it ends before ${brackets.said} is closed: part of it is missing, or a ${brackets.closer}`;
}

/** What other languages have and JSON has not. */
function sayForeign(text: string, at: number): string | undefined {
  const ahead = text.slice(at, at + 7);
  if (/^(?:\/\/|\/\*|#|<!--)/.test(ahead)) return 'comments are not allowed in JSON: take it out';
  if (/^['`]/.test(ahead)) return `a text stands in double quotes, not in ${ahead.charAt(0)}`;
  if (/^[\u2018-\u201f\u00ab\u00bb]/.test(ahead))
    return `a text stands in straight double quotes, not in ${ahead.charAt(0)}`;
  if (/^(?:<{7}|={7}|>{7})/.test(ahead)) return 'it holds a conflict marker of git: settle the merge first';
  return undefined;
}

function sayMisplaced(sign: string, next: Expected, brackets: Brackets | undefined): string | undefined {
  if (next === 'nothing') return 'something stands behind the end of the JSON: it is one value, and no more';
  const closes = sign === '}' || sign === ']';
  if (closes && brackets === undefined) return `${sign} closes nothing: the bracket before it is missing`;
  if (closes && brackets?.closer !== sign)
    return `${sign} does not close ${brackets?.said}: write ${brackets?.closer}`;
  if (closes && (next === 'key' || brackets?.closer === ']'))
    return `a comma stands before the ${sign}: take the comma out`;
  if (sign === ',' && next !== 'colon') return 'a comma stands here with nothing before it: take it out';
  return undefined;
}

const missingWords: Readonly<Record<string, string>> = {
  value: 'a value is missing',
  'value or end': 'a value is missing',
  key: 'a key is missing',
  'key or end': 'a key is missing',
  colon: 'a colon is missing behind the key,',
  comma: 'a comma is missing',
};

function sayMissing(text: string, at: number, next: Expected): string {
  const found = wordAt(text, at);
  if (next.startsWith('key') && /^[\w$]/.test(found))
    return `the key ${found} stands in double quotes: write "${found}"`;
  return `${missingWords[next]} before ${found}`;
}

/** The word or sign that stands somewhere, cut where it is long. */
function wordAt(text: string, at: number): string {
  const ahead = text.slice(at, at + longestWord);
  return visible(ahead.replace(/^([\w$.-]+|.).*$/su, '$1'));
}
