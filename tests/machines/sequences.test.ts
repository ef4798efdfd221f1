import { afterAll, describe, expect, test } from 'vitest';
import { createTestModel } from 'xstate/graph';
import { defaultPolicies, everyPolicy, everythingAllowed, policyNames } from '../../machines/policies.ts';
import { isSequenceName } from '../../machines/sequences.ts';
import {
  canonicalSequence,
  legalStageOrders,
  type StageSequence,
  safeBuildStagePlan,
  sequences,
  verifyStagePlan,
} from '../../src/index.ts';
import { switchOf } from '../../src/sequence/events.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { checkSequence, coverage } from '../../src/testing/index.ts';
import { brokenInvariants } from './invariants.ts';

const printed: string[] = [];

afterAll(() => console.log(printed.join('\n')));

/** Every path that xstate/graph makes through a sequence, whole or not. */
function pathsOf(sequence: StageSequence, policies: (typeof everyPolicy)[number]) {
  return createTestModel(sequence).getSimplePaths({
    input: policies,
    events: sequence.events.map((type) => ({ type })),
    filterEvents: (snapshot, event) => snapshot.status === 'active' && snapshot.can(event),
  });
}

function eventsOf(path: ReturnType<typeof pathsOf>[number]): readonly string[] {
  return path.steps.slice(1).map((step) => step.event.type);
}

/** Every way into every state of a sequence that is short of its end, each once, when all is allowed. */
function beginningsOf(sequence: StageSequence): readonly (readonly string[])[] {
  const orders = [...legalStageOrders({ sequence, ...everythingAllowed })].flatMap(({ events }) =>
    events.map((_, length) => events.slice(0, length)),
  );
  return [...new Map(orders.map((events) => [events.join(), events])).values()];
}

function configFor(events: readonly string[]) {
  const wanted = events.filter((event) => event !== 'plan.finished');
  return { ...Object.fromEntries(wanted.map((event) => [switchOf(event), true])), refiner_model_name: 'r' };
}

test('each shipped sequence has an id of its own, and goes by its name as a text and as nothing else', () => {
  expect(Object.values(sequences).map(({ id }) => id)).toEqual(['canonicalSequence', 'detailBeforeUpscale']);
  expect(isSequenceName('canonical')).toBe(true);
  expect(isSequenceName(['canonical'])).toBe(false);
});

test('of all ways to set the policies the widest comes first, and the narrowest last', () => {
  expect(everyPolicy[0]).toEqual(everythingAllowed);
  expect(Object.values(everyPolicy.at(-1) ?? {})).toEqual(policyNames.map(() => false));
});

describe.each(Object.entries<StageSequence>(sequences))('%s', (name, sequence) => {
  test('satisfies all that a sequence must', () => {
    expect(checkSequence(sequence)).toEqual([]);
  });

  describe.each(everyPolicy)('under %o', (policies) => {
    const options = { sequence, ...policies };
    const paths = pathsOf(sequence, policies);

    test('every path to the end is a config whose plan is that path, and is verified', async () => {
      const orders = paths.filter((path) => path.state.status === 'done').map(eventsOf);
      expect(orders).toHaveLength(legalStageOrders(options).count);
      for (const events of orders) {
        const result = safeBuildStagePlan(configFor(events), options);
        expect(result.success && result.plan.events).toEqual(events);
        expect(
          result.success && verifyStagePlan(JSON.parse(JSON.stringify(result.plan)), options).valid,
        ).toBe(true);
      }
    });

    test('every path that stops short is planned where it can end, and rejected where it cannot', () => {
      for (const path of paths.filter(({ state }) => state.status === 'active')) {
        const events = eventsOf(path);
        const canEnd = path.state.can({ type: 'plan.finished' });
        expect(safeBuildStagePlan(configFor(events), options).success, events.join()).toBe(canEnd);
      }
    });

    test('every walk of the test model reaches the state that it is for', async () => {
      for (const path of createTestModel(sequence).getShortestPaths({ input: policies })) {
        const visited: string[] = [];
        await path.test({ states: { '*': (state) => void visited.push(JSON.stringify(state.value)) } });
        expect(visited.at(-1)).toBe(JSON.stringify(path.state.value));
      }
    });
  });

  test('its orders enter every state, walk every transition and every pair, and see every guard true and false', () => {
    const attempts = everyPolicy.flatMap((policies) => [
      ...pathsOf(sequence, policies).map((path) => ({ events: eventsOf(path), policies })),
      ...beginningsOf(sequence).flatMap((events) =>
        sequence.events.map((event) => ({ events: [...events, event], policies })),
      ),
    ]);
    const { complete, ...seen } = coverage(sequence, attempts);
    const rows = Object.entries(seen).map(
      ([what, { covered, missing }]) =>
        `  ${what.padEnd(12)} ${covered.length} of ${covered.length + missing.length}`,
    );
    printed.push(`coverage of ${name}`, ...rows);
    expect(Object.values(seen).flatMap(({ missing }) => missing)).toEqual([]);
    expect(complete).toBe(true);
  });
});

