import { planFinished } from './events.ts';
import type { ReachableState } from './reachable-states.ts';

/** A number of ways. Beyond the safe integers it is only known to be at least so many. */
export interface WayCount {
  readonly count: number;
  readonly at_least: boolean;
}

/** The ways to the end that differ least from a set of wanted events. */
export interface NearestWays extends WayCount {
  /** How many events have to be wanted, or wanted no longer, for one of these ways to take all that is wanted and no more. */
  readonly flips: number;
  /** Lists the ways one after the other, each as its events; with `first`, only those whose first state is such a one. */
  readonly ways: (prefers?: Preference, first?: StateTest) => Iterable<readonly string[]>;
}

type StateTest = (state: ReachableState) => boolean;

/** Which way is listed first: by the running order of its events, or by that of the events that have to be flipped. */
export type Preference = 'running_order' | 'flips';

/**
 * Finds the ways that take the wanted events and as few others as can be: shortest paths, where a wanted event costs -1,
 * any other 1, and the end nothing. Linear in the number of transitions. undefined: no way leads to the end.
 */
export function nearestWays(
  states: readonly ReachableState[],
  wanted: ReadonlySet<string>,
): NearestWays | undefined {
  return levelsOf(states, wanted, cheapestOnly)[0];
}

/** All ways, in levels of equal distance from the wanted events, the nearest first. It grows with the square of the events. */
export function waysByDistance(
  states: readonly ReachableState[],
  wanted: ReadonlySet<string>,
): readonly NearestWays[] {
  return levelsOf(states, wanted, (costs) => costs);
}

/** For each cost of a way from a state to the end, how many ways have it. */
type Costs = ReadonlyMap<number, number>;

function costOf(event: string, wanted: ReadonlySet<string>): number {
  if (event === planFinished) return 0;
  return wanted.has(event) ? -1 : 1;
}

function cheapestOnly(costs: Costs): Costs {
  const least = Math.min(...costs.keys());
  return new Map([...costs].filter(([cost]) => cost === least));
}

/** The ways to the end by what they cost, with only those costs of each state that are kept. */
function levelsOf(
  states: readonly ReachableState[],
  wanted: ReadonlySet<string>,
  keep: (costs: Costs) => Costs,
): readonly NearestWays[] {
  const costs = new Map<ReachableState, Costs>();
  let ofStart: Costs = new Map();
  for (const state of states.toReversed()) {
    const ofState = new Map<number, number>(state.final ? [[0, 1]] : []);
    for (const [event, target] of state.moves) {
      costs.get(target)?.forEach((ways, ahead) => {
        const cost = costOf(event, wanted) + ahead;
        ofState.set(cost, (ofState.get(cost) ?? 0) + ways);
      });
    }
    ofStart = keep(ofState);
    costs.set(state, ofStart);
  }
  const [start] = states;
  if (start === undefined) return [];
  return [...ofStart]
    .sort(([a], [b]) => a - b)
    .map(([cost, ways]) => ({
      flips: wanted.size + cost,
      ...counted(ways),
      ways: (prefers = 'running_order', first) => {
        const from = first === undefined ? start : onlyInto(start, first);
        return waysOf(from, cost, costs, wanted, prefers);
      },
    }));
}

function* waysOf(
  state: ReachableState,
  cost: number,
  costs: ReadonlyMap<ReachableState, Costs>,
  wanted: ReadonlySet<string>,
  prefers: Preference,
): Generator<readonly string[]> {
  if (state.final && cost === 0) yield [];
  const moves = [...state.moves];
  for (const [event, target] of prefers === 'flips' ? flipsFirst(moves, wanted) : moves) {
    const ahead = cost - costOf(event, wanted);
    if (!costs.get(target)?.has(ahead)) continue;
    for (const rest of waysOf(target, ahead, costs, wanted, prefers)) yield [event, ...rest];
  }
}

/** A state without the moves that lead elsewhere. */
function onlyInto(state: ReachableState, allowed: StateTest): ReachableState {
  return { ...state, moves: new Map([...state.moves].filter(([, target]) => allowed(target))) };
}

/** Moves in the order in which their ways begin to differ from what is wanted: an unwanted event early on, then what leaves out most. */
function flipsFirst<Move extends readonly [string, unknown]>(
  moves: readonly Move[],
  wanted: ReadonlySet<string>,
): readonly Move[] {
  const isWanted = ([event]: Move) => wanted.has(event);
  return [...moves.filter((move) => !isWanted(move)), ...moves.filter(isWanted).reverse()];
}

/** How many ways lead to the end. */
export function countWays(states: readonly ReachableState[]): WayCount {
  const ways = new Map<ReachableState, number>();
  let count = 0;
  for (const state of states.toReversed()) {
    count = state.final ? 1 : 0;
    for (const target of state.moves.values()) count += Number(ways.get(target));
    ways.set(state, count);
  }
  return counted(count);
}

/** Every way to the end as its events, the shortest first, equally long ones by the names of their events. */
export function* allWays(states: readonly ReachableState[]): Generator<readonly string[]> {
  const [start] = states;
  // Bit n: some way of n events leads from the state to the end.
  const lengths = new Map<ReachableState, bigint>();
  const lengthsFrom = (state: ReachableState) => lengths.get(state) ?? 0n;
  for (const state of states.toReversed()) {
    let bits = lengthsFrom(state) | (state.final ? 1n : 0n);
    for (const target of state.moves.values()) bits |= lengthsFrom(target) << 1n;
    lengths.set(state, bits);
  }
  if (start === undefined) return;
  for (let length = 0, left = lengthsFrom(start); left !== 0n; left >>= 1n, length += 1)
    if ((left & 1n) === 1n) yield* waysOfLength(start, length, lengthsFrom);
}

function* waysOfLength(
  state: ReachableState,
  length: number,
  lengthsFrom: (state: ReachableState) => bigint,
): Generator<readonly string[]> {
  if (length === 0) yield [];
  for (const [event, target] of [...state.moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const fits = length > 0 && ((lengthsFrom(target) >> BigInt(length - 1)) & 1n) === 1n;
    if (fits) for (const rest of waysOfLength(target, length - 1, lengthsFrom)) yield [event, ...rest];
  }
}

function counted(ways: number): WayCount {
  const count = Math.min(ways, Number.MAX_SAFE_INTEGER);
  return { count, at_least: count < ways };
}
