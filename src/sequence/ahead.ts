import type { ReachableState } from './reachable-states.ts';

/** Sets of events as bits, and for each state the events that some way, and that every way, from it to the end takes. */
export interface Ahead {
  readonly bitOf: (event: string) => bigint;
  readonly some: (state: ReachableState) => bigint;
  readonly every: (state: ReachableState) => bigint;
}

/** Works out what lies ahead of each state. `states` stand each before those that it leads to; with circles it takes longer. */
export function eventsAhead(states: readonly ReachableState[]): Ahead {
  const bits = new Map<string, bigint>();
  for (const { moves } of states) {
    for (const event of moves.keys()) if (!bits.has(event)) bits.set(event, 1n << BigInt(bits.size));
  }
  const bitOf = (event: string) => bits.get(event) ?? 0n;
  const backwards = states.toReversed();
  const ofSome = new Map<ReachableState, bigint>();
  const some = (state: ReachableState) => ofSome.get(state) ?? 0n;
  for (let changed = true; changed; ) {
    changed = false;
    for (const state of backwards) {
      let bit = some(state);
      for (const [event, target] of state.moves) bit |= bitOf(event) | some(target);
      changed ||= bit !== some(state);
      ofSome.set(state, bit);
    }
  }
  const ofEvery = new Map<ReachableState, bigint>();
  const every = (state: ReachableState) => ofEvery.get(state) ?? 0n;
  for (const state of backwards) {
    const ways = [...state.moves].map(([event, target]) => bitOf(event) | every(target));
    ofEvery.set(state, ways.length === 0 ? 0n : ways.reduce((common, way) => common & way));
  }
  return { bitOf, some, every };
}
