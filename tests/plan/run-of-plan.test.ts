import { expect, test } from 'vitest';
import { buildStagePlan } from '../../src/index.ts';
import { runOfPlan } from '../../src/plan/run-of-plan.ts';
import { everything } from '../fixtures.ts';

test('the run that is read out of a plan builds it again', () => {
  const plan = buildStagePlan(everything);
  expect(buildStagePlan(runOfPlan(plan))).toEqual(plan);
});

test('of a plan without stages only the switches, the id and the metadata are read', () => {
  const plan = buildStagePlan({ txt2img_enabled: true, run_id: 'r' });
  expect(runOfPlan({ ...plan, stages: [] })).toEqual({
    run_id: 'r',
    metadata: {},
    txt2img_enabled: true,
    keep: [],
  });
});
