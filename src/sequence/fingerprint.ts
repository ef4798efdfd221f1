import type { AnyStateNode } from 'xstate';
import type { SequenceName } from '../../machines/sequences.ts';
import { sha256 } from '../hash.ts';
import { machineOf } from './options.ts';
import type { StageSequence } from './sequence.ts';
import { edgesFrom, pathOf, statesOf } from './states.ts';

const fingerprints = new WeakMap<StageSequence, string>();

/**
 * SHA-256 of what a machine decides by, in hexadecimal: its states with their meta, and its transitions with their guards.
 *
 * The order of keys makes no difference, and neither does a description, which is for people. A guard counts by its name and
 * parameters: what a named guard computes is not seen.
 *
 * @throws {InvalidOptionsError} when it is neither a machine nor the name of a shipped one.
 */
export function sequenceFingerprint(sequence: StageSequence | SequenceName): string {
  const machine = machineOf(sequence);
  const fingerprint = fingerprints.get(machine) ?? sha256(definitionOf(machine));
  fingerprints.set(machine, fingerprint);
  return fingerprint;
}

function definitionOf(sequence: StageSequence): unknown {
  return {
    id: sequence.id,
    states: Object.fromEntries(statesOf(sequence.root).map((state) => [pathOf(state), stateOf(state)])),
  };
}

function stateOf(state: AnyStateNode): unknown {
  const { type, meta, initial } = state;
  // Of the transitions for one event the first whose guard holds is taken: their order counts.
  const on = new Map<string, unknown[]>();
  for (const { event, guard, params, targets } of edgesFrom(state)) {
    const ofEvent = on.get(event) ?? [];
    ofEvent.push({ guard, params, targets: targets.map(pathOf) });
    on.set(event, ofEvent);
  }
  return { type, meta: meta ?? null, initial: initial.target.map(pathOf), on: Object.fromEntries(on) };
}
