import type { z } from 'zod';
import { closestTo } from '../closest.ts';
import { isPlainObject } from '../json.ts';
import { isPlace } from './pick-fields.ts';

/** A JSON Schema, as zod makes it. */
export type Schema = z.core.JSONSchema.JSONSchema | z.core.JSONSchema._JSONSchema;

/** What is wrong with the fields that are asked of documents of a schema: a sentence for each that no document has. */
export function fieldProblems(fields: readonly string[], schema: Schema): readonly string[] {
  return fields.flatMap((field) => {
    let before: readonly Schema[] = [schema];
    const keys = field.split('.');
    for (const [index, key] of keys.entries()) {
      const inner = before.flatMap((each) => within(each, key));
      if (inner.length === 0) return [sayUnknown(field, keys.slice(0, index), key, before, schema)];
      before = inner;
    }
    return [];
  });
}

function sayUnknown(
  field: string,
  before: readonly string[],
  key: string,
  siblings: readonly Schema[],
  schema: Schema,
): string {
  const close = closestTo(key, [...new Set(siblings.flatMap(keysOf))]);
  const meant = close === undefined ? wayTo(schema, key) : [...before, close].join('.');
  return `${field} is no field of what is printed${meant === undefined ? '' : `: did you mean ${meant}?`}`;
}

/** The parts of a schema that hold for one and the same value. */
function parts(schema: Schema): readonly Exclude<Schema, boolean>[] {
  if (typeof schema === 'boolean') return [];
  const { anyOf = [], oneOf = [], allOf = [] } = schema;
  return [schema, ...[...anyOf, ...oneOf, ...allOf].flatMap(parts)];
}

/** The schemas of a field of a value, or of a field of each item of a list. None: it has no such field. */
function within(schema: Schema, key: string): readonly Schema[] {
  return parts(schema).flatMap((part): readonly Schema[] => {
    const { properties, items } = part;
    if (items !== undefined && !Array.isArray(items)) return isPlace(key) ? [items] : within(items, key);
    if (properties !== undefined)
      return Object.entries(properties).flatMap(([name, inner]) => (name === key ? [inner] : []));
    return isOpen(part) ? [{}] : [];
  });
}

/** Whether a value may have fields that the schema does not name. */
function isOpen({ type, anyOf, oneOf, allOf }: Exclude<Schema, boolean>): boolean {
  return (type === undefined || type === 'object') && (anyOf ?? oneOf ?? allOf) === undefined;
}

function keysOf(schema: Schema): readonly string[] {
  return parts(schema).flatMap(({ properties, items }) => [
    ...Object.keys(properties ?? {}),
    ...(items === undefined || Array.isArray(items) ? [] : keysOf(items)),
  ]);
}

/** The shortest way to a key that stands deeper inside. */
function wayTo(schema: Schema, key: string): string | undefined {
  let level: readonly (readonly [way: string, inner: Schema])[] = [['', schema]];
  while (level.length > 0) {
    const next = level.flatMap(([way, each]) =>
      [...new Set(keysOf(each))].flatMap((name) => {
        const full = way === '' ? name : `${way}.${name}`;
        return within(each, name).map((inner) => [full, inner] as const);
      }),
    );
    const found = next.find(([way]) => way.endsWith(`.${key}`));
    if (found !== undefined) return found[0];
    level = next;
  }
  return undefined;
}

/** A schema that names the fields of a document and says nothing of what is in them. */
export function schemaLike(document: unknown): Schema {
  if (Array.isArray(document)) return { items: schemaLike(document[0]) };
  return isPlainObject(document)
    ? { properties: Object.fromEntries(Object.keys(document).map((key) => [key, {}])) }
    : {};
}
