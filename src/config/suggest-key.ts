import leven from 'leven';
import { longestGuess } from '../closest.ts';
import {
  detectorNames,
  img2imgNames,
  type Names,
  redrawNames,
  runNames,
  typedNames,
  upscaleNames,
} from '../names/field-names.ts';
import { nameKey } from '../names/name-key.ts';

/** The keys of a RunConfig under "", and those of each object inside it under its path: `upscale.redraw`. */
export type KnownKeys = Readonly<Record<string, readonly string[]>>;

/**
 * The known key that an unknown one was probably meant to be, or undefined: none is better than a wrong one.
 *
 * It is another spelling or another name of it, all but its end, or a slip of the finger; that of another section only
 * where one of the two is the top. `section` is a path of `known`; `like` is the one whose names are typed there.
 */
export function suggestKey(
  known: KnownKeys,
  section: string,
  unknown: string,
  like: string = section,
): string | undefined {
  if (unknown.length > longestGuess) return undefined;
  const siblings = known[section] ?? [];
  const key = nameKey(unknown);
  return (
    siblings.find((sibling) => nameKey(sibling) === key) ??
    namedKey(known, section, key, like) ??
    switchKey(siblings, key) ??
    samePath(known, section, key) ??
    elsewhere(known, section, unknown) ??
    only(siblings.filter((sibling) => isBegun(sibling, unknown))) ??
    only(siblings.filter((sibling) => isSlip(words(sibling), words(unknown))))
  );
}

/** The fields of each section by the keys of their other names. */
const otherNames: Readonly<Record<string, ReadonlyMap<string, string>>> = Object.fromEntries(
  Object.entries(typedNames).map(([section, names]) => [section, byName([...written(section), names])]),
);

/** The names that programs write for the fields of a section. */
function written(section: string): readonly Names[] {
  const ofSection: Readonly<Record<string, Names>> = {
    '': runNames,
    img2img: img2imgNames,
    upscale: upscaleNames,
    'upscale.redraw': redrawNames,
    adetailer: detectorNames,
  };
  const names = ofSection[section] ?? {};
  return section === '' ? [flatDetectorNames(), names] : [names];
}

/** The names of a detector's settings that no other section has, as they stand beside the prompt in a flat file. */
function flatDetectorNames(): Names {
  return Object.fromEntries(
    Object.entries(detectorNames).map(([field, names]: readonly [string, readonly string[]]) => [
      `adetailer.${field}`,
      names.filter((name) => /^(?:ad|adetailer)_/.test(name)),
    ]),
  );
}

/** Of two fields that have one name the one of the later table. */
function byName(tables: readonly Names[]): ReadonlyMap<string, string> {
  return new Map(
    tables.flatMap((table) =>
      Object.entries(table).flatMap(([field, names]) => names.map((name) => [nameKey(name), field] as const)),
    ),
  );
}

/** The field of a table, if the run has it: beside the unknown key, or by its path. */
function namedKey(known: KnownKeys, section: string, key: string, like: string): string | undefined {
  const named = otherNames[like]?.get(key);
  if (named === undefined || known[section]?.includes(named) === true) return named;
  const path = section === '' ? named : named.replace(like, section);
  return hasPath(known, path) ? path : undefined;
}

function hasPath(known: KnownKeys, path: string): boolean {
  const dot = path.lastIndexOf('.');
  return dot !== -1 && known[path.slice(0, dot)]?.includes(path.slice(dot + 1)) === true;
}

/** `use_hires`, `enable_img2img`, `upscaleOn`: the switch of what is named. */
function switchKey(siblings: readonly string[], key: string): string | undefined {
  const bare = key.replace(/^(?:use|enable|do)|(?:enable|on)$/g, '');
  return bare === key ? undefined : siblings.find((sibling) => nameKey(sibling) === `${bare}enabled`);
}

/** A key whose path is that of a known one but for where its dots are: `adetailer.enabled`, `img2img_mask`. */
function samePath(known: KnownKeys, section: string, key: string): string | undefined {
  const whole = nameKey(section).replaceAll('.', '') + key.replaceAll('.', '');
  const paths = Object.entries(known).flatMap(([outer, names]) =>
    names.map((name) => (outer === '' ? name : `${outer}.${name}`)),
  );
  return paths.find((path) => nameKey(path).replaceAll('.', '') === whole);
}

/** A key that one object of a run has and no other: one of a section typed at the top, or one of the top in a section. */
function elsewhere(known: KnownKeys, section: string, unknown: string): string | undefined {
  const name = only(Object.keys(known).filter((each) => known[each]?.includes(unknown)));
  if (name === undefined || (section !== '' && name !== '')) return undefined;
  return name === '' ? unknown : `${name}.${unknown}`;
}

/** The one entry of a list that has no other. */
function only(keys: readonly string[]): string | undefined {
  return keys.length === 1 ? keys[0] : undefined;
}

/** Whether a key lacks the end of its last word. */
function isBegun(sibling: string, unknown: string): boolean {
  const end = sibling.slice(unknown.length);
  return unknown.length > shortestWord && sibling.startsWith(unknown) && !end.includes('_');
}

const shortestWord = 2;

function words(key: string): readonly string[] {
  return key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[\s_-]+/);
}

/** Whether one of the words has a letter too many, too few or wrong, or two letters in each other's place. */
function isSlip(meant: readonly string[], typed: readonly string[]): boolean {
  if (meant.length !== typed.length) return false;
  const wrong = meant.flatMap((word, index) => {
    const other = String(typed[index]);
    return word === other ? [] : [[word, other] as const];
  });
  return wrong.length === 1 && wrong.every(([word, other]) => isSlipOf(word, other));
}

function isSlipOf(word: string, other: string): boolean {
  const digits = (text: string) => text.replace(/\D/g, '');
  if (word.length <= shortestWord || digits(word) !== digits(other)) return false;
  return leven(word, other) === 1 || lettersOf(word) === lettersOf(other);
}

function lettersOf(text: string): string {
  return [...text].sort().join('');
}
