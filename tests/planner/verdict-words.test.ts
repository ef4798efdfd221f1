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
  ['one unknown key', { extra: 1 }, ': The plan has an unknown key: "extra".'],
  ['two unknown keys', { extra: 1, more: 2 }, ': The plan has unknown keys: "extra", "more".'],
  [
    'a setting that is too large',
    { stages: [{ ...stages[0], stage_config: { ...stages[0]?.stage_config, steps: 151 } }, stages[1]] },
    'stages[0].stage_config.steps: stages[0].stage_config.steps must be at most 150, but is 151.',
  ],
  [
    'a setting that is missing',
    {
      stages: [
        { ...stages[0], stage_config: { ...stages[0]?.stage_config, cfg_scale: undefined } },
        stages[1],
      ],
    },
    'stages[0].stage_config.cfg_scale: stages[0].stage_config.cfg_scale must be a number, but is missing.',
  ],
  [
    'a word that is missing',
    { decisions: [{ ...plan.decisions[0], outcome: undefined }], events: ['x'] },
    'decisions[0].outcome: decisions[0].outcome must be planned, but is missing.',
  ],
  [
    'a warning that says no kind',
    { warnings: [{}] },
    'warnings[0].code: warnings[0].code must be one of the kinds that there are, but is missing.',
  ],
  [
    'a warning of no kind',
    { warnings: [{ code: 'x' }] },
    'warnings[0].code: warnings[0].code must be one of the kinds that there are, but is "x".',
  ],
  ['a list that is none', { events: 'x' }, 'events: events must be a list, but is "x".'],
  [
    'another version of its sequence',
    { sequence: { ...sequence, fingerprint: '0'.repeat(64) } },
    'sequence: The plan was built by another version of canonicalSequence. Build it again from its RunConfig.',
  ],
  [
    'a stage without a type',
    { stages: [{ ...stages[0], stage_type: undefined }, stages[1]] },
    'stages[0].stage_type: stages[0].stage_type is missing, but by the rest of the plan it is "txt2img".',
  ],
  [
    'a known stage with a like',
    { stages: [{ ...stages[0], like: 'upscale' }, stages[1]] },
    'stages[0].like: stages[0].like is "upscale", but by the rest of the plan it is left out.',
  ],
  [
    "a stage with another's config",
    { stages: [stages[0], { ...stages[1], stage_config: { ...stages[1]?.stage_config, stage_type: 'x' } }] },
    'stages[1].stage_config.stage_type: stages[1].stage_config.stage_type is "x", but by the rest of the plan it is "upscale".',
  ],
  [
    'a setting that another stage does not show',
    { stages: [stages[0], { ...stages[1], stage_config: { ...stages[1]?.stage_config, steps: 30 } }] },
    'stages[1].stage_config.steps: stages[1].stage_config.steps is 30, but by the rest of the plan it is 20.',
  ],
  [
    'a stage with a key too many and an index too few',
    { stages: [stages[0], { ...stages[1], order_index: 0 }] },
    'stages[1].order_index: stages[1].order_index is 0, but by the rest of the plan it is 1.',
  ],
  [
    'more warnings than any run has',
    { warnings: Array.from({ length: 85 }, () => ({ code: 'hires_in_upscale', stage_id: '2-upscale' })) },
    'warnings: The plan has 85 warnings, and no run has more than 84 here.',
  ],
  [
    'more stages than any run has, whatever they are',
    { stages: Array(85).fill({}) },
    'stages: The plan has 85 stages, and no run has more than 84 here.',
  ],
  [
    'more events',
    { events: Array(85).fill(null) },
    'events: The plan has 85 events, and no run has more than 84 here.',
  ],
  [
    'more decisions',
    { decisions: Array(85).fill(null) },
    'decisions: The plan has 85 decisions, and no run has more than 84 here.',
  ],
])('of %s a verdict says where, and what it is', (_what, change, sentence) => {
  expect(said(change)).toEqual([sentence]);
});

test('as many warnings as a run can have are read one by one', () => {
  const warnings = Array.from({ length: 84 }, () => ({ code: 'hires_in_upscale', stage_id: '2-upscale' }));
  expect(said({ warnings })[0]).toBe(
    'warnings[0]: warnings[0] is {"code":"hires_in_upscale","stage_id":"2-upscale"}, but by the rest of the plan it is left out.',
  );
});

test('of each stage that is missing a verdict says where it would stand', () => {
  expect(said({ stages: [] })[0]).toContain('stages');
  const long = buildStagePlan({ txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true });
  expect(said({ ...long, stages: long.stages.slice(0, 1) })).toEqual([
    'stages[1]: The events have a stage 2-upscale, the plan does not.',
    'stages[2]: The events have a stage 3-adetailer, the plan does not.',
  ]);
});

test('a fault in one list hides none at the same place of another', () => {
  const decisions = [{ ...plan.decisions[0], reason: 'x' }, ...plan.decisions.slice(1)];
  const mixed = [{ ...stages[0], stage_type: 'x' }, stages[1]];
  const paths = (change: object) => verifyStagePlan({ ...plan, ...change }).problems.map(({ path }) => path);
  expect(paths({ stages: mixed, decisions, warnings: [7] })).toEqual([
    'warnings[0]',
    'stages[0].stage_type',
    'decisions[0]',
  ]);
});

test('of another fingerprint a verdict says the one that the plan has', () => {
  expect(said({}, { fingerprint: 'x' })).toEqual([
    `: The plan has changed: its fingerprint is ${planFingerprint(plan)}.`,
  ]);
});
