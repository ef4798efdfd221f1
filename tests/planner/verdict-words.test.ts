import { expect, test } from 'vitest';
import { buildStagePlan, planFingerprint, verifyStagePlan } from '../../src/index.ts';

const plan = buildStagePlan({ txt2img_enabled: true, upscale_enabled: true });
const { events, stages, sequence } = plan;

function said(change: object, options: Parameters<typeof verifyStagePlan>[1] = {}): readonly string[] {
  return verifyStagePlan({ ...plan, ...change }, options).problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

test.each<[string, object, string]>([
  [
    'an event that is refused',
    { events: [events[0], 'stage.txt2img', ...events.slice(1)] },
    'events[1]: In txt2img "stage.txt2img" was refused; it leads to refiner, hires, img2img, upscale, adetailer, or the end of the plan.',
  ],
  [
    'events without an end',
    { events: events.slice(0, -1) },
    'events[2]: In upscale the events end; it leads to adetailer or the end of the plan.',
  ],
  [
    'a stage too few',
    { stages: stages.slice(0, 1) },
    'stages[1]: The events have a stage 2-upscale, the plan does not.',
  ],
  [
    'a stage too many',
    { events: ['stage.txt2img', 'plan.finished'] },
    'stages[1]: The plan has a stage 2-upscale, the events do not.',
  ],
  ['one unknown key', { extra: 1 }, ': The plan is malformed: unknown key: "extra".'],
  ['two unknown keys', { extra: 1, more: 2 }, ': The plan is malformed: unknown keys: "extra", "more".'],
  [
    'another version of its sequence',
    { sequence: { ...sequence, fingerprint: '0'.repeat(64) } },
    'sequence: The plan was built by another version of canonicalSequence. Build it again from its RunConfig.',
  ],
])('of %s a verdict says where, and what it is', (_what, change, sentence) => {
  expect(said(change)).toEqual([sentence]);
});

test('of another fingerprint a verdict says the one that the plan has', () => {
  expect(said({}, { fingerprint: 'x' })).toEqual([
    `: The plan has changed: its fingerprint is ${planFingerprint(plan)}.`,
  ]);
});
