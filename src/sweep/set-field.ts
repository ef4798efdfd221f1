import { isPlainObject, type JsonValue } from '../json.ts';
import type { AxisValue } from './axes.ts';

/** The fields of a run whose keys are the caller's: a number in a way through them is a key. Elsewhere it is a place in a list. */
const openFields = /^metadata$|backend_options$/;

/**
 * A run with one field set, whatever the run has so far: what the way leads through is made where it is missing. The run
 * itself stays as it is. undefined: the way leads through a value that has no fields, or past the end of a list.
 */
export function withField(run: object, field: string, value: JsonValue): object | undefined {
  return objectWith(run, field.split('.'), value);
}

/** A run with some fields set. One that cannot be set stays as it is. */
export function withFields(run: object, fields: AxisValue['fields']): object {
  return fields.reduce((before, [field, value]) => withField(before, field, value) ?? before, run);
}

function objectWith(
  before: unknown,
  keys: readonly string[],
  value: JsonValue,
  open = false,
): object | undefined {
  const [key = '', ...rest] = keys;
  if (!isPlainObject(before)) return undefined;
  const own = Object.hasOwn(before, key) ? before[key] : undefined;
  const inner = rest.length === 0 ? value : innerWith(own, rest, value, open || openFields.test(key));
  return inner === undefined ? undefined : { ...before, [key]: inner };
}

function innerWith(before: unknown, keys: readonly string[], value: JsonValue, open: boolean): unknown {
  const [key = '', ...rest] = keys;
  if (open || !/^\d+$/.test(key)) return objectWith(before ?? {}, keys, value, open);
  // One detector by itself is a list of one.
  const list: readonly unknown[] = Array.isArray(before) ? before : [before ?? {}];
  const index = Number(key);
  if (!(index in list)) return undefined;
  const item = rest.length === 0 ? value : objectWith(list[index], rest, value);
  return item === undefined ? undefined : list.with(index, item);
}
