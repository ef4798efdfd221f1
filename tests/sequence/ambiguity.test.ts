import { describe, expect, test } from 'vitest';
import { defaultPolicies, everythingAllowed } from '../../machines/policies.ts';
import { sequences } from '../../src/index.ts';
import { findAmbiguity, mostPairs } from '../../src/sequence/ambiguity.ts';
import type { ReachableState } from '../../src/sequence/reachable-states.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { checkSequence } from '../../src/testing/index.ts';
import { choices, evenOrOdd, optionalStages, withStandIn } from '../growth/machines.ts';
import { everyWay, random, randomGraph, setOf, stateOf } from './graphs.ts';

test('agrees with a list of all ways about 5,000 random graphs, and its two orders are ways of one set', () => {
  const next = random(20_260_101);
  const found = { none: 0, orders: 0, undecided: 0 };
  for (let round = 0; round < 5000; round += 1) {
    const states = randomGraph(next);
    const ways = everyWay(states);
    const sets = new Set(ways.map(setOf));
    const ambiguity = findAmbiguity(states);
    found[ambiguity.kind] += 1;
    expect(ambiguity.kind, `graph ${round}`).toBe(sets.size === ways.length ? 'none' : 'orders');
    if (ambiguity.kind !== 'orders') continue;
    const [one, other] = ambiguity.orders;
    const written = ways.map((way) => way.join());
    expect(written).toContain(one.join());
    expect(written).toContain(other.join());
    expect(one.join()).not.toBe(other.join());
    expect(setOf(one)).toBe(setOf(other));
  }
  expect(found.none).toBeGreaterThan(1000);
  expect(found.orders).toBeGreaterThan(1000);
});

/** How many pairs of ways the search looks at before it finds no second order: the smallest bound that it needs. */
function pairsOf(states: readonly ReachableState[]): number {
  let [tooFew, enough] = [-1, mostPairs];
  while (enough - tooFew > 1) {
    const bound = Math.floor((tooFew + enough) / 2);
    if (findAmbiguity(states, bound).kind === 'none') enough = bound;
    else tooFew = bound;
  }
  return enough;
}

describe('where no way shows before its end that it has no rival', () => {
  const statesOf = (count: number) => readSequence(evenOrOdd(count), defaultPolicies).states;

  test('it finds out that there is none, in pairs that double with each choice', () => {
    expect([2, 4, 6, 8].map((count) => pairsOf(statesOf(count)))).toEqual([0, 44, 224, 944]);
  });

  test('it gives up beyond its bound, and says so', () => {
    expect(findAmbiguity(statesOf(8), 10)).toEqual({ kind: 'undecided', pairs: 10 });
    expect(checkSequence(evenOrOdd(20))).toEqual([
      {
        code: 'undecided_order',
        state: '',
        message:
          'Whether each set has one order was not decided within 100000 pairs of ways: split the sequence, or let fewer stages stand in more than one place.',
      },
    ]);
  });
});

test('of 64 stages with a pass that opens one of them it looks at no pair: each is dropped where it begins', () => {
  const machine = withStandIn(64);
  expect(checkSequence(machine)).toEqual([]);
  expect(pairsOf(readSequence(machine, defaultPolicies).states)).toBe(0);
});

test.each([
  ['64 optional stages', optionalStages(64)],
  ['64 choices', choices(64)],
  ...Object.entries(sequences),
])('of %s it looks at no pair, or at few', (_, machine) => {
  expect(pairsOf(readSequence(machine, everythingAllowed).states)).toBeLessThan(20);
});

test('two orders may end in two states, each of them an end', () => {
  const [a, b] = ['stage.a', 'stage.b'];
  const end = (name: string) => stateOf(name, true);
  const [start, first, second] = ['start', 'first', 'second'].map((name) => stateOf(name, false));
  if (start === undefined || first === undefined || second === undefined) return;
  const ends = [end('one'), end('other')] as const;
  start.moves.set(a, first).set(b, second);
  first.moves.set(b, ends[0]);
  second.moves.set(a, ends[1]);
  expect(findAmbiguity([start, first, second, ...ends])).toEqual({
    kind: 'orders',
    orders: [
      [a, b],
      [b, a],
    ],
  });
});
