import type { SweepMode } from './axes.ts';

/** How many combinations there are of axes with so many values each. */
export function countCombinations(mode: SweepMode, sizes: readonly number[]): number {
  if (mode === 'grid') return sizes.reduce((product, size) => product * size, 1);
  return Math.max(1, ...sizes);
}

/** The places of the values in a combination, counted from 0: one for each axis. */
export function placesIn(mode: SweepMode, sizes: readonly number[], combination: number): readonly number[] {
  if (mode !== 'grid') return sizes.map((size) => combination % size);
  let left = combination;
  const places = sizes.toReversed().map((size) => {
    const place = left % size;
    left = Math.floor(left / size);
    return place;
  });
  return places.reverse();
}
