import * as z from 'zod';
import { type PolicyName, policies, policiesBy, policyNames } from '../../machines/policies.ts';
import { isSequenceName, type SequenceName } from '../../machines/sequences.ts';
import type { PlanOptions } from '../../src/index.ts';
import { JsonObject } from '../../src/json.ts';
import { resolveSequence } from '../../src/sequence/options.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';
import { backendNames } from './backends.ts';

// Object.fromEntries forgets which keys it was given.
const policyFields = Object.fromEntries(
  policyNames.map((name) => [name, z.boolean().default(policies[name].default)]),
) as Readonly<Record<PolicyName, z.ZodDefault<z.ZodBoolean>>>;

/** All that the page shows follows from this: a RunConfig as it was written, what the caller allows, and the backend. */
export const Exploration = z.strictObject({
  config: JsonObject,
  sequence: z.custom<SequenceName>(isSequenceName).default('canonical'),
  ...policyFields,
  order: z.enum(['reject', 'repair']).default('reject'),
  backend: z.enum(backendNames).default('a1111'),
});
export type Exploration = Readonly<z.output<typeof Exploration>>;

/** The options that an exploration plans with. A policy that stands as it does by default counts as left out. */
export function planOptions(exploration: Exploration): PlanOptions {
  const { sequence, order } = exploration;
  const stated = policyNames.filter((name) => exploration[name] !== policies[name].default);
  return { sequence, order, ...Object.fromEntries(stated.map((name) => [name, exploration[name]])) };
}

/** The sequence of an exploration under its policies. */
export function readingOf(exploration: Exploration): SequenceReading {
  return resolveSequence({ sequence: exploration.sequence, ...policiesBy((name) => exploration[name]) });
}
