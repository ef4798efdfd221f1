import * as z from 'zod';
import { isPlainObject } from '../json.ts';

type Schema = z.core.$ZodType;
type Context = z.core.ParseContextInternal;

/** Reads what a schema surely takes, as the schema reads it. Of anything else it gives `unsure`. */
type Read = (value: unknown, context: Context) => unknown;

const unsure = Symbol('unsure');

/**
 * Lets the schema of a run read what is right twice as fast: it looks at the fields that are stated, and copies the
 * defaults of all others at once. What it is unsure of, zod reads from the start, so that every complaint is zod's.
 *
 * It knows the kinds of schema that a run is made of, whose defaults are constants. `theirs` are the fields of a caller's
 * own, which zod reads in any case, as it does whatever is derived from this schema.
 */
export function readQuickly<Of extends z.ZodObject>(schema: Of, theirs: readonly string[] = []): Of {
  const { run } = schema._zod;
  let read: Read | undefined;
  schema._zod.run = (payload, context) => {
    const { async: later, direction, skipChecks } = context;
    if (later === true || direction === 'backward' || skipChecks === true) return run(payload, context);
    // Made when it is first needed: many that import the schema read nothing.
    read ??= objectReader(schema, theirs);
    const value = read(payload.value, context);
    if (value === unsure) return run(payload, context);
    payload.value = value;
    return payload;
  };
  return schema;
}

function readerOf(schema: Schema): Read {
  if (schema instanceof z.ZodObject) return objectReader(schema, []);
  if (schema instanceof z.ZodArray) return arrayReader(schema);
  if (schema instanceof z.ZodUnion) return unionReader(schema.def.options);
  if (schema instanceof z.ZodOptional) return readerOf(schema.def.innerType);
  if (schema instanceof z.ZodNullable) {
    const inner = readerOf(schema.def.innerType);
    return (value, context) => (value === null ? null : inner(value, context));
  }
  if (schema instanceof z.ZodDefault) {
    const inner = readerOf(schema.def.innerType);
    return (value, context) => (value === undefined ? schema.def.defaultValue : inner(value, context));
  }
  if (schema instanceof z.ZodPrefault) {
    const inner = readerOf(schema.def.innerType);
    return (value, context) => inner(value === undefined ? schema.def.defaultValue : value, context);
  }
  if (schema instanceof z.ZodPipe) {
    const [before, after] = [readerOf(schema.def.in), readerOf(schema.def.out)];
    return (value, context) => {
      const between = before(value, context);
      return between === unsure ? unsure : after(between, context);
    };
  }
  return plainReader(schema);
}

/** Reads a value with nothing of ours inside it: the test of its type, then its checks, and nothing for complaints. */
function plainReader(schema: Schema): Read {
  const { parse } = schema._zod;
  const check = checker(schema);
  return (value, context) => {
    const payload: z.core.ParsePayload = { value, issues: [] };
    parse(payload, context);
    return payload.issues.length > 0 ? unsure : check(payload);
  };
}

function zodReader({ _zod }: Schema): Read {
  return (value, context) => {
    const result = _zod.run({ value, issues: [] }, context);
    return result instanceof Promise || result.issues.length > 0 ? unsure : result.value;
  };
}

function arrayReader(schema: z.ZodArray): Read {
  const item = readerOf(schema.def.element);
  const check = checker(schema);
  return (value, context) => {
    if (!Array.isArray(value)) return unsure;
    const items = Array.from(value, (each) => item(each, context));
    return items.includes(unsure) ? unsure : check({ value: items, issues: [] });
  };
}

/** No two options of one of our unions take the same value. */
function unionReader(options: readonly Schema[]): Read {
  const readers = options.map(readerOf);
  return (value, context) => {
    for (const read of readers) {
      const result = read(value, context);
      if (result !== unsure) return result;
    }
    return unsure;
  };
}

function objectReader(schema: z.ZodObject, theirs: readonly string[]): Read {
  const fields = Object.entries(schema.shape);
  const readers = new Map(
    fields.map(([key, field]) => [key, theirs.includes(key) ? zodReader(field) : readerOf(field)]),
  );
  const constants = new Map(fields.flatMap((field) => (theirs.includes(field[0]) ? [] : constantOf(field))));
  const optional = fields.flatMap(([key, field]) => (field instanceof z.ZodOptional ? key : []));
  const others = [...readers].filter(([key]) => !constants.has(key) && !optional.includes(key));
  const templateFor = templates([...readers.keys()], optional, constants);
  const check = checker(schema);
  return (value, context) => {
    if (!isPlainObject(value)) return unsure;
    const result: Record<string, unknown> = { ...templateFor(value) };
    for (const key in value) {
      const read = readers.get(key);
      if (read === undefined) return unsure;
      const taken = read(value[key], context);
      if (taken === unsure) return unsure;
      result[key] = taken;
    }
    for (const [key, read] of others) {
      if (value[key] !== undefined) continue;
      const taken = read(undefined, context);
      if (taken === unsure) return unsure;
      result[key] = taken;
    }
    return check({ value: result, issues: [] });
  };
}

/** The default of a field, unless it is an object, which no two runs may share. */
function constantOf([key, field]: readonly [string, Schema]): readonly (readonly [string, unknown])[] {
  if (!(field instanceof z.ZodDefault)) return [];
  const { defaultValue } = field.def;
  return Object(defaultValue) === defaultValue ? [] : [[key, defaultValue]];
}

/**
 * Gives the object that is copied to begin with: all keys in order, with their defaults, of the optional ones those that
 * are stated. There are as many as ways to state the optional ones, each made when it is first needed.
 */
function templates(
  keys: readonly string[],
  optional: readonly string[],
  constants: ReadonlyMap<string, unknown>,
): (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> {
  const made = new Map<number, Readonly<Record<string, unknown>>>();
  return (value) => {
    let stated = 0;
    for (const key of optional) stated = stated * 2 + (value[key] === undefined ? 0 : 1);
    const known =
      made.get(stated) ??
      template(
        keys.filter((key) => !optional.includes(key) || value[key] !== undefined),
        constants,
      );
    made.set(stated, known);
    return known;
  };
}

/** V8 copies an object that JSON.parse made at once, however many keys it has. */
function template(
  keys: readonly string[],
  values: ReadonlyMap<string, unknown>,
): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = JSON.parse(
    `{${keys.map((key) => `${JSON.stringify(key)}:null`).join()}}`,
  );
  for (const [key, value] of values) made[key] = value;
  return made;
}

/** Makes the checks of a schema; one for whole numbers is a check itself. */
function checker(schema: Schema): (payload: z.core.ParsePayload) => unknown {
  const { traits, def } = schema._zod;
  const all: readonly unknown[] = [...(traits.has('$ZodCheck') ? [schema] : []), ...(def.checks ?? [])];
  // A schema's type does not tell that it is a check, nor that of a check that it takes what its schema gives.
  const checks = (all as readonly z.core.$ZodCheck<unknown>[]).map(({ _zod }) => _zod);
  return (payload) => {
    for (const { check } of checks) {
      check(payload);
      if (payload.issues.length > 0) return unsure;
    }
    return payload.value;
  };
}
