import * as z from 'zod';
import { RunConfig } from '../../src/index.ts';
import { subjectOf, switchOf } from '../../src/sequence/events.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';

/** One field of a RunConfig, as its schema describes it. */
export interface Field {
  /** Its keys from the RunConfig on. */
  readonly path: readonly string[];
  readonly kind: 'boolean' | 'number' | 'text' | 'list';
  readonly description: string | undefined;
  /** What counts when it is left out. */
  readonly fallback: string;
}

/** One switch of a run, with the fields that only count when it is on. */
export interface SwitchGroup {
  readonly name: string;
  readonly key: string;
  readonly nature: 'stage' | 'pass';
  readonly fields: readonly Field[];
}

type Schema = z.core.JSONSchema.BaseSchema;

const { properties = {} } = z.toJSONSchema(RunConfig, { io: 'input', unrepresentable: 'any' });

/** The switches of a sequence in its running order, each with its fields. */
export function switchGroups({ runningOrder }: SequenceReading): readonly SwitchGroup[] {
  return runningOrder.map((event) => {
    const { stage, pass } = subjectOf(event);
    const name = String(stage ?? pass);
    const key = switchOf(event);
    const nature = stage === null ? 'pass' : 'stage';
    return { name, key, nature, fields: topFields().filter((field) => belongsTo(field, name, key)) };
  });
}

/** The fields of a run that belong to no switch. */
export function runFields(reading: SequenceReading): readonly Field[] {
  const groups = switchGroups(reading);
  return topFields().filter(
    (field) => !groups.some(({ name, key }) => key === field.path[0] || belongsTo(field, name, key)),
  );
}

function belongsTo({ path: [first = ''] }: Field, name: string, key: string): boolean {
  return first !== key && (first === name || first.startsWith(`${name}_`));
}

function topFields(): readonly Field[] {
  return fieldsOf(properties, []).filter(({ path }) => path[0] !== '$schema');
}

function fieldsOf(shape: Readonly<Record<string, unknown>>, outer: readonly string[]): readonly Field[] {
  return Object.entries(shape).flatMap(([key, value]) => {
    const schema = schemaOf(value);
    const path = [...outer, key];
    const inner = variantsOf(schema).find((variant) => variant.properties !== undefined);
    if (inner?.properties !== undefined) return fieldsOf(inner.properties, path);
    const kind = kindOf(schema);
    return kind === undefined
      ? []
      : [{ path, kind, description: schema.description, fallback: fallbackOf(schema) }];
  });
}

function kindOf(schema: Schema): Field['kind'] | undefined {
  const types = variantsOf(schema).flatMap(({ type }) => type ?? []);
  if (types.includes('boolean')) return 'boolean';
  if (types.includes('number') || types.includes('integer')) return 'number';
  if (types.includes('array')) return 'list';
  return types.includes('string') ? 'text' : undefined;
}

function fallbackOf(schema: Schema): string {
  return schema.default === undefined || schema.default === null ? '' : String(schema.default);
}

function variantsOf(schema: Schema): readonly Schema[] {
  return [schema, ...(schema.anyOf ?? []).map(schemaOf)];
}

function schemaOf(value: unknown): Schema {
  return z.custom<Schema>((candidate) => Object(candidate) === candidate).safeParse(value).data ?? {};
}
