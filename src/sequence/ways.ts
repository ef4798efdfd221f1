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
        return waysFrom(
          { state: from, left: cost },
          {
            price: (event) => costOf(event, wanted),
            reaches: ({ state, left }) => costs.get(state)?.has(left) === true,
            sort: (moves) => (prefers === 'flips' ? flipsFirst(moves, wanted) : moves),
          },
        );
      },
    }));
}

/** A state on a way, and what the rest of the way has left to spend. */
interface Place {
  readonly state: ReachableState;
  readonly left: number;
}

interface Travel {
  readonly price: (event: string) => number;
  /** Whether a way leads from the place to the end that spends what is left. */
  readonly reaches: (place: Place) => boolean;
  readonly sort: (moves: readonly Move[]) => readonly Move[];
}

type Move = readonly [event: string, target: ReachableState];

/** The ways that spend all that is left, each as its events, depth first. Without recursion: a way can be longer than a stack is deep. */
function* waysFrom(start: Place, { price, reaches, sort }: Travel): Generator<readonly string[]> {
  const movesFrom = ({ state, left }: Place) =>
    sort([...state.moves])
      .map(([event, target]) => ({ event, place: { state: target, left: left - price(event) } }))
      .filter(({ place }) => reaches(place))
      .values();
  const events: string[] = [];
  const open = [movesFrom(start)];
  if (start.state.final && start.left === 0) yield [];
  for (let ahead = open.at(-1); ahead !== undefined; ahead = open.at(-1)) {
    const { value: move } = ahead.next();
    if (move === undefined) {
      open.pop();
      events.pop();
      continue;
    }
    const { event, place } = move;
    events.push(event);
    if (place.state.final && place.left === 0) yield [...events];
    open.push(movesFrom(place));
  }
}

/** A state without the moves that lead elsewhere. */
function onlyInto(state: ReachableState, allowed: StateTest): ReachableState {
  return { ...state, moves: new Map([...state.moves].filter(([, target]) => allowed(target))) };
}

/** Moves in the order in which their ways begin to differ from what is wanted: an unwanted event early on, then what leaves out most. */
function flipsFirst(moves: readonly Move[], wanted: ReadonlySet<string>): readonly Move[] {
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
  const travel: Travel = {
    price: () => 1,
    reaches: ({ state, left }) => left >= 0 && ((lengthsFrom(state) >> BigInt(left)) & 1n) === 1n,
    sort: (moves) => moves.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
  for (let length = 0, left = lengthsFrom(start); left !== 0n; left >>= 1n, length += 1)
    if ((left & 1n) === 1n) yield* waysFrom({ state: start, left: length }, travel);
}

function counted(ways: number): WayCount {
  const count = Math.min(ways, Number.MAX_SAFE_INTEGER);
  return { count, at_least: count < ways };
}
