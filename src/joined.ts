import { once } from './once.ts';

/** Joins words as English does: "a", "a and b", "a, b, and c". */
export const allOf = joiner('conjunction');

/** Joins words as English does: "a", "a or b", "a, b, or c". */
export const anyOf = joiner('disjunction');

// The first format loads a language, which takes as long as many imports: most runs join no words.
function joiner(type: Intl.ListFormatType): (words: Iterable<string>) => string {
  const format = once(() => new Intl.ListFormat('en', { type }));
  return (words) => format().format(words);
}
