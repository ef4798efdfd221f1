import { closestTo, longestGuess } from '../closest.ts';
import { fieldNames, typedNames } from '../names/field-names.ts';
import { nameKey } from '../names/name-key.ts';

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
  const spelled = siblings.find((key) => nameKey(key) === nameKey(unknown));
  const named = otherNames[section]?.get(nameKey(unknown));
  const prefixed = siblings.find((key) => unknown.length > 2 && key.startsWith(unknown));
  const elsewhere = Object.entries(known).find(([, keys]) => keys.includes(unknown))?.[0];
  if (spelled !== undefined) return spelled;
  if (named !== undefined && siblings.includes(named)) return named;
  if (prefixed !== undefined) return prefixed;
  if (elsewhere !== undefined) return elsewhere === '' ? unknown : `${elsewhere}.${unknown}`;
  return closestTo(unknown, siblings);
}

type Names = Readonly<Record<string, readonly string[]>>;

/** A WebUI's request says these of hires fix or of img2img, and only the rest of it tells which. */
const ofTwoStages = new Set(['denoisingstrength', 'denoisestrength']);

/** The fields of each section by the keys of their other names. */
const otherNames: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  '': byName([fieldNames.run, typedNames], ofTwoStages),
  img2img: byName([fieldNames.img2img]),
  upscale: byName([fieldNames.upscale]),
  adetailer: byName([fieldNames.detector]),
};

function byName(tables: readonly Names[], without = new Set<string>()): ReadonlyMap<string, string> {
  const pairs = tables.flatMap((table) =>
    Object.entries(table).flatMap(([field, names]) => names.map((name) => [nameKey(name), field] as const)),
  );
  return new Map(pairs.filter(([key]) => !without.has(key)));
}
