import {
  closerOf,
  type Expected,
  longestWord,
  sayControl,
  sayEscape,
  sayUnexpected,
  sayWord,
} from './json-fault-words.ts';

/** The first place where a text is no JSON. */
export interface JsonFault {
  /** What is wrong there and what to write instead, in words that need no knowledge of parsers. */
  readonly message: string;
  /** Where it stands, in characters from the beginning. The length of the text: it ends too early. */
  readonly at: number;
}

/**
 * Finds the first place where a text that `JSON.parse` refuses is no JSON: RFC 8259.
 *
 * It walks over the text once and builds no values: it grows with the length, and holds one number for each open bracket.
 */
export function jsonFault(text: string): JsonFault {
  const open: number[] = [];
  let next: Expected = 'value';
  let at = skipSpace(text, 0);
  while (next !== 'nothing' || at < text.length) {
    const sign = text.charAt(at);
    const opener = text.charAt(open.at(-1) ?? text.length);
    if (isClosing(next, sign, opener)) {
      open.pop();
      at += 1;
      next = behindValue(open);
    } else if (next === 'value' || next === 'value or end') {
      if (sign === '{' || sign === '[') {
        open.push(at);
        at += 1;
        next = sign === '{' ? 'key or end' : 'value or end';
      } else {
        const scalar = sign === '"' ? readString(text, at) : readWord(text, at);
        if (typeof scalar !== 'number')
          return scalar ?? { at, message: sayUnexpected(text, at, next, open.at(-1)) };
        at = scalar;
        next = behindValue(open);
      }
    } else if ((next === 'key' || next === 'key or end') && sign === '"') {
      const end = readString(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      next = 'colon';
    } else if (next === 'colon' && sign === ':') {
      at += 1;
      next = 'value';
    } else if (next === 'comma' && sign === ',') {
      at += 1;
      next = opener === '{' ? 'key' : 'value';
    } else return { at, message: sayUnexpected(text, at, next, open.at(-1)) };
    at = skipSpace(text, at);
  }
  return { at: 0, message: 'it is more than can be read' };
}

function behindValue(open: readonly number[]): Expected {
  return open.length > 0 ? 'comma' : 'nothing';
}

function isClosing(next: Expected, sign: string, opener: string): boolean {
  return (next === 'comma' || next.endsWith('or end')) && sign === closerOf(opener);
}

function skipSpace(text: string, at: number): number {
  return endOf(/[ \t\n\r]*/y, text, at);
}

/** Where what a sticky pattern takes ends: a star over one set of characters goes over any length. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Behind a string, or what is wrong in it. */
function readString(text: string, start: number): number | JsonFault {
  let at = start + 1;
  for (;;) {
    at = endOf(/[^"\\\p{Cc}]*/uy, text, at);
    const sign = text.charAt(at);
    if (sign === '"') return at + 1;
    if (sign === '') return endInside(text, 'text');
    if (sign === '\\') {
      const end = endOf(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y, text, at);
      if (end === at && endsEarly(/\\u?[0-9a-fA-F]{0,3}/y, text, at)) return endInside(text, 'text');
      if (end === at) return { at, message: sayEscape(text.slice(at, at + 2)) };
      at = end;
    } else if (sign < ' ') {
      return { at, message: sayControl(sign) };
    } else at += 1;
  }
}

/** Behind a number, true, false or null, or what is wrong with it. undefined: there is none. */
function readWord(text: string, at: number): number | JsonFault | undefined {
  const end = endOf(/[\w.+-]+/uy, text, at);
  if (end === at) return undefined;
  const word = text.slice(at, Math.min(end, at + longestWord));
  if (/^(?:true|false|null)$/.test(word)) return end;
  if (isNumber(text, at, end)) return end;
  if (
    endsEarly(
      /t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|-(?![0-9])|-?(?:0|[1-9][0-9]*)(?:(?:\.[0-9]+)?[eE][+-]?|\.)/y,
      text,
      at,
    )
  )
    return endInside(text, 'value');
  return { at, message: sayWord(word) };
}

/** Goes over the digits by stars alone, however many there are. */
function isNumber(text: string, start: number, end: number): boolean {
  let at = endOf(/-?(?:0|[1-9][0-9]*)/y, text, start);
  if (at === start) return false;
  at = endOf(/\.[0-9]+/y, text, at);
  return endOf(/[eE][+-]?[0-9]+/y, text, at) === end;
}

/** Whether a pattern of beginnings takes all that is left. */
function endsEarly(beginnings: RegExp, text: string, at: number): boolean {
  return endOf(beginnings, text, at) === text.length;
}

function endInside(text: string, what: 'text' | 'value'): JsonFault {
  return { at: text.length, message: `it ends inside a ${what}: part of it is missing` };
}
