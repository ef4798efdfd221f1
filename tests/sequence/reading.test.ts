import { expect, test } from 'vitest';
import { defaultPolicies, everythingAllowed, type SequencePolicies } from '../../machines/policies.ts';
import { canonicalSequence, type StageSequence } from '../../src/index.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { choices, sequenceOf } from '../growth/machines.ts';
import { changeState, rebuild } from '../rebuild.ts';

interface Asked {
  readonly context: SequencePolicies;
}

/** The machine with the policies of the caller as its context. */
function withPolicies(sequence: StageSequence): StageSequence {
  return rebuild(sequence, (root) => ({ ...root, context: ({ input }: { input: object }) => input }));
}

test('what is not on the longest way stands before the first that can follow it, or else last', () => {
  expect(readSequence(choices(3), defaultPolicies).runningOrder).toEqual(
    ['a1', 'b1', 'a2', 'b2', 'a3', 'b3'].map((stage) => `stage.${stage}`),
  );
});

test('stages of which none can follow another stand by their names', () => {
  const last = { 'stage.q': 'q' };
  const sequence = sequenceOf('side by side', {
    start: { stage: null, on: { 'stage.a': 'a', 'stage.z': 'z', 'stage.m': 'm' } },
    a: { stage: 'a', on: last },
    z: { stage: 'z', on: last },
    m: { stage: 'm', on: last },
    q: { stage: 'q', on: { 'plan.finished': 'complete' } },
  });
  expect(readSequence(sequence, defaultPolicies).runningOrder).toEqual(
    ['a', 'm', 'z', 'q'].map((stage) => `stage.${stage}`),
  );
});

test('the ways into a stage stand in the order of the stages that they lead from, and those of one stage by name', () => {
  const sequence = sequenceOf('written backwards', {
    start: { stage: null, on: { 'stage.a': 'second', 'stage.last': 'last' } },
    last: { stage: 'last', on: { 'plan.finished': 'complete' } },
    b: { stage: 'b', on: { 'stage.last': 'last' } },
    second: { stage: 'a', on: { 'pass.p': 'first', 'stage.b': 'b', 'stage.last': 'last' } },
    first: { stage: 'a', pass: 'p', on: { 'stage.b': 'b', 'stage.last': 'last' } },
  });
  const entries = readSequence(sequence, defaultPolicies).entriesOf('stage.last');
  expect(entries.map(({ entry }) => entry.state)).toEqual(['start', 'first', 'second', 'b']);
});

test('each event of a circle can be taken again, wherever the circle is entered', () => {
  const circle = sequenceOf('circle', {
    start: { stage: null, on: { 'stage.a': 'a' } },
    a: { stage: 'a', on: { 'stage.b': 'b' } },
    b: { stage: 'b', on: { 'stage.c': 'c', 'plan.finished': 'complete' } },
    c: { stage: 'c', on: { 'stage.d': 'a' } },
  });
  expect(readSequence(circle, defaultPolicies).problems.map(({ state }) => state)).toEqual(['a', 'b', 'c']);
});

test('the running order is that of all that may be allowed, whatever is', () => {
  const next = { 'stage.b': 'b' };
  const open = sequenceOf('a behind a policy', {
    start: { stage: null, on: { 'stage.a': 'a', ...next } },
    a: { stage: 'a', on: next },
    b: { stage: 'b', on: { 'plan.finished': 'complete' } },
  });
  const guarded = changeState(open, 'start', {
    on: { 'stage.a': { target: 'a', guard: 'standaloneUpscale' }, 'stage.b': { target: 'b' } },
  }).provide({ guards: { standaloneUpscale: () => false } });
  expect(readSequence(guarded, defaultPolicies).runningOrder).toEqual(['stage.b', 'stage.a']);
  const asked = guarded.provide({
    guards: { standaloneUpscale: ({ context }: Asked) => context.standaloneUpscale },
  });
  expect(readSequence(withPolicies(asked), defaultPolicies).runningOrder).toEqual(['stage.a', 'stage.b']);
});

test('a circle that only a closed policy closes is refused where it is closed', () => {
  const circle = changeState(canonicalSequence, 'adetailer', {
    on: {
      'stage.upscale': { guard: 'standaloneUpscale', target: '#canonicalSequence.upscale' },
      'plan.finished': { target: '#canonicalSequence.complete' },
    },
  }).provide({ guards: { standaloneUpscale: ({ context }: Asked) => !context.standaloneUpscale } });
  expect(readSequence(circle, everythingAllowed).problems).toEqual([]);
  expect(readSequence(circle, defaultPolicies).problems).toContainEqual(
    expect.objectContaining({ code: 'repeated_event', state: 'adetailer' }),
  );
});
