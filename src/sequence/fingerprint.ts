import type { AnyStateNode } from 'xstate';
import { sha256 } from '../hash.ts';
import type { StageSequence } from './sequence.ts';
import { edgesOf, pathOf, statesOf } from './states.ts';

const fingerprints = new WeakMap<StageSequence, string>();

/**
 * SHA-256 of what a machine decides by, in hexadecimal: its states with their meta, and its transitions with their guards.
 *
 * The order of keys makes no difference, and neither does a description, which is for people. A guard counts by its name:
 * what a named guard computes is not seen.
 */
export function sequenceFingerprint(sequence: StageSequence): string {
  const fingerprint = fingerprints.get(sequence) ?? sha256(definitionOf(sequence));
  fingerprints.set(sequence, fingerprint);
  return fingerprint;
}

function definitionOf(sequence: StageSequence): unknown {
  const transitions = edgesOf(sequence).map(({ source, event, guard, targets }) =>
    [pathOf(source), event, guard ?? '', ...targets.map(pathOf)].join(' '),
  );
  return {
    id: sequence.id,
    states: Object.fromEntries(statesOf(sequence.root).map((state) => [pathOf(state), stateOf(state)])),
    transitions: transitions.sort(),
  };
}

function stateOf({ type, meta, initial }: AnyStateNode): unknown {
  return { type, meta: meta ?? null, initial: initial.target.map(pathOf) };
}
