import type { JsonObject, JsonValue } from '../../src/index.ts';
import { isPlainObject } from '../../src/json.ts';
import type { Path } from '../../src/path.ts';

/** The value at a path of a config. Where a list may be left out for its one entry, index 0 is that entry. */
export function valueAt(config: JsonObject, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    if (key === 0) return value;
    return isPlainObject(value) && Object.hasOwn(value, String(key)) ? value[key] : undefined;
  }, config);
}

/** A copy of a config with another value at a path. `undefined` takes the key away, and an object that is empty then. */
export function withValue(
  config: JsonObject,
  [key, ...inner]: Path,
  value: JsonValue | undefined,
): JsonObject {
  if (key === undefined) return config;
  const { [key]: present, ...others } = config;
  const next = inner.length === 0 ? value : withInner(present, inner, value);
  const emptied = value === undefined && isObject(next) && Object.keys(next).length === 0;
  return next === undefined || emptied ? others : { ...config, [key]: next };
}

function withInner(present: JsonValue | undefined, path: Path, value: JsonValue | undefined): JsonValue {
  const [key, ...inner] = path;
  if (isList(present)) return present.map((item, at) => (at === key ? withInner(item, inner, value) : item));
  return withValue(isObject(present) ? present : {}, key === 0 ? inner : path, value);
}

/** The entries of a list of objects, which may be left out or stand for its one entry by that. */
export function entriesAt(config: JsonObject, key: string): readonly JsonValue[] {
  const value = config[key];
  if (isList(value)) return value;
  return isObject(value) ? [value] : [{}];
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return isPlainObject(value);
}
