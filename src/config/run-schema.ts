import * as z from 'zod';
import { type LikeSections, noLikeSections } from './like-sections.ts';
import { RunConfig, sections } from './run-config.ts';
import type { KnownKeys } from './suggest-key.ts';

/** What may be asked: the schema of a RunConfig, and its keys, by which an unknown one is explained. */
export interface RunSchema {
  readonly RunConfig: z.ZodType<RunConfig>;
  /** The keys of a RunConfig under "", and those of each of its sections under the section's name. */
  readonly keys: KnownKeys;
  /** The sections of stages that are like known ones. */
  readonly likes: LikeSections;
}

/** The RunConfig that every planner knows. */
export const knownRun: RunSchema = {
  RunConfig,
  keys: keysOf({ '': RunConfig, ...sections }),
  likes: noLikeSections,
};

/** The keys of some sections of a RunConfig, and of the objects inside them by their paths. */
export function keysOf(schemas: Readonly<Record<string, z.ZodObject>>): KnownKeys {
  return Object.fromEntries(Object.entries(schemas).flatMap(([section, schema]) => keysIn(section, schema)));
}

function keysIn(path: string, { shape }: z.ZodObject): readonly (readonly [string, readonly string[]])[] {
  const inner = Object.entries(shape).flatMap(([key, field]) => {
    const schema = path === '' ? undefined : objectIn(field);
    return schema === undefined ? [] : keysIn(`${path}.${key}`, schema);
  });
  return [[path, Object.keys(shape)], ...inner];
}

/** The object that a field takes, whatever it takes besides. */
function objectIn(field: z.core.$ZodType): z.ZodObject | undefined {
  if (field instanceof z.ZodObject) return field;
  const wraps =
    field instanceof z.ZodDefault || field instanceof z.ZodNullable || field instanceof z.ZodOptional;
  return wraps ? objectIn(field.def.innerType) : undefined;
}
