import { describe, expect, test } from 'vitest';
import { defaultPolicies, everyPolicy, type SequencePolicies } from '../../machines/policies.ts';
import { explainStagePlan, sequences } from '../../src/index.ts';
import { type Fixes, nearestFixes } from '../../src/route/fixes.ts';
import { needsOf } from '../../src/route/needs.ts';
import { routeThrough } from '../../src/route/route.ts';
import { switchesOf } from '../../src/route/switches.ts';
import { planFinished, switchOf } from '../../src/sequence/events.ts';
import { readSequence, type SequenceReading } from '../../src/sequence/reading.ts';
import { choices, optionalStages, sequenceOf, stageNames } from '../growth/machines.ts';
import { changeState, rebuild } from '../rebuild.ts';
import {
  distance,
  everyWay,
  machineOf,
  random,
  randomChoices,
  randomGraph,
  setOf,
  someEvents,
} from '../sequence/graphs.ts';
import { undecided } from '../undecided.ts';

/** The switches in which the nearest legal sets differ from the wanted one, in running order, by a list of all ways. */
function nearestFlips(reading: SequenceReading, wanted: ReadonlySet<string>): readonly (readonly string[])[] {
  const ways = everyWay(reading.states);
  const counts = new Map<string, number>();
  for (const way of ways) counts.set(setOf(way), (counts.get(setOf(way)) ?? 0) + 1);
  const legal = ways.filter((way) => counts.get(setOf(way)) === 1);
  const least = Math.min(...legal.map((way) => distance(way, wanted)));
  const order = [...new Set([...reading.runningOrder.map(switchOf), ...reading.switches.keys()])];
  return legal
    .filter((way) => distance(way, wanted) === least)
    .map((way) => order.filter((name) => holds(way, name) !== holds([...wanted], name)))
    .sort((a, b) => {
      const at = a.findIndex((name, index) => name !== b[index]);
      return order.indexOf(a[at] ?? '') - order.indexOf(b[at] ?? '');
    });
}

function holds(events: readonly string[], name: string): boolean {
  return events.some((event) => event !== planFinished && switchOf(event) === name);
}

function fixesOf(reading: SequenceReading, run: Readonly<Record<string, boolean>>): Fixes {
  return nearestFixes(reading, switchesOf(reading, run), {
    hasImage: false,
    openable: [],
    stated: undefined,
  });
}

/** Compares the fixes of some wanted events with all sets there are. */
function compare(reading: SequenceReading, wanted: ReadonlySet<string>): number {
  const run = Object.fromEntries([...wanted].map((event) => [switchOf(event), true]));
  const { fixes, fix_count } = fixesOf(reading, run);
  const expected = nearestFlips(reading, wanted);
  expect(fix_count).toEqual({ count: expected.length, at_least: false });
  expect(fixes.map(({ change }) => new Set(Object.keys(change)))).toEqual(
    expected.slice(0, 20).map((names) => new Set(names)),
  );
  for (const { change, flips } of fixes) {
    expect(flips).toBe(expected[0]?.length);
    for (const [name, on] of Object.entries(change)) expect(on).toBe(run[name] !== true);
  }
  return expected.length;
}

describe.each(Object.entries(sequences))('the fixes of %s', (_, sequence) => {
  test.each(everyPolicy)('are the nearest legal sets of all sets of switches, under %o', (policies) => {
    const reading = readSequence(sequence, policies);
    const events = [...reading.switches.values()];
    for (let bits = 0; bits < 2 ** events.length; bits += 1)
      compare(reading, new Set(events.filter((_event, index) => (bits >> index) & 1)));
  });
});

test('the fixes of 1,000 random sequences are the nearest sets that have one order and no more', () => {
  const next = random(20_260_303);
  const counts: number[] = [];
  let ambiguous = 0;
  for (let round = 0; round < 1000; round += 1) {
    const states = randomGraph(next);
    const reading = readSequence(machineOf(states), defaultPolicies);
    if (reading.ambiguity.kind === 'orders') ambiguous += 1;
    counts.push(compare(reading, someEvents(states, next)));
  }
  expect(ambiguous).toBeGreaterThan(200);
  expect(Math.max(...counts)).toBeGreaterThan(5);
});

