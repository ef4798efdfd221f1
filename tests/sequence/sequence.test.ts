import { expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { buildStagePlan, canonicalSequence, sequenceFingerprint, stageTypes } from '../../src/index.ts';
import { subjectName, subjectOf } from '../../src/sequence/events.ts';
import { entriesByEvent, stateName } from '../../src/sequence/states.ts';
import { changeState, rebuild } from '../rebuild.ts';

test('an event is about its stage, its pass, or neither', () => {
  expect(subjectOf('stage.img2img')).toEqual({ stage: 'img2img', pass: null });
  expect(subjectOf('pass.hires')).toEqual({ stage: null, pass: 'hires' });
  expect(subjectOf('plan.finished')).toEqual({ stage: null, pass: null });
  expect(subjectOf('stage')).toEqual({ stage: '', pass: null });
  expect(['stage.a.b', 'pass.hires', 'plan.finished'].map(subjectName)).toEqual([
    'a.b',
    'hires',
    'plan.finished',
  ]);
});

test('a state is named from the outside in', () => {
  expect(stateName('start')).toBe('start');
  expect(stateName({ txt2img: { deep: 'er' } })).toBe('txt2img.deep.er');
  expect(stateName({ txt2img: undefined })).toBe('txt2img');
});

test('an entry has the name of its guard, if the guard has one', () => {
  const guards = ['named', { type: 'typed', params: { at: 1 } }, () => true];
  const states = Object.fromEntries(
    guards.map((guard, index) => [`s${index}`, { on: { 'stage.x': { guard, target: 's0' } } }]),
  );
  const machine = createMachine({ initial: 's0', states });
  expect(
    entriesByEvent(machine, [])
      .get('stage.x')
      ?.map(({ entry }) => entry.guard),
  ).toEqual(['named', 'typed', null]);
  expect(entriesByEvent(canonicalSequence, []).get('stage.video')).toBeUndefined();
});

test('what a machine says of itself as a whole is no matter of its states', () => {
  const none = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' };
  for (const meta of [{ version: 2 }, none]) {
    const versioned = rebuild(canonicalSequence, (root) => ({ ...root, meta }));
    expect(buildStagePlan({ txt2img_enabled: true }, { sequence: versioned }).stages).toHaveLength(1);
  }
});

test('the fingerprint sees which of two transitions is tried first, what a state says of itself, and the parameters of a guard', () => {
  const of = (...upscale: readonly object[]) =>
    sequenceFingerprint(
      createMachine({ initial: 'a', states: { a: { on: { 'stage.upscale': upscale } }, b: {} } }),
    );
  const [one, other] = [
    { guard: 'externalInput', target: 'a' },
    { guard: 'standaloneUpscale', target: 'b' },
  ];
  expect(of(one, other)).not.toBe(of(other, one));
  const takes = (material: string) =>
    sequenceFingerprint(changeState(canonicalSequence, 'upscale', { meta: { takes: material } }));
  expect(takes('image')).not.toBe(takes('latent'));
  const allows = (policy: string) => of({ guard: { type: 'allows', params: { policy } }, target: 'a' });
  expect(allows('externalInput')).not.toBe(allows('standaloneUpscale'));
});

test('stage types are read off the events of a machine, even where its states say nothing of themselves', () => {
  const silent = createMachine({
    initial: 'start',
    states: {
      start: { on: { 'stage.x': { target: 'x' } } },
      x: { on: { 'pass.y': { target: 'y' } } },
      y: {},
    },
  });
  expect(stageTypes(silent)).toEqual(['x']);
});
