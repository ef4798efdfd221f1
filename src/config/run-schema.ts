import { z } from 'zod';
import { type LikeSections, noLikeSections } from './like-sections.ts';
import { RunConfig, sections } from './run-config.ts';

/** What may be asked: the schema of a RunConfig, and its keys, by which an unknown one is explained. */
export interface RunSchema {
  readonly RunConfig: z.ZodType<RunConfig>;
  /** The keys of a RunConfig under "", and those of each of its sections under the section's path. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** The sections of stages that are like known ones. */
  readonly likes: LikeSections;
}

/** The RunConfig that every planner knows. */
export const knownRun: RunSchema = {
  RunConfig,
  keys: keysOf({ '': RunConfig, ...sections }),
  likes: noLikeSections,
};

/** The keys of some sections of a RunConfig, and those of the sections inside them under their paths. */
export function keysOf(
  schemas: Readonly<Record<string, z.ZodObject>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.assign(
    Object.fromEntries(Object.entries(schemas).map(([section, { shape }]) => [section, Object.keys(shape)])),
    ...Object.entries(schemas).map(([section, { shape }]) => keysOf(sectionsIn(section, shape))),
  );
}

function sectionsIn(section: string, shape: z.ZodObject['shape']): Readonly<Record<string, z.ZodObject>> {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, field]) => {
      const inner = unwrapped(field);
      return inner instanceof z.ZodObject ? [[section === '' ? key : `${section}.${key}`, inner]] : [];
    }),
  );
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return isWrapped ? unwrapped(schema.unwrap()) : schema;
}
