import { describe, expect, test } from 'vitest';
import type { ReachableState } from '../../src/sequence/reachable-states.ts';
import { longestWay } from '../../src/sequence/running-order.ts';
import { allWays, countWays, nearestWays, waysByDistance } from '../../src/sequence/ways.ts';
import { distance, everyWay, forks, random, randomGraph, someEvents } from './graphs.ts';

const next = random(20_260_202);
const graphs = Array.from({ length: 2000 }, () => {
  const states = randomGraph(next);
  return { states, wanted: someEvents(states, next), ways: everyWay(states) };
});

const written = (ways: Iterable<readonly string[]>) => Array.from(ways, (way) => way.join());

/** The levels of equal distance, the nearest first, by a list of all ways. */
function levelsOf(ways: readonly (readonly string[])[], wanted: ReadonlySet<string>) {
  const levels = new Map<number, (readonly string[])[]>();
  for (const way of ways) {
    const flips = distance(way, wanted);
    levels.set(flips, [...(levels.get(flips) ?? []), way]);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([flips, nearest]) => ({ flips, nearest }));
}

describe('of 2,000 random graphs', () => {
  test('nearestWays finds the distance, the count and the ways themselves, in the order of its moves', () => {
    for (const { states, wanted, ways } of graphs) {
      const [level] = levelsOf(ways, wanted);
      const nearest = nearestWays(states, wanted);
      expect(nearest?.flips).toBe(level?.flips);
      expect(nearest?.count).toBe(level?.nearest.length);
      expect(written(nearest?.ways() ?? [])).toEqual(written(level?.nearest ?? []));
    }
    expect(graphs.filter(({ ways }) => ways.length > 20).length).toBeGreaterThan(50);
  });

  test('where two of the nearest ways part, the one that adds an event goes first, then the one that leaves out most', () => {
    for (const { states, wanted, ways } of graphs) {
      const [level] = levelsOf(ways, wanted);
      const sorted = (level?.nearest ?? []).toSorted((a, b) => {
        const at = a.findIndex((event, index) => event !== b[index]);
        const events = [...(stateBehind(states, a.slice(0, at))?.moves.keys() ?? [])];
        const rank = (event = '') =>
          wanted.has(event) ? 2 * events.length - events.indexOf(event) : events.indexOf(event);
        return rank(a[at]) - rank(b[at]);
      });
      expect(written(nearestWays(states, wanted)?.ways('flips') ?? [])).toEqual(written(sorted));
    }
  });

  test('the ways into some first states are those among all that begin there', () => {
    for (const { states, wanted, ways } of graphs) {
      const [level] = levelsOf(ways, wanted);
      const isEven = (state: ReachableState) => states.indexOf(state) % 2 === 0;
      const into = (level?.nearest ?? []).filter((way) => {
        const entered = stateBehind(states, way.slice(0, 1));
        return entered !== undefined && isEven(entered);
      });
      expect(written(nearestWays(states, wanted)?.ways('running_order', isEven) ?? [])).toEqual(
        written(into),
      );
    }
  });

  test('waysByDistance finds every level with its ways', () => {
    for (const { states, wanted, ways } of graphs) {
      const found = waysByDistance(states, wanted).map((level) => ({
        flips: level.flips,
        count: level.count,
        ways: written(level.ways()),
      }));
      const expected = levelsOf(ways, wanted).map(({ flips, nearest }) => ({
        flips,
        count: nearest.length,
        ways: written(nearest),
      }));
      expect(found).toEqual(expected);
    }
  });

  test('countWays counts the ways, and allWays lists them, the shortest first, then by name', () => {
    for (const { states, ways } of graphs) {
      expect(countWays(states)).toEqual({ count: ways.length, at_least: false });
      const sorted = ways.toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
      expect(written(allWays(states))).toEqual(written(sorted));
    }
  });

  test('longestWay goes as far as the wanted events lead, and of equally long ways takes the first by name', () => {
    for (const { states, wanted } of graphs) {
      const [first] = walksOver(states, wanted).toSorted(
        (a, b) => b.length - a.length || (a.join() < b.join() ? -1 : 1),
      );
      expect(longestWay(states, (event) => wanted.has(event))).toEqual(first);
    }
  });
});

/** The state that some events lead to from the start. */
function stateBehind(
  [start]: readonly ReachableState[],
  events: readonly string[],
): ReachableState | undefined {
  return events.reduce((state, event) => state?.moves.get(event), start);
}

/** Every walk from the start over wanted events, wherever it stops. */
function walksOver(
  [start]: readonly ReachableState[],
  wanted: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const from = (state: ReachableState): readonly (readonly string[])[] => [
    [],
    ...[...state.moves]
      .filter(([event]) => wanted.has(event))
      .flatMap(([event, target]) => from(target).map((rest) => [event, ...rest])),
  ];
  return start === undefined ? [] : from(start);
}

describe('where there are more ways than a number can tell apart', () => {
  test('up to 2^53 - 1 they are counted, beyond that there are at least so many', () => {
    expect(countWays(forks(52))).toEqual({ count: 2 ** 52, at_least: false });
    expect(countWays(forks(53))).toEqual({ count: Number.MAX_SAFE_INTEGER, at_least: true });
    expect(countWays(forks(2000))).toEqual({ count: Number.MAX_SAFE_INTEGER, at_least: true });
  });

  test('the nearest ones are counted so too, and the first of them are listed all the same', () => {
    const nearest = nearestWays(forks(60), new Set());
    expect(nearest).toMatchObject({ flips: 60, count: Number.MAX_SAFE_INTEGER, at_least: true });
    const [first] = nearest?.ways() ?? [];
    expect(first).toHaveLength(60);
    expect(nearestWays(forks(60), new Set(['stage.a0']))).toMatchObject({ flips: 59, at_least: true });
  });

  test('allWays begins to list them', () => {
    const ways = allWays(forks(60))[Symbol.iterator]();
    expect(ways.next().value?.at(-1)).toBe('stage.a59');
    expect(ways.next().value?.at(-1)).toBe('stage.b59');
  });
});

test('from a state that is an end, the way of no event leads there', () => {
  const [end] = forks(0);
  const states = end === undefined ? [] : [{ ...end, final: true, moves: new Map() }];
  expect([...(nearestWays(states, new Set(['stage.a']))?.ways() ?? [])]).toEqual([[]]);
  expect([...allWays(states)]).toEqual([[]]);
});

test('of no states there is no way', () => {
  expect(nearestWays([], new Set())).toBeUndefined();
  expect(countWays([])).toEqual({ count: 0, at_least: false });
  expect([...allWays([])]).toEqual([]);
  expect(longestWay([], () => true)).toEqual([]);
});
