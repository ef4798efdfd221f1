import { expect, test } from 'vitest';
import { defaultPolicies } from '../../machines/policies.ts';
import { readSequence } from '../../src/sequence/reading.ts';
import { choices, sequenceOf } from '../growth/machines.ts';

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
