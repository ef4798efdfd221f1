import type { ReachableState } from './reachable-states.ts';

/** Sets of events as bits, and for each state the events that some way, and that every way, from it to the end takes. */
export interface Ahead {
  readonly bitOf: (event: string) => bigint;
  readonly some: ReadonlyMap<ReachableState, bigint>;
  readonly every: ReadonlyMap<ReachableState, bigint>;
}

/** Works out what lies ahead of each state. `states` stand each before those that it leads to; with circles it takes longer. */
export function eventsAhead(states: readonly ReachableState[]): Ahead {
  const bits = new Map<string, bigint>();
  for (const { moves } of states) {
    for (const event of moves.keys()) if (!bits.has(event)) bits.set(event, 1n << BigInt(bits.size));
  }
  const bitOf = (event: string) => bits.get(event) ?? 0n;
  const backwards = states.toReversed();
  const some = new Map<ReachableState, bigint>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const state of backwards) {
      let bit = some.get(state) ?? 0n;
      for (const [event, target] of state.moves) bit |= bitOf(event) | (some.get(target) ?? 0n);
      changed ||= bit !== some.get(state);
      some.set(state, bit);
    }
  }
  const every = new Map<ReachableState, bigint>();
  for (const state of backwards) {
    const ways = [...state.moves].map(([event, target]) => bitOf(event) | (every.get(target) ?? 0n));
    every.set(state, ways.length === 0 ? 0n : ways.reduce((common, way) => common & way));
  }
  return { bitOf, some, every };
}