/** What each state of the canonical sequence refuses when all is allowed, and why it is no gap. */
const refusals: Readonly<Record<string, { readonly refused: readonly string[]; readonly reason: string }>> = {
  start: {
    refused: ['pass.hires', 'pass.refiner', 'plan.finished'],
    reason: 'nothing is generated yet',
  },
  'txt2img.base': { refused: ['stage.txt2img'], reason: 'each stage once' },
  'txt2img.refined': { refused: ['pass.refiner', 'stage.txt2img'], reason: 'each stage and pass once' },
  'txt2img.hires': {
    refused: ['pass.hires', 'pass.refiner', 'stage.txt2img'],
    reason: 'hires fix is the last pass',
  },
  img2img: {
    refused: ['pass.hires', 'pass.refiner', 'stage.img2img', 'stage.txt2img'],
    reason: 'passes are inside txt2img, which is over',
  },
  redrawn: {
    refused: ['pass.refiner', 'stage.img2img', 'stage.txt2img'],
    reason: 'the refiner is inside txt2img, which is not in this plan',
  },
  'redrawnUpscale.enlarged': {
    refused: ['pass.refiner', 'stage.img2img', 'stage.txt2img', 'stage.upscale'],
    reason: 'generation is over',
  },
  'redrawnUpscale.hires': {
    refused: ['pass.hires', 'pass.refiner', 'stage.img2img', 'stage.txt2img', 'stage.upscale'],
    reason: 'hires fix is the last pass',
  },
  upscale: {
    refused: ['pass.hires', 'pass.refiner', 'stage.img2img', 'stage.txt2img', 'stage.upscale'],
    reason: 'generation is over',
  },
  adetailer: {
    refused: canonicalSequence.events.filter((event) => event !== 'plan.finished').sort(),
    reason: 'ADetailer is last',
  },
  standaloneUpscale: {
    refused: ['pass.hires', 'pass.refiner', 'stage.img2img', 'stage.txt2img', 'stage.upscale'],
    reason: 'nothing is generated in this plan',
  },
  complete: { refused: [...canonicalSequence.events].sort(), reason: 'the plan is whole' },
};

test('every state of the canonical sequence answers every event, or refuses it for a stated reason', () => {
  const reached = readSequence(canonicalSequence, everythingAllowed).states;
  const refused = reached.map(({ name, moves }) => [
    name,
    canonicalSequence.events.filter((event) => !moves.has(event)).sort(),
  ]);
  expect(Object.fromEntries(refused)).toEqual(
    Object.fromEntries(Object.entries(refusals).map(([state, entry]) => [state, entry.refused])),
  );
});

test.each(everyPolicy)('the canonical invariants hold at every step of every path, under %o', (policies) => {
  expect(brokenInvariants(canonicalSequence, policies)).toEqual([]);
});

test('the canonical invariants are of the canonical machine: the other sequence breaks the one about ADetailer', () => {
  const broken = brokenInvariants(sequences['detail-before-upscale'], defaultPolicies);
  expect(broken.every((path) => path.startsWith('nothing but the end follows ADetailer'))).toBe(true);
  expect(broken.length).toBeGreaterThan(0);
});
