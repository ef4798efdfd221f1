import { fieldNames, type NamePlace } from '../names/field-names.ts';
import { readLeftover } from './leftovers.ts';
import { normaliseValue } from './normalise-value.ts';
import type { Path } from './note.ts';
import { type Reading, remark } from './reading.ts';

/** Where the keys of an object lead: the aliases that they are looked up by, and the part of the RunConfig they fill. */
export interface Place {
  readonly aliases: NamePlace;
  readonly into: Path;
  /** Cut off a key before it is looked up: `img2img_steps` is `steps` of img2img. */
  readonly prefix?: string;
  /** The keys that the place takes. Default: all of its aliases. */
  readonly only?: RegExp;
  readonly weak?: boolean;
}

type Section = Readonly<Record<string, unknown>>;

/** Reads every key of an object: into fields by the first place that knows it, into a remark where none does. */
export function readKeys(
  places: readonly Place[],
  section: Section,
  path: Path,
  readElsewhere: readonly string[] = [],
): readonly Reading[] {
  const taken = new Set(readElsewhere);
  const readings = places.flatMap((place) =>
    keysOf(place)
      .filter(({ key }) => Object.hasOwn(section, key) && !taken.has(key))
      .flatMap(({ key, field }) => {
        taken.add(key);
        return readField([...place.into, field], section[key], [...path, key], place.weak ?? false);
      }),
  );
  const leftovers = Object.entries(section).filter(([key]) => !taken.has(key));
  return [...readings, ...leftovers.map(([key, value]) => readLeftover([...path, key], value))];
}

/** Reads one value into a field: normalised, with a remark on what was done to it. */
export function readField(field: Path, value: unknown, path: Path, weak = false): readonly Reading[] {
  const normal = normaliseValue(String(field.at(-1)), value);
  if (normal === undefined) return [remark(path, 'not_set', `says nothing: ${JSON.stringify(value)}`)];
  if ('lost' in normal) return [remark(path, 'dropped', normal.lost)];
  const reading: Reading = { kind: 'field', field, value: normal.value, path, weak };
  const remarks = normal.change === undefined ? [] : [remark(path, 'converted', normal.change)];
  if (normal.scheduler === undefined) return [reading, ...remarks];
  const beside = [...field.slice(0, -1), String(field.at(-1)).replace('sampler_name', 'scheduler')];
  return [reading, { kind: 'field', field: beside, value: normal.scheduler, path, weak: true }, ...remarks];
}

function keysOf({ aliases, prefix = '', only }: Place): readonly { key: string; field: string }[] {
  const names: Readonly<Record<string, readonly string[]>> = fieldNames[aliases];
  return Object.entries(names).flatMap(([field, known]) =>
    known
      .map((name) => ({ key: `${prefix}${name}`, field }))
      .filter(({ key }) => only === undefined || only.test(key)),
  );
}
