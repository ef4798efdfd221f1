import * as z from 'zod';

/** A value with one leaf of it changed to another that its schema takes. */
export interface LeafChange {
  /** The leaf: `.stages[0].stage_config.steps`. Of a list that is longer or shorter: where an item came or went. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * Every leaf of a value changed, one after the other: to other values that the schema takes, from null to a value and
 * back, from one branch of a union to another; lists get one item more and one less.
 */
export function* leafChanges(schema: z.ZodType, value: unknown): Generator<LeafChange> {
  if (schema instanceof z.ZodObject) yield* objectChanges(schema, Object(value));
  else if (schema instanceof z.ZodArray) yield* listChanges(schema, Array.from(Object(value)));
  else if (schema instanceof z.ZodUnion) yield* unionChanges(schema, value);
  else if (schema instanceof z.ZodNullable) yield* maybeChanges(inner(schema.unwrap()), value, null);
  else if (schema instanceof z.ZodOptional) yield* maybeChanges(inner(schema.unwrap()), value, undefined);
  else if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    yield* leafChanges(inner(schema.unwrap()), value);
  else if (schema instanceof z.ZodPipe) yield* leafChanges(inner(schema.in), value);
  else if (schema instanceof z.ZodCustom || schema instanceof z.ZodRecord) yield* jsonChanges(value);
  else
    for (const other of othersThan(schema, value))
      if (other !== value && schema.safeParse(other).success) yield { path: '', value: other };
}

/** Zod's own schemas are typed as the smaller ones of its core. */
function inner(schema: z.core.$ZodType): z.ZodType {
  return schema as z.ZodType;
}

function* objectChanges(
  { shape }: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
): Generator<LeafChange> {
  for (const [key, field] of Object.entries(shape))
    for (const change of leafChanges(inner(field), value[key]))
      yield { path: `.${key}${change.path}`, value: withField(value, key, change.value) };
}

function withField(object: Readonly<Record<string, unknown>>, key: string, value: unknown): object {
  const { [key]: _, ...others } = object;
  return value === undefined ? others : { ...object, [key]: value };
}

function* listChanges(schema: z.ZodArray, list: readonly unknown[]): Generator<LeafChange> {
  const item = inner(schema.element);
  for (const [index, value] of list.entries())
    for (const change of leafChanges(item, value))
      yield { path: `[${index}]${change.path}`, value: list.with(index, change.value) };
  for (const [index, value] of list.entries()) {
    yield { path: `[${index}]`, value: list.toSpliced(index, 0, value) };
    if (list.length > 1) yield { path: `[${index}]`, value: list.toSpliced(index, 1) };
    if (index > 0) yield { path: `[${index}]`, value: list.with(index, list[index - 1]) };
  }
  for (const more of samplesOf(item)) yield { path: `[${list.length}]`, value: [...list, more] };
}

function* unionChanges({ options }: z.ZodUnion, value: unknown): Generator<LeafChange> {
  for (const option of options.map(inner)) {
    if (option.safeParse(value).success) yield* leafChanges(option, value);
    else for (const other of samplesOf(option, value)) yield { path: '', value: other };
  }
}

function* maybeChanges(schema: z.ZodType, value: unknown, nothing: null | undefined): Generator<LeafChange> {
  if (value === nothing) for (const some of samplesOf(schema)) yield { path: '', value: some };
  else {
    yield { path: '', value: nothing };
    yield* leafChanges(schema, value);
  }
}

/** Changes of JSON that is nobody's but the caller's: a key more or less, a leaf changed. */
function* jsonChanges(value: unknown): Generator<LeafChange> {
  if (typeof value !== 'object' || value === null) {
    yield { path: '', value: value === 'other' ? 'another' : 'other' };
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const change of jsonChanges(item))
        yield { path: `[${index}]${change.path}`, value: value.with(index, change.value) };
    yield { path: `[${value.length}]`, value: [...value, null] };
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === '$image') continue;
    for (const change of jsonChanges(item))
      yield { path: `.${key}${change.path}`, value: { ...value, [key]: change.value } };
    yield { path: `.${key}`, value: withField({ ...value }, key, undefined) };
  }
  if (!('$image' in value)) yield { path: '.more', value: { ...value, more: 1 } };
}

function othersThan(schema: z.ZodType, value: unknown): readonly unknown[] {
  if (schema instanceof z.ZodBoolean) return [value !== true];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (typeof value === 'string') return [`${value}x`];
  if (typeof value !== 'number') return [];
  const near = [value + 1, value - 1, value + 8, value - 8, value / 2, 1 - value].find(
    (other) => other !== value && schema.safeParse(other).success,
  );
  return near === undefined ? samplesOf(schema) : [near];
}

/** Some values that a schema takes, made of `like` as far as that fits. */
function samplesOf(schema: z.ZodType, like?: unknown): readonly unknown[] {
  if (schema instanceof z.ZodObject) return [sampleObject(schema, Object(like))];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => samplesOf(inner(option), like));
  if (schema instanceof z.ZodNullable) return [...samplesOf(inner(schema.unwrap()), like), null];
  if (schema instanceof z.ZodOptional) return [...samplesOf(inner(schema.unwrap()), like), undefined];
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return samplesOf(inner(schema.unwrap()), like);
  if (schema instanceof z.ZodLiteral) return [...schema.values];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodArray) return [samplesOf(inner(schema.element)).slice(0, 1)];
  const simple = [like, 1, 0, 0.5, 64, 'other', '0'.repeat(64), true, null, {}];
  const sample = simple.find((value) => schema.safeParse(value).success);
  return sample === undefined ? [] : [sample];
}

function sampleObject({ shape }: z.ZodObject, like: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, field]) => {
      const kept = like[key] !== undefined && inner(field).safeParse(like[key]).success;
      const value = kept ? like[key] : samplesOf(inner(field), like[key])[0];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
