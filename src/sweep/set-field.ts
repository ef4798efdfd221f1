import { isPlainObject, type JsonValue } from '../json.ts';

/** The fields of a run whose keys are the caller's: a number in a way through them is a key. Elsewhere it is a place in a list. */
const openFields = /^metadata$|backend_options$/;

/**
 * A run with one field set, whatever the run has so far: what the way leads through is made where it is missing. The run
 * itself stays as it is. undefined: the way leads through a value that has no fields, or past the end of a list.
 */
export function withField(run: object, field: string, value: JsonValue): object | undefined {
  return objectWith(run, field.split('.'), value);
}

function valueWith(before: unknown, [key, ...rest]: readonly string[], value: JsonValue, open: boolean): unknown {
  if (key === undefined) return value;
  const index = open ? Number.NaN : Number(key);
  if (Number.isInteger(index)) {
    // One detector by itself is a list of one.
    const list = Array.isArray(before) ? before : [before ?? {}];
    if (!(index in list)) return undefined;
    const item = valueWith(list[index], rest, value, open);
    return item === undefined ? undefined : list.with(index, item);
  }
  return objectWith(before ?? {}, [key, ...rest], value, open);
}

function objectWith(before: unknown, keys: readonly string[], value: JsonValue, open = false): object | undefined {
  const [key = '', ...rest] = keys;
  if (!isPlainObject(before)) return undefined;
  const own = Object.hasOwn(before, key) ? before[key] : undefined;
  const inner = valueWith(own, rest, value, open || openFields.test(key));
  if (inner === undefined) return undefined;
  return Object.fromEntries([...Object.entries(before).filter(([other]) => other !== key), [key, inner]]);
}
