import { policyContext, sequenceSetup } from '../../machines/sequence-setup.ts';
import { type JsonObject, RunConfig, type StageSequence } from '../../src/index.ts';
import { isPlainObject } from '../../src/json.ts';
import { checkSequence } from '../../src/sequence/check-sequence.ts';
import { planFinished, switchOf } from '../../src/sequence/events.ts';

/** A machine that somebody brought, or everything that keeps it from being a sequence. */
export type OwnMachine =
  | { readonly success: true; readonly sequence: StageSequence }
  | { readonly success: false; readonly problems: readonly string[] };

const read = new WeakMap<JsonObject, OwnMachine>();

/**
 * Reads the JSON of an XState machine as a sequence: its guards are those of the shipped sequences, by their names, and its
 * context is the policies. Refuses what `checkSequence` refuses, and stages that no RunConfig has. Each object is read once.
 */
export function readMachine(definition: JsonObject): OwnMachine {
  const known = read.get(definition);
  if (known !== undefined) return known;
  const machine = readAnew(definition);
  read.set(definition, machine);
  return machine;
}

/** Tells the JSON of a machine from any other by its keys. */
export function isMachineJson(value: JsonObject): boolean {
  return isPlainObject(value.states) && ('initial' in value || 'id' in value);
}

function readAnew({ context: _policies, ...config }: JsonObject): OwnMachine {
  try {
    // XState's types describe machines that are written out; what is unknown here is checked below.
    const sequence: StageSequence = sequenceSetup.createMachine({
      ...config,
      context: policyContext,
    } as Parameters<typeof sequenceSetup.createMachine>[0]);
    const problems = checkSequence(sequence).map(({ message }) => message);
    if (problems.length > 0) return { success: false, problems };
    const unknown = sequence.events.filter(
      (event) => event !== planFinished && !(switchOf(event) in RunConfig.shape),
    );
    if (unknown.length > 0) return { success: false, problems: unknown.map(sayUnknown) };
    return { success: true, sequence };
  } catch (error) {
    return { success: false, problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function sayUnknown(event: string): string {
  return `${event} asks for the switch ${switchOf(event)}, which no RunConfig has: plan it with definePlanner and a definition of its own.`;
}