test('of 200 random rows of choices the first 20 of the nearest sets are listed, and all are counted', () => {
  const next = random(20_260_404);
  const counts = Array.from({ length: 200 }, () => {
    const states = randomChoices(next);
    const some = someEvents(states, next);
    const wanted = new Set([...some].filter(() => next() < 0.3));
    return compare(readSequence(machineOf(states), defaultPolicies), wanted);
  });
  expect(counts.filter((count) => count > 20).length).toBeGreaterThan(50);
});

test('of more than can be listed those from the existing image come first, in the order of what they flip', () => {
  const meta = { stage_type: 'b1', pass: null, takes: 'image', gives: 'image' };
  const reading = readSequence(changeState(choices(6), 'b1', { meta }), defaultPolicies);
  const run = { a2_enabled: true, b2_enabled: true };
  const terms = { hasImage: true, openable: [], stated: undefined };
  const { fixes } = nearestFixes(reading, switchesOf(reading, run), terms);
  const expected = nearestFlips(reading, new Set(['stage.a2', 'stage.b2']));
  const fromImage = expected.filter((names) => names.includes('b1_enabled'));
  expect(fromImage).toHaveLength(32);
  expect(fixes.map(({ change }) => Object.keys(change))).toEqual(fromImage.slice(0, 20));
});

test('where only a policy opens a plan, opening it is the fix', () => {
  const sequence = rebuild(optionalStages(1), (root) => ({
    ...root,
    context: ({ input }: { input: object }) => input,
    states: {
      ...root.states,
      start: {
        ...root.states?.start,
        on: { 'stage.s1': { target: 's1', guard: 'standaloneUpscale' } },
      },
    },
  })).provide({
    guards: { standaloneUpscale: ({ context }: { context: SequencePolicies }) => context.standaloneUpscale },
  });
  const reading = readSequence(sequence, defaultPolicies);
  const terms = { hasImage: false, openable: ['standaloneUpscale'], stated: undefined } as const;
  expect(nearestFixes(reading, switchesOf(reading, { s1_enabled: true }), terms)).toMatchObject({
    fixes: [{ change: {}, options: { standaloneUpscale: true }, flips: 1 }],
    fix_count: { count: 1, at_least: false },
  });
});

test('they stand in the running order of what they flip', () => {
  const reading = readSequence(optionalStages(6), defaultPolicies);
  const { fixes } = fixesOf(reading, {});
  expect(fixes.map(({ message }) => message)).toEqual(
    [1, 2, 3, 4, 5, 6].map((index) => `turn s${index}_enabled on`),
  );
});

test('of very many the first 20 are listed, and all are counted as far as a number goes', () => {
  const many = fixesOf(readSequence(choices(30), defaultPolicies), {});
  expect(many.fixes).toHaveLength(20);
  expect(many.fix_count).toEqual({ count: 2 ** 30, at_least: false });
  const more = fixesOf(readSequence(choices(64), defaultPolicies), {});
  expect(more.fixes.map(({ flips }) => flips)).toEqual(Array.from({ length: 20 }, () => 64));
  expect(more.fix_count).toEqual({ count: Number.MAX_SAFE_INTEGER, at_least: true });
});

test('a set with several orders is no fix: the sequence offers the nearest ones that have one', () => {
  const reading = readSequence(undecided, defaultPolicies);
  const all = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  expect(fixesOf(reading, all)).toMatchObject({
    fixes: [{ change: { adetailer_enabled: false } }, { change: { upscale_enabled: false } }],
    fix_count: { count: 2, at_least: false },
  });
});

test('a stated order that is wrong needs no flip, where the switches have a plan', () => {
  const run = { txt2img_enabled: true, upscale_enabled: true, stage_order: ['upscale', 'txt2img'] };
  expect(explainStagePlan(run)).toMatchObject({
    fixes: [{ flips: 0, change: { stage_order: ['txt2img', 'upscale'] } }],
    fix_count: { count: 1, at_least: false },
  });
});

