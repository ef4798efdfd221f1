import { closestTo, longestGuess } from '../closest.ts';
import { fieldNames, typedDetectorNames, typedNames } from '../names/field-names.ts';
import { nameKey } from '../names/name-key.ts';

/**
 * The known key that an unknown one was probably meant to be: in the same section, or with its path in another.
 *
 * `known` has the keys of the RunConfig under "" and those of its sections under their paths; `section` is one of these.
 * Another section is one inside this one or around it: any other is about another stage.
 */
export function suggestKey(
  known: Readonly<Record<string, readonly string[]>>,
  section: string,
  unknown: string,
): string | undefined {
  if (unknown.length > longestGuess) return undefined;
  const siblings = Object.entries(known).flatMap(([name, keys]) => (name === section ? keys : []));
  const spelled = siblings.find((key) => nameKey(key) === nameKey(unknown));
  const named = otherNames[section]?.get(nameKey(unknown)) ?? otherNames['']?.get(nameKey(unknown));
  const prefixed = siblings.find((key) => unknown.length > 2 && key.startsWith(unknown));
  if (spelled !== undefined) return spelled;
  if (named !== undefined && siblings.includes(named)) return named;
  return (
    respelled(known, section, unknown) ??
    prefixed ??
    elsewhere(known, section, named ?? unknown) ??
    closestTo(unknown, siblings)
  );
}

/** The path that is this one but for its dots: adetailer_enabled for adetailer.enabled, img2img.mask for img2img_mask. */
function respelled(known: Readonly<Record<string, readonly string[]>>, section: string, unknown: string) {
  const paths = Object.entries(known).flatMap(([name, keys]) => keys.map((key) => within(name, key)));
  const spelling = nameKey(within(section, unknown).replaceAll('.', '_'));
  return paths.find((path) => nameKey(path.replaceAll('.', '_')) === spelling);
}

function elsewhere(known: Readonly<Record<string, readonly string[]>>, section: string, key: string) {
  const having = Object.keys(known).filter((name) => known[name]?.includes(key));
  const place =
    having.find((name) => isInside(name, section)) ?? having.find((name) => isInside(section, name));
  return place === undefined ? undefined : within(place, key);
}

function isInside(inner: string, outer: string): boolean {
  return inner.startsWith(outer === '' ? outer : `${outer}.`);
}

function within(section: string, key: string): string {
  return section === '' ? key : `${section}.${key}`;
}

type Names = Readonly<Record<string, readonly string[]>>;

/** A WebUI's request says these of hires fix or of img2img, and only the rest of it tells which. */
const ofTwoStages = new Set(['denoisingstrength', 'denoisestrength']);

/** The fields of each section by the keys of their other names. */
const otherNames: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  '': byName([fieldNames.run, typedNames], ofTwoStages),
  img2img: byName([fieldNames.img2img]),
  upscale: byName([fieldNames.upscale]),
  'upscale.redraw': byName([fieldNames.img2img]),
  adetailer: byName([fieldNames.detector, typedDetectorNames]),
};

function byName(tables: readonly Names[], without = new Set<string>()): ReadonlyMap<string, string> {
  const pairs = tables.flatMap((table) =>
    Object.entries(table).flatMap(([field, names]) => names.map((name) => [nameKey(name), field] as const)),
  );
  return new Map(pairs.filter(([key]) => !without.has(key)));
}
