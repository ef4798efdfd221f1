import { closestTo, longestGuess } from '../closest.ts';

/**
 * The known key that an unknown one was probably meant to be: in the same object, or by its name in another section.
 *
 * `known` has the keys of the RunConfig under "" and those of its sections under their names; `section` is one of these.
 */
export function suggestKey(
  known: Readonly<Record<string, readonly string[]>>,
  section: string,
  unknown: string,
): string | undefined {
  if (unknown.length > longestGuess) return undefined;
  const siblings = Object.entries(known).flatMap(([name, keys]) => (name === section ? keys : []));
  const prefixed = siblings.find((key) => unknown.length > 2 && key.startsWith(unknown));
  const elsewhere = Object.entries(known).find(([, keys]) => keys.includes(unknown))?.[0];
  if (prefixed !== undefined) return prefixed;
  if (elsewhere !== undefined) return elsewhere === '' ? unknown : `${elsewhere}.${unknown}`;
  return closestTo(unknown, siblings);
}