test('a fix leaves a stated order alone that goes with it already', () => {
  const { fixes } = explainStagePlan({ adetailer_enabled: true, stage_order: ['adetailer'] });
  expect(fixes[0]).toMatchObject({ change: {}, options: { standaloneAdetailer: true } });
  expect(fixes[0]?.message).not.toContain('stage_order');
  expect(fixes[1]).toMatchObject({
    change: { txt2img_enabled: true, stage_order: ['txt2img', 'adetailer'] },
  });
});

test('where the 1,000 nearest ways have rivals it looks no further, and says that there may be more', () => {
  const either = (on: Readonly<Record<string, string>>) => ({ stage: null, on });
  const layers = Array.from({ length: 11 }, (_, index) => {
    const next = index === 10 ? 'last' : `q${index + 1}`;
    return [`q${index}`, either({ [`stage.a${index}`]: next, [`stage.b${index}`]: next })] as const;
  });
  const twice = sequenceOf('twice', {
    start: either({ 'stage.x': 'x', 'stage.y': 'y' }),
    x: either({ 'stage.y': 'q0' }),
    y: either({ 'stage.x': 'q0' }),
    ...Object.fromEntries(layers),
    last: either({ 'plan.finished': 'complete' }),
  });
  const reading = readSequence(twice, defaultPolicies);
  expect(reading.ambiguity.kind).toBe('orders');
  expect(fixesOf(reading, {})).toEqual({ fixes: [], fix_count: { count: 0, at_least: true } });
});

test('a run that has several orders is made legal by the nearest set that has one, however many orders there are', () => {
  const names = stageNames(7);
  const anyOrder = (taken: number): Record<string, { stage: string | null; on: Record<string, string> }> =>
    Object.fromEntries(
      Array.from({ length: 2 ** 7 }, (_, set) => {
        const left = names.filter((_name, index) => ((set >> index) & 1) === 0);
        const on = Object.fromEntries(
          left.map((name) => [`stage.${name}`, `m${set | (1 << names.indexOf(name))}`]),
        );
        return [`m${set}`, { stage: null, on: set === taken ? { 'plan.finished': 'complete' } : on }];
      }),
    );
  const { m0, ...sets } = anyOrder(127);
  const line = names.map((name, index) => {
    const next = names[index + 1];
    return [
      `z${name}`,
      { stage: name, on: next ? { [`stage.${next}`]: `z${next}` } : { 'plan.finished': 'complete' } },
    ];
  });
  const free = sequenceOf('free', {
    start: { stage: null, on: { ...m0?.on, 'stage.z': 'z' } },
    z: { stage: 'z', on: { 'stage.s1': 'zs1' } },
    ...sets,
    ...Object.fromEntries(line),
  });
  const all = Object.fromEntries(names.map((name) => [`${name}_enabled`, true]));
  const { fixes } = fixesOf(readSequence(free, defaultPolicies), all);
  expect(fixes.map(({ change }) => change)).toEqual([{ z_enabled: true }]);
});

test('where nothing can be walked nothing is needed', () => {
  const nowhere = { states: [], runningOrder: [] };
  expect(needsOf(nowhere, new Set(), 'stage.x')).toEqual({ needs: [], excluded_by: [] });
});

test('a route is the same when it was forgotten and is found again', () => {
  const reading = readSequence(optionalStages(11), defaultPolicies);
  const routeOf = (bits: number) => {
    const on = stageNames(11).filter((_, index) => (bits >> index) & 1);
    const run = Object.fromEntries(on.map((stage) => [`${stage}_enabled`, true]));
    return routeThrough(reading, run, { order: 'reject', openable: [] });
  };
  const first = routeOf(3);
  expect(routeOf(3)).toBe(first);
  for (let bits = 0; bits < 2 ** 11; bits += 1) routeOf(bits);
  expect(routeOf(3)).not.toBe(first);
  expect(routeOf(3)).toEqual(first);
});
