import type { z } from 'zod';
import { type LikeSections, noLikeSections } from './like-sections.ts';
import { RunConfig, sections } from './run-config.ts';

/** What may be asked: the schema of a RunConfig, and its keys, by which an unknown one is explained. */
export interface RunSchema {
  readonly RunConfig: z.ZodType<RunConfig>;
  /** The keys of a RunConfig under "", and those of each of its sections under the section's name. */
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

/** The keys of some sections of a RunConfig. */
export function keysOf(
  schemas: Readonly<Record<string, z.ZodObject>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([section, { shape }]) => [section, Object.keys(shape)]),
  );
}
