import type { JsonObject, JsonValue } from '../../src/index.ts';
import { isPlainObject } from '../../src/json.ts';

/** The value at a path of a config. A list on the way stands for its first entry. */
export function valueAt(config: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    const holder = Array.isArray(value) ? value[0] : value;
    return isPlainObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
  }, config);
}

/** A copy of a config with another value at a path. `undefined` takes the key away, and an object that is empty then. */
export function withValue(
  config: JsonObject,
  [key, ...inner]: readonly string[],
  value: JsonValue | undefined,
): JsonObject {
  if (key === undefined) return config;
  const { [key]: present, ...others } = config;
  const next = inner.length === 0 ? value : withInner(present, inner, value);
  const emptied = value === undefined && isObject(next) && Object.keys(next).length === 0;
  return next === undefined || emptied ? others : { ...config, [key]: next };
}

function withInner(
  present: JsonValue | undefined,
  path: readonly string[],
  value: JsonValue | undefined,
): JsonValue {
  if (isList(present)) {
    const [first, ...others] = present;
    return [withInner(first, path, value), ...others];
  }
  return withValue(isObject(present) ? present : {}, path, value);
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return isPlainObject(value);
}
