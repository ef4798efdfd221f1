import * as z from 'zod';
import { GenerationSettings } from '../../src/config/generation-settings.ts';
import { RunConfig } from '../../src/index.ts';
import { once } from '../../src/once.ts';
import type { Path } from '../../src/path.ts';
import type { Switch } from './switches.ts';

/** One field of a RunConfig, as its schema describes it. */
export interface Field {
  /** Its keys from the RunConfig on. */
  readonly path: Path;
  readonly kind: 'boolean' | 'number' | 'text' | 'list';
  /** The values that it takes. Empty: any of its kind. */
  readonly choices: readonly string[];
  readonly description: string | undefined;
  /** What counts when it is left out. */
  readonly fallback: string;
}

/** A section that is a list, whose entries each have the same fields, and how many it may have. */
export interface ListSection {
  readonly key: string;
  readonly most: number;
}

type Schema = z.core.JSONSchema.BaseSchema;

// The schema is asked when the first field is shown, not when the page is loaded.
const properties = once(
  () => z.toJSONSchema(RunConfig, { io: 'input', unrepresentable: 'any' }).properties ?? {},
);
const everyField = once(() => fieldsOf(properties(), []).filter(({ path }) => path[0] !== '$schema'));

/** What counts for each field of a generation where the run leaves it out. */
export const runDefaults = once(
  (): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.keys(GenerationSettings.shape).map((key) => [key, schemaOf(properties()[key]).default]),
    ),
);

/** The fields that only count when a switch is on. */
export function switchFields(owner: Switch): readonly Field[] {
  return everyField().filter((field) => belongsTo(field, owner));
}

/** The list that the fields of a switch stand in, if any. */
export function switchList(owner: Switch): ListSection | null {
  const section = String(switchFields(owner)[0]?.path[0]);
  const list = variantsOf(schemaOf(properties()[section])).find(
    ({ type, items }) => type === 'array' && schemaOf(items).properties !== undefined,
  );
  return list === undefined ? null : { key: section, most: list.maxItems ?? 1 };
}

/** The fields of a run that belong to none of its switches. */
export function runFields(switches: readonly Switch[]): readonly Field[] {
  return everyField().filter(
    (field) => !switches.some((owner) => owner.key === field.path[0] || belongsTo(field, owner)),
  );
}

/** The field of one entry of a list. */
export function fieldOfEntry({ path: [key = '', ...inner], ...field }: Field, index: number): Field {
  return { ...field, path: [key, index, ...inner] };
}

function belongsTo({ path }: Field, { name, key }: Switch): boolean {
  const first = String(path[0]);
  return first !== key && (first === name || first.startsWith(`${name}_`));
}

function fieldsOf(shape: Readonly<Record<string, unknown>>, outer: Path): readonly Field[] {
  return Object.entries(shape).flatMap(([key, value]) => {
    const schema = schemaOf(value);
    const path = [...outer, key];
    const inner = variantsOf(schema).find((variant) => variant.properties !== undefined);
    if (inner?.properties !== undefined) return fieldsOf(inner.properties, path);
    const kind = kindOf(schema);
    return kind === undefined
      ? []
      : [
          {
            path,
            kind,
            choices: choicesOf(schema),
            description: schema.description,
            fallback: fallbackOf(schema),
          },
        ];
  });
}

function kindOf(schema: Schema): Field['kind'] | undefined {
  const types = variantsOf(schema).flatMap(({ type }) => type ?? []);
  if (types.includes('boolean')) return 'boolean';
  if (types.includes('number') || types.includes('integer')) return 'number';
  if (types.includes('array')) return 'list';
  return types.includes('string') ? 'text' : undefined;
}

function choicesOf(schema: Schema): readonly string[] {
  return variantsOf(schema).flatMap((variant) =>
    (variant.enum ?? []).flatMap((value) => (typeof value === 'string' ? [value] : [])),
  );
}

function fallbackOf(schema: Schema): string {
  return schema.default === undefined || schema.default === null ? '' : String(schema.default);
}

function variantsOf(schema: Schema): readonly Schema[] {
  return [schema, ...(schema.anyOf ?? []).map(schemaOf)];
}

const Subschema = z.custom<Schema>((candidate) => Object(candidate) === candidate);

function schemaOf(value: unknown): Schema {
  return Subschema.safeParse(value).data ?? {};
}
