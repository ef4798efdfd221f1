import { closestMatch } from 'leven';
import { RunConfig, sections } from './run-config.ts';

const longestGuess = 64;

/** The known key that an unknown one was probably meant to be: in the same object, or by name in another section. */
export function suggestKey(section: string | undefined, unknown: string): string | undefined {
  if (unknown.length > longestGuess) return undefined;
  const siblings = keysOf(section);
  const prefixed = siblings.find((key) => unknown.length > 2 && key.startsWith(unknown));
  return prefixed ?? sectionKey(unknown) ?? closestTo(unknown, siblings);
}

/** The candidate that a word was probably meant to be, if few of its letters are off. */
export function closestTo(word: string, candidates: readonly string[]): string | undefined {
  return closestMatch(word.slice(0, longestGuess), candidates, { maxDistance: Math.ceil(word.length * 0.4) });
}

function keysOf(section: string | undefined): readonly string[] {
  const schema = section === undefined ? RunConfig : sections[section];
  return Object.keys(schema?.shape ?? {});
}

function sectionKey(unknown: string): string | undefined {
  if (Object.hasOwn(RunConfig.shape, unknown)) return unknown;
  const section = Object.keys(RunConfig.shape).find(
    (key) => Object.hasOwn(sections, key) && keysOf(key).includes(unknown),
  );
  return section === undefined ? undefined : `${section}.${unknown}`;
}
