import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everythingAllowed } from '../../machines/policies.ts';
import { sequenceNames } from '../../machines/sequences.ts';
import { buildStagePlan, safeBuildStagePlan, verifyStagePlan } from '../../src/index.ts';
import { runOfPlan } from '../../src/plan/run-of-plan.ts';
import { runConfigArbitrary } from '../../src/testing/index.ts';
import { everySwitchSet, everything } from '../fixtures.ts';

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

/** Many times faster than expect, which is asked only where it has something to show. */
function expectEqual(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted);
}

test.each(sequenceNames)(
  'every plan of a random run in %s verifies, and its run builds it again',
  (sequence) => {
    const options = { sequence, ...everythingAllowed };
    fc.assert(
      fc.property(
        runConfigArbitrary(fc),
        fc.constantFrom(...everySwitchSet),
        fc.nat(),
        (settings, switches, drawn) => {
          const config = { ...settings, ...switches };
          const planned = safeBuildStagePlan(config, options);
          fc.pre(planned.success);
          const order = planned.plan.stages.map(({ stage_type }) => stage_type);
          const at = drawn % order.length;
          const stage_order = [...order.slice(at), ...order.slice(0, at)];
          const keep = order.slice(at);
          const plan = buildStagePlan({ ...config, stage_order, keep }, { ...options, order: 'repair' });
          const copy: unknown = JSON.parse(JSON.stringify(plan));
          expectEqual(verifyStagePlan(copy, options), { valid: true, plan: copy, problems: [] });
          expectEqual(buildStagePlan(runOfPlan(plan), { ...options, order: 'repair' }), plan);
        },
      ),
      { numRuns: 100 },
    );
  },
);
