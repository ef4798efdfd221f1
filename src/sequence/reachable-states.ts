import { type AnyMachineSnapshot, getNextTransitions, initialTransition, transition } from 'xstate';
import type { SequencePolicies } from '../../machines/policies.ts';
import type { StateMeta } from '../../machines/vocabulary.ts';
import type { StageSequence } from './sequence.ts';
import { metasOf, stateName } from './states.ts';

/** A state that can be reached, and where each event that it takes leads to. */
export interface ReachableState {
  readonly name: string;
  /** What the outermost of the states that it stands in says of itself, and the innermost. */
  readonly outer: StateMeta;
  readonly inner: StateMeta;
  /** Whether a plan ends in it. */
  readonly final: boolean;
  readonly moves: Map<string, ReachableState>;
}

const noMeta: StateMeta = Object.freeze({
  stage_type: null,
  pass: null,
  takes: 'nothing',
  gives: 'nothing',
});

/** A guard answers otherwise when it is asked again. */
export class ImpureError extends Error {
  override readonly name = 'ImpureError';
  /** The state in which it was asked. */
  readonly state: string;

  constructor(state: string) {
    super(`${state} takes other events when it is asked again.`);
    this.state = state;
  }
}

/**
 * Every state that a sequence can reach under the policies, each before those that it leads to. It asks the machine
 * once for each transition.
 *
 * @throws {ImpureError} when an event that a state takes leads nowhere, because its guard has changed its mind.
 */
export function reachableStates(
  sequence: StageSequence,
  policies: SequencePolicies,
): readonly ReachableState[] {
  const reached = new Map<string, ReachableState>();
  const left: ReachableState[] = [];
  const path: Visit[] = [];
  const enter = (snapshot: AnyMachineSnapshot): ReachableState => {
    // XState keeps what the context of a machine throws, and goes nowhere.
    if (snapshot.status === 'error') throw snapshot.error;
    const name = stateName(snapshot.value);
    const known = reached.get(name);
    if (known !== undefined) return known;
    const metas = metasOf(sequence, snapshot);
    const [outer, inner] = [metas[0] ?? noMeta, metas.at(-1) ?? noMeta];
    const state: ReachableState = { name, outer, inner, final: snapshot.status === 'done', moves: new Map() };
    reached.set(name, state);
    path.push({ state, snapshot, events: eventsTaken(snapshot).values() });
    return state;
  };
  enter(initialTransition(sequence, policies)[0]);
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const { state, snapshot, events } = visit;
    const { value: type, done } = events.next();
    if (done) {
      left.push(state);
      path.pop();
    } else {
      const target = enter(transition(sequence, snapshot, { type })[0]);
      // A guard that let the event through a moment ago, and not when it was sent.
      if (target === state && !(snapshot.can({ type }) && snapshot.can({ type })))
        throw new ImpureError(state.name);
      state.moves.set(type, target);
    }
  }
  return left.reverse();
}

/** The states from which the end can be reached, without the moves that lead to the others. Order is kept. */
export function statesWithAnEnd(states: readonly ReachableState[]): readonly ReachableState[] {
  const kept = new Map<ReachableState, ReachableState>();
  for (const state of states.toReversed()) {
    const moves = new Map<string, ReachableState>();
    for (const [event, target] of state.moves) {
      const copy = kept.get(target);
      if (copy !== undefined) moves.set(event, copy);
    }
    if (state.final || moves.size > 0) kept.set(state, { ...state, moves });
  }
  return [...kept.values()].reverse();
}

interface Visit {
  readonly state: ReachableState;
  readonly snapshot: AnyMachineSnapshot;
  readonly events: Iterator<string, undefined>;
}

function eventsTaken(snapshot: AnyMachineSnapshot): readonly string[] {
  if (snapshot.status !== 'active') return [];
  const events = new Set<string>(getNextTransitions(snapshot).map(({ eventType }) => eventType));
  return [...events].filter((type) => snapshot.can({ type }));
}
