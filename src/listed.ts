/** The most problems that an error, a verdict or an explanation lists. A hostile input may have millions. */
export const mostListed = 50;

/** The first of many problems, and how many more there are. */
export interface Listed<Problem> {
  readonly first: readonly Problem[];
  readonly more: number;
}

/** Lists the first of some problems. `uncounted`: those that were not even made. */
export function listFirst<Problem>(problems: readonly Problem[], uncounted = 0): Listed<Problem> {
  const first = problems.slice(0, mostListed);
  return { first, more: problems.length - first.length + uncounted };
}

/** A last line about the problems that are not listed, if there are any. */
export function moreLines(more: number): readonly string[] {
  return more === 0 ? [] : [`and ${more} more`];
}

/** A heading, with a line below it for each problem that is listed, and one for the others. */
export function sayListed(heading: string, { first, more }: Listed<{ readonly message: string }>): string {
  const reasons = [...first.map(({ message }) => message), ...moreLines(more)];
  return [heading, ...reasons.map((reason) => `- ${reason}`)].join('\n');
}
