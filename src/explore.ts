import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { SequencePolicies } from '../machines/sequence-vocabulary.ts';
import { type StageSequence, stateName } from './sequence.ts';

/** A state that can be reached, and every event that it takes, with the state that the event leads to. */
export interface ReachableState {
  readonly snapshot: AnyMachineSnapshot;
  readonly moves: ReadonlyMap<string, string>;
}

/** Every state that a sequence can reach under the policies, by its name, from the start on. */
export function explore(
  sequence: StageSequence,
  policies: SequencePolicies,
): ReadonlyMap<string, ReachableState> {
  const reached = new Map<string, ReachableState>();
  const [initial] = initialTransition(sequence, policies);
  const waiting: AnyMachineSnapshot[] = [initial];
  for (const snapshot of waiting) {
    if (reached.has(stateName(snapshot.value))) continue;
    const taken =
      snapshot.status === 'active' ? sequence.events.filter((type) => snapshot.can({ type })) : [];
    const next = taken.map((type) => ({ type, snapshot: transition(sequence, snapshot, { type })[0] }));
    const moves = new Map(next.map((move) => [move.type, stateName(move.snapshot.value)]));
    reached.set(stateName(snapshot.value), { snapshot, moves });
    waiting.push(...next.map((move) => move.snapshot));
  }
  return reached;
}

/** Every way to set the two policies, the widest first. */
export const everyPolicy: readonly SequencePolicies[] = [
  { externalInput: true, standaloneUpscale: true },
  { externalInput: true, standaloneUpscale: false },
  { externalInput: false, standaloneUpscale: true },
  { externalInput: false, standaloneUpscale: false },
];
