import { type Ahead, eventsAhead } from './ahead.ts';
import { type ReachableState, statesWithAnEnd } from './reachable-states.ts';

/** Whether a sequence has one order for each set of stages and passes; if not, two orders of one set. */
export type Ambiguity =
  | { readonly kind: 'none' }
  | { readonly kind: 'orders'; readonly orders: readonly [readonly string[], readonly string[]] }
  | { readonly kind: 'undecided'; readonly pairs: number };

/** Two ways that have parted: where each stands, and what only one of them has taken so far. */
interface Pair {
  readonly one: ReachableState;
  readonly other: ReachableState;
  readonly onlyOne: bigint;
  readonly onlyOther: bigint;
  /** The pair that it came from, or the state where the ways part. */
  readonly before: Pair | ReachableState;
  readonly step: { readonly one?: string; readonly other?: string };
}

/** How many pairs of ways are looked at before the search gives up. */
export const mostPairs = 100_000;

/**
 * Looks for two ways to the end that take the same events in another order. `states` stand each before those that it
 * leads to.
 *
 * It follows pairs of ways from the state where they part, the one that is behind first, and drops a pair as soon as
 * one way can no longer take what the other took or must take. The problem is hard in general, so the search has a bound.
 */
export function findAmbiguity(reached: readonly ReachableState[], bound: number = mostPairs): Ambiguity {
  const states = statesWithAnEnd(reached);
  const ahead = eventsAhead(states);
  const places = new Map(states.map((state, index) => [state, index]));
  const placeOf = (state: ReachableState) => Number(places.get(state));
  const seen = new Set<string>();
  const open: Pair[] = [];
  const visit = (pair: Pair) => {
    const key = `${placeOf(pair.one)} ${placeOf(pair.other)} ${pair.onlyOne} ${pair.onlyOther}`;
    if (seen.has(key) || !canStillAgree(pair, ahead)) return;
    seen.add(key);
    open.push(pair);
  };
  for (const parting of partings(states, ahead)) {
    visit(parting);
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      if (agree(pair)) return { kind: 'orders', orders: ordersOf(pair, states) };
      if (seen.size > bound) return { kind: 'undecided', pairs: bound };
      const oneIsBehind = pair.other.final || (!pair.one.final && placeOf(pair.one) <= placeOf(pair.other));
      for (const further of oneIsBehind ? advanceOne(pair, ahead) : advanceOther(pair, ahead)) visit(further);
    }
  }
  return { kind: 'none' };
}

/** Every two events of one state that can come after each other in either order. */
function* partings(states: readonly ReachableState[], ahead: Ahead): Generator<Pair> {
  const rivals = rivalsOf(states, ahead);
  for (const state of states) {
    for (const [event, one] of state.moves) {
      for (const rival of rivals.get(event) ?? []) {
        const other = state.moves.get(rival);
        if (other === undefined || event > rival) continue;
        const [onlyOne, onlyOther] = [ahead.bitOf(event), ahead.bitOf(rival)];
        yield { one, other, onlyOne, onlyOther, before: state, step: { one: event, other: rival } };
      }
    }
  }
}

/** For each event the others that can come after it as well as before it. */
function rivalsOf(
  states: readonly ReachableState[],
  { bitOf, some }: Ahead,
): ReadonlyMap<string, readonly string[]> {
  const before = new Map<ReachableState, bigint>();
  const rivals = new Map<string, { earlier: bigint; later: bigint }>();
  for (const state of states) {
    const taken = before.get(state) ?? 0n;
    for (const [event, target] of state.moves) {
      before.set(target, (before.get(target) ?? 0n) | taken | bitOf(event));
      const { earlier, later } = rivals.get(event) ?? { earlier: 0n, later: 0n };
      rivals.set(event, { earlier: earlier | taken, later: later | some(target) });
    }
  }
  const events = [...rivals.keys()];
  return new Map(
    [...rivals].flatMap(([event, { earlier, later }]) => {
      const both = earlier & later;
      return both === 0n ? [] : [[event, events.filter((other) => (both & bitOf(other)) !== 0n)] as const];
    }),
  );
}

function canStillAgree({ one, other, onlyOne, onlyOther }: Pair, { some, every }: Ahead): boolean {
  const lacks = (needed: bigint, available: bigint) => (needed & ~available) !== 0n;
  const oneCan = some(one);
  const otherCan = some(other);
  return !(
    lacks(onlyOne, otherCan) ||
    lacks(onlyOther, oneCan) ||
    lacks(every(other), onlyOne | oneCan) ||
    lacks(every(one), onlyOther | otherCan)
  );
}

function agree({ one, other, onlyOne, onlyOther }: Pair): boolean {
  return onlyOne === 0n && onlyOther === 0n && (one === other || (one.final && other.final));
}

function advanceOne(pair: Pair, { bitOf }: Ahead): readonly Pair[] {
  return [...pair.one.moves].map(([event, one]) => {
    const [onlyOne, onlyOther] = take(bitOf(event), pair.onlyOne, pair.onlyOther);
    return { one, other: pair.other, onlyOne, onlyOther, before: pair, step: { one: event } };
  });
}

function advanceOther(pair: Pair, { bitOf }: Ahead): readonly Pair[] {
  return [...pair.other.moves].map(([event, other]) => {
    const [onlyOther, onlyOne] = take(bitOf(event), pair.onlyOther, pair.onlyOne);
    return { one: pair.one, other, onlyOne, onlyOther, before: pair, step: { other: event } };
  });
}

/** What only the one that takes an event has taken then, and what only the other. */
function take(event: bigint, own: bigint, others: bigint): readonly [own: bigint, others: bigint] {
  return (others & event) === 0n ? [own | event, others] : [own, others & ~event];
}

/** The two orders that a pair stands for: a way to where they part, what each took since, and a way to the end. */
function ordersOf(
  pair: Pair,
  states: readonly ReachableState[],
): readonly [readonly string[], readonly string[]] {
  const one = wayOn(pair.one);
  const other = wayOn(pair.other);
  let at: Pair | ReachableState = pair;
  while ('step' in at) {
    if (at.step.one !== undefined) one.unshift(at.step.one);
    if (at.step.other !== undefined) other.unshift(at.step.other);
    at = at.before;
  }
  const prefix = wayTo(at, states);
  return [
    [...prefix, ...one],
    [...prefix, ...other],
  ];
}

/** The events of some way from a state to the end. */
function wayOn(from: ReachableState): string[] {
  const way: string[] = [];
  for (let step = firstMove(from); step !== undefined; step = firstMove(step[1])) way.push(step[0]);
  return way;
}

function firstMove({ moves }: ReachableState): [string, ReachableState] | undefined {
  return moves.entries().next().value;
}

/** The events of some way from the start to a state. */
function wayTo(goal: ReachableState, states: readonly ReachableState[]): readonly string[] {
  const way: string[] = [];
  let at = goal;
  for (const state of states.toReversed()) {
    const step = [...state.moves].find(([, target]) => target === at);
    if (step === undefined) continue;
    way.unshift(step[0]);
    at = state;
  }
  return way;
}
