/** Says all of some things: "a, b, and c". */
export function sayAll(names: Iterable<string>): string {
  return listFormat('conjunction').format(names);
}

/** Says that it is one of some things: "a, b, or c". */
export function sayAny(names: Iterable<string>): string {
  return listFormat('disjunction').format(names);
}

type Kind = 'conjunction' | 'disjunction';

const made = new Map<Kind, Intl.ListFormat>();

/** The first list format loads the words of a language, which takes longer than a plan: most that import this say nothing. */
function listFormat(kind: Kind): Intl.ListFormat {
  const format = made.get(kind) ?? new Intl.ListFormat('en', { type: kind });
  made.set(kind, format);
  return format;
}
