import type { StageSequence } from '../../src/index.ts';
import { eventsAhead } from '../../src/sequence/ahead.ts';
import type { ReachableState } from '../../src/sequence/reachable-states.ts';
import { repeatedEvents } from '../../src/sequence/repeated-events.ts';
import { sequenceOf } from '../growth/machines.ts';

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A graph without circles, in which no way takes an event twice; each state stands before those that it leads to. */
export function randomGraph(next: () => number): readonly ReachableState[] {
  return next() < 0.5 ? randomTree(next) : randomOrders(next);
}

/** Some ways at random as a tree, of which then some states become one. */
function randomTree(next: () => number): readonly ReachableState[] {
  const below = (bound: number) => Math.floor(next() * bound);
  const events = Array.from({ length: 2 + below(6) }, (_, index) => `stage.e${index}`);
  const end = stateOf('end', true);
  const start = stateOf('start', false);
  for (let ways = 2 + below(16); ways > 0; ways -= 1) {
    let at = start;
    for (const event of shuffled(events, next).slice(0, 1 + below(events.length))) at = branch(at, event);
    if (next() < 0.9) at.moves.set('plan.finished', end);
  }
  for (let merges = below(40); merges > 0; merges -= 1) {
    const states = inOrder(start).filter(({ final }) => !final);
    const [source, target] = [states[below(states.length)], states[below(states.length)]];
    const event = [...(source?.moves.keys() ?? [])][below(source?.moves.size ?? 0)];
    if (source === undefined || target === undefined || event === undefined || event === 'plan.finished')
      continue;
    const before = source.moves.get(event);
    source.moves.set(event, target);
    const merged = inOrder(start);
    const repeats = repeatedEvents(merged, eventsAhead(merged));
    if (repeats.length > 0 && before !== undefined) source.moves.set(event, before);
  }
  return inOrder(start);
}

/** The same events in one or two orders, each with whatever it may leave out. */
function randomOrders(next: () => number): readonly ReachableState[] {
  const events = Array.from({ length: 2 + Math.floor(next() * 6) }, (_, index) => `stage.e${index}`);
  const end = stateOf('end', true);
  const start = stateOf('start', false);
  for (let orders = 1 + Math.floor(next() * 2); orders > 0; orders -= 1) {
    const density = 0.3 + next() * 0.7;
    const order = shuffled(events, next).map((event) => ({
      event,
      state: stateOf(`${event} ${orders}`, false),
    }));
    for (const [index, { state }] of [{ state: start }, ...order].entries()) {
      for (const { event, state: target } of order.slice(index))
        if (next() < density) state.moves.set(event, target);
      if (state !== start && next() < 0.8) state.moves.set('plan.finished', end);
    }
  }
  return inOrder(start);
}

/** Choices one after the other, each between some events, of which a few lead nowhere on. */
export function randomChoices(next: () => number): readonly ReachableState[] {
  const end = stateOf('end', true);
  let after: readonly ReachableState[] = [];
  for (let choice = 4 + Math.floor(next() * 3); choice >= 0; choice -= 1) {
    const states = Array.from({ length: choice === 0 ? 1 : 2 + Math.floor(next() * 2) }, (_, index) =>
      stateOf(`stage.e${choice}${'abc'[index]}`, false),
    );
    for (const { moves } of states) {
      if (after.length === 0) moves.set('plan.finished', end);
      for (const target of after) if (next() < 0.9) moves.set(target.name, target);
    }
    after = states;
  }
  const [start = end] = after;
  return inOrder(start);
}

function branch(state: ReachableState, event: string): ReachableState {
  const target = state.moves.get(event) ?? stateOf(`${state.name} ${event}`, false);
  state.moves.set(event, target);
  return target;
}

function shuffled<Item>(items: readonly Item[], next: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** The states that one leads to, itself first, each before those that it leads to. */
function inOrder(start: ReachableState): readonly ReachableState[] {
  const left = new Set<ReachableState>();
  const entered = new Set<ReachableState>();
  const visit = (state: ReachableState) => {
    if (entered.has(state)) return;
    entered.add(state);
    for (const target of state.moves.values()) visit(target);
    left.add(state);
  };
  visit(start);
  return [...left].reverse();
}

/** Every way from the first state to an end, depth first, in the order of the moves. */
export function everyWay([start]: readonly ReachableState[]): readonly (readonly string[])[] {
  const from = (state: ReachableState): readonly (readonly string[])[] => [
    ...(state.final ? [[]] : []),
    ...[...state.moves].flatMap(([event, target]) => from(target).map((rest) => [event, ...rest])),
  ];
  return start === undefined ? [] : from(start);
}

/** The events of a way as a set, written so that equal sets are equal. */
export function setOf(way: readonly string[]): string {
  return way.toSorted().join();
}

export function stateOf(name: string, final: boolean): ReachableState {
  const meta = { stage_type: null, pass: null, takes: 'image', gives: 'image' } as const;
  return { name, outer: meta, inner: meta, final, moves: new Map() };
}

/** Some of the events of a graph, at random, but for the one that ends every way. */
export function someEvents(states: readonly ReachableState[], next: () => number): ReadonlySet<string> {
  const share = next();
  const events = new Set(states.flatMap(({ moves }) => [...moves.keys()]));
  return new Set([...events].filter((event) => event !== 'plan.finished' && next() < share));
}

/** How many events two sets do not share; the end counts for nothing. */
export function distance(way: readonly string[], wanted: ReadonlySet<string>): number {
  const taken = way.filter((event) => event !== 'plan.finished');
  const shared = taken.filter((event) => wanted.has(event)).length;
  return taken.length + wanted.size - 2 * shared;
}

/** A chain of forks, each with two ways that meet again: two to the power of its length are its ways. */
export function forks(length: number): readonly ReachableState[] {
  const states = Array.from({ length: length + 1 }, (_, index) => stateOf(`q${index}`, index === length));
  for (const [index, state] of states.slice(0, -1).entries()) {
    const target = states[index + 1];
    if (target !== undefined)
      for (const letter of ['a', 'b']) state.moves.set(`stage.${letter}${index}`, target);
  }
  return states;
}

/** A machine with these states. */
export function machineOf(states: readonly ReachableState[]): StageSequence {
  const nameOf = (state: ReachableState) => {
    if (state.final) return 'complete';
    return state === states[0] ? 'start' : `q${states.indexOf(state)}`;
  };
  const named = states
    .filter(({ final }) => !final)
    .map((state) => {
      const on = [...state.moves].map(([event, target]) => [event, nameOf(target)]);
      return [nameOf(state), { stage: null, on: Object.fromEntries(on) }];
    });
  return sequenceOf('random', Object.fromEntries(named));
}
