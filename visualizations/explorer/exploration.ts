import { z } from 'zod';
import { sequences } from '../../src/index.ts';
import { JsonObject } from '../../src/json.ts';
import type { PlanOptions } from '../../src/sequence/options.ts';

export type SequenceName = keyof typeof sequences;

/** The names of the sequences that the library ships. */
export const sequenceNames: readonly SequenceName[] = Object.keys(sequences).filter(isSequenceName);

/** All that the page shows follows from this: a RunConfig as it was written, and what the caller allows. */
export const Exploration = z.strictObject({
  config: JsonObject,
  sequence: z.custom<SequenceName>(isSequenceName).default('canonical'),
  externalInput: z.boolean().default(true),
  standaloneUpscale: z.boolean().default(false),
  order: z.enum(['reject', 'repair']).default('reject'),
});
export type Exploration = Readonly<z.output<typeof Exploration>>;

/** The options that an exploration plans with. */
export function planOptions({ sequence, externalInput, standaloneUpscale, order }: Exploration): PlanOptions {
  return { sequence: sequences[sequence], externalInput, standaloneUpscale, order };
}

function isSequenceName(value: unknown): value is SequenceName {
  return typeof value === 'string' && Object.hasOwn(sequences, value);
}
