import { closestMatch } from 'leven';

/** The longest text that is compared. */
export const longestGuess = 64;

/** The shortest beginning by which a candidate is known. */
const shortestBeginning = 4;

/** The candidate that a text was probably meant to be: it begins it, has its letters in another order, or few of them off. */
export function closestTo(text: string, candidates: readonly string[]): string | undefined {
  const guess = text.slice(0, longestGuess);
  const begun = candidates.filter((candidate) => candidate.startsWith(guess));
  if (guess.length >= shortestBeginning && begun.length === 1) return begun[0];
  const swapped = candidates.find((candidate) => lettersOf(candidate) === lettersOf(guess));
  const maxDistance = Math.max(1, Math.floor(guess.length * 0.25));
  return swapped ?? closestMatch(guess, candidates, { maxDistance });
}

function lettersOf(text: string): string {
  return [...text].sort().join('');
}
