import { closestMatch } from 'leven';

/** The longest text that is compared. */
export const longestGuess = 64;

/** The candidate that a text was probably meant to be, if few of its letters are off. */
export function closestTo(text: string, candidates: readonly string[]): string | undefined {
  return closestMatch(text.slice(0, longestGuess), candidates, {
    maxDistance: Math.ceil(text.length * 0.25),
  });
}
