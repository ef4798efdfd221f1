import type { JsonValue } from '../json.ts';
import type { Axis, AxisValue, SweepMode } from './axes.ts';

/** One value of each axis. */
export interface Combination {
  /** In the order of the axes. */
  readonly chosen: readonly AxisValue[];
  /** The values by the names of their axes. */
  readonly values: Readonly<Record<string, JsonValue>>;
}

/** How many combinations there are of axes with so many values each. */
export function countCombinations(mode: SweepMode, sizes: readonly number[]): number {
  return mode === 'grid' ? sizes.reduce((product, size) => product * size, 1) : Math.max(...sizes);
}

/** The combination of axes at a place, counted from 0. */
export function combinationAt(axes: readonly Axis[], mode: SweepMode, place: number): Combination {
  let left = place;
  // In a grid the last axis changes fastest.
  const chosen = axes.toReversed().map(({ values }) => {
    const at = left % values.length;
    if (mode === 'grid') left = Math.floor(left / values.length);
    return values.slice(at, at + 1);
  });
  const inOrder = chosen.reverse().flat();
  return { chosen: inOrder, values: Object.fromEntries(inOrder.map(({ name, value }) => [name, value])) };
}
