import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { SequencePolicies } from '../../machines/sequence-vocabulary.ts';
import { type StageSequence, stateName } from './sequence.ts';

/** A state that can be reached, and where each event that it takes leads to. */
export interface ReachableState {
  readonly name: string;
  readonly snapshot: AnyMachineSnapshot;
  readonly moves: ReadonlyMap<string, ReachableState>;
}

/** Every state that a sequence can reach under the policies, the start first. */
export function explore(sequence: StageSequence, policies: SequencePolicies): readonly ReachableState[] {
  const reached = new Map<string, ReachableState>();
  const visit = (snapshot: AnyMachineSnapshot): ReachableState => {
    const name = stateName(snapshot.value);
    const known = reached.get(name);
    if (known !== undefined) return known;
    const moves = new Map<string, ReachableState>();
    const state = { name, snapshot, moves };
    reached.set(name, state);
    for (const type of sequence.events) {
      if (snapshot.status !== 'active' || !snapshot.can({ type })) continue;
      moves.set(type, visit(transition(sequence, snapshot, { type })[0]));
    }
    return state;
  };
  visit(initialTransition(sequence, policies)[0]);
  return [...reached.values()];
}

/** Every way to set the two policies, the widest first. */
export const everyPolicy: readonly SequencePolicies[] = [
  { externalInput: true, standaloneUpscale: true },
  { externalInput: true, standaloneUpscale: false },
  { externalInput: false, standaloneUpscale: true },
  { externalInput: false, standaloneUpscale: false },
];
