import type { RefinerPass } from '../config/refiner-settings.ts';

const words: Readonly<Record<RefinerPass, string>> = {
  first: 'the first pass',
  second: 'the hires pass',
  both: 'both passes',
};

/** Says in which pass of a generation the refiner works. */
export function sayRefinerPass(pass: RefinerPass): string {
  return words[pass];
}
