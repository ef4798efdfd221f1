import { closestMatch } from 'leven';
import { RunConfig, sections } from './run-config.ts';

const longestGuess = 64;

/**
 * The known key that an unknown one was probably meant to be: in the same object, or by its name in another section.
 *
 * `section` is the key that the object stands under, or "" for the RunConfig itself.
 */
export function suggestKey(section: string, unknown: string): string | undefined {
  if (unknown.length > longestGuess) return undefined;
  const siblings = keysOf(section);
  const prefixed = siblings.find((key) => unknown.length > 2 && key.startsWith(unknown));
  return prefixed ?? elsewhere(unknown) ?? closestTo(unknown, siblings);
}

/** The candidate that a word was probably meant to be, if few of its letters are off. */
export function closestTo(word: string, candidates: readonly string[]): string | undefined {
  return closestMatch(word.slice(0, longestGuess), candidates, { maxDistance: Math.ceil(word.length * 0.4) });
}

function keysOf(section: string): readonly string[] {
  return Object.keys((sections[section] ?? RunConfig).shape);
}

function elsewhere(unknown: string): string | undefined {
  const topLevel = Object.keys(RunConfig.shape);
  if (topLevel.includes(unknown)) return unknown;
  const section = topLevel.find((key) => Object.hasOwn(sections, key) && keysOf(key).includes(unknown));
  return section === undefined ? undefined : `${section}.${unknown}`;
}
