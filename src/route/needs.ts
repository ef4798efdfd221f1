import type { ReachableState } from '../sequence/reachable-states.ts';
import type { SequenceReading } from '../sequence/reading.ts';

/** What stands between a run and one event that it wants, by the ways that take it and flip the fewest other switches. */
export interface Needs {
  /** Events that are not wanted, of which one has to come before it, in running order. */
  readonly needs: readonly string[];
  /** Events that are wanted, and that leave no room for it, in running order. */
  readonly excluded_by: readonly string[];
}

/** Where a way stands, before the event in question or behind it. */
interface Place {
  readonly state: ReachableState;
  readonly taken: boolean;
}

type Move = readonly [event: string, to: Place];

/** Finds what a run lacks for one of its events. Linear in the transitions of the sequence. */
export function needsOf(
  { states, runningOrder }: Pick<SequenceReading, 'states' | 'runningOrder'>,
  wanted: ReadonlySet<string>,
  event: string,
): Needs {
  const [state] = states;
  if (state === undefined) return { needs: [], excluded_by: [] };
  const start = { state, taken: false };
  const cheapest = cheapestMoves(states, wanted, event);
  const onlyWanted = (place: Place) => cheapest(place).filter(([move]) => wanted.has(move));
  const free = movesFrom(start, onlyWanted);
  const isFree = free.some(([move]) => move === event);
  const before = isFree ? [] : [start, ...free.map(([, to]) => to)];
  const lacking = new Set(before.flatMap(cheapest).map(([move]) => move));
  const passed = new Set(movesFrom(start, cheapest).map(([move]) => move));
  return {
    needs: runningOrder.filter((other) => lacking.has(other) && !wanted.has(other)),
    excluded_by:
      passed.size === 0 ? [] : runningOrder.filter((other) => wanted.has(other) && !passed.has(other)),
  };
}

/** Every move that can be made from a place on. */
function movesFrom(first: Place, movesAt: (place: Place) => readonly Move[]): readonly Move[] {
  const known = { before: new Set([first.state]), behind: new Set<ReachableState>() };
  const moves = [...movesAt(first)];
  for (const [, to] of moves) {
    const places = to.taken ? known.behind : known.before;
    if (places.size < places.add(to.state).size) moves.push(...movesAt(to));
  }
  return moves;
}

/** The moves of the ways that take an event: a wanted one costs -1, any other 1, the end nothing. */
function cheapestMoves(
  states: readonly ReachableState[],
  wanted: ReadonlySet<string>,
  event: string,
): (place: Place) => readonly Move[] {
  const costs = { before: new Map<ReachableState, number>(), behind: new Map<ReachableState, number>() };
  const costOf = ({ state, taken }: Place) => Number((taken ? costs.behind : costs.before).get(state));
  const movesOf = ({ state, taken }: Place) =>
    [...state.moves].map(([move, to]): readonly [cost: number, move: Move] => {
      const place = { state: to, taken: taken || move === event };
      const price = to.final ? 0 : wanted.has(move) ? -1 : 1;
      return [price + costOf(place), [move, place]];
    });
  const least = (place: Place) => Math.min(...movesOf(place).map(([cost]) => cost));
  for (const state of states.toReversed()) {
    costs.behind.set(state, state.final ? 0 : least({ state, taken: true }));
    costs.before.set(state, least({ state, taken: false }));
  }
  return (place) => {
    const cost = costOf(place);
    if (!Number.isFinite(cost)) return [];
    return movesOf(place).flatMap(([through, move]) => (through === cost ? [move] : []));
  };
}
