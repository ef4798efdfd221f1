import * as z from 'zod';
import { type PolicyName, policies, policiesBy, policyNames } from '../../machines/policies.ts';
import { isSequenceName, type SequenceName, sequences } from '../../machines/sequences.ts';
import type { PlanOptions, StageSequence } from '../../src/index.ts';
import { JsonObject } from '../../src/json.ts';
import { resolveSequence } from '../../src/sequence/options.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';
import { backendNames } from './backends.ts';
import { readMachine } from './own-machine.ts';

// Object.fromEntries forgets which keys it was given.
const policyFields = Object.fromEntries(
  policyNames.map((name) => [name, z.boolean().default(policies[name].default)]),
) as Readonly<Record<PolicyName, z.ZodDefault<z.ZodBoolean>>>;

/** A shipped sequence by its name, or the machine that was brought. */
export type SequenceChoice = SequenceName | 'own';

/** All that the page shows follows from this: a RunConfig as it was written, what the caller allows, and the backend. */
export const Exploration = z
  .strictObject({
    config: JsonObject,
    sequence: z.custom<SequenceChoice>((name) => name === 'own' || isSequenceName(name)).default('canonical'),
    /** The JSON of the machine that was brought. */
    machine: JsonObject.refine((machine) => readMachine(machine).success).optional(),
    ...policyFields,
    order: z.enum(['reject', 'repair']).default('reject'),
    backend: z.enum(backendNames).default('a1111'),
  })
  .refine(({ sequence, machine }) => sequence !== 'own' || machine !== undefined);
export type Exploration = Readonly<z.output<typeof Exploration>>;

/** The machine that an exploration plans by. */
export function sequenceOf({ sequence, machine }: Exploration): StageSequence {
  if (sequence !== 'own') return sequences[sequence];
  const own = machine === undefined ? undefined : readMachine(machine);
  return own?.success === true ? own.sequence : sequences.canonical;
}

/** The options that an exploration plans with. A policy that stands as it does by default counts as left out. */
export function planOptions(exploration: Exploration): PlanOptions {
  const { order } = exploration;
  const stated = policyNames.filter((name) => exploration[name] !== policies[name].default);
  return {
    sequence: sequenceOf(exploration),
    order,
    ...Object.fromEntries(stated.map((name) => [name, exploration[name]])),
  };
}

/** The sequence of an exploration under its policies. */
export function readingOf(exploration: Exploration): SequenceReading {
  return resolveSequence({
    sequence: sequenceOf(exploration),
    ...policiesBy((name) => exploration[name]),
  });
}
