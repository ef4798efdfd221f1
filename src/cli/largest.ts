/** The largest of some numbers, or 0 where there are none. They may be more than a call takes arguments. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, each) => Math.max(most, each), 0);
}
