import { expect, test } from 'vitest';
import { planTree, type RunConfigInput, safeBuildStagePlan, sayWork } from '../../src/index.ts';
import { InvalidOptionsError } from '../../src/sequence/invalid-options-error.ts';
import { countSweep, planSweep, sweepTree } from '../../src/sweep/index.ts';

const base: RunConfigInput = { txt2img_enabled: true, adetailer_enabled: true, seed: 1 };
const axes = [
  { field: 'txt2img_enabled', values: [true, false] },
  { field: 'steps', values: [20, 200, 300] },
];

test('a sweep is counted: its plans, and each reason once for each combination that has it', () => {
  const count = countSweep(planSweep(base, axes));
  expect(count).toMatchObject({ combinations: 6, rejected: 5, plans: 1, images: 1 });
  expect(count.reasons).toEqual([
    {
      code: 'out_of_range',
      about: 'steps',
      combinations: 4,
      message: 'steps must be at most 150, but is 200.',
    },
    {
      code: 'unreachable_stage',
      about: 'adetailer',
      combinations: 1,
      message: expect.stringContaining('adetailer needs'),
    },
  ]);
});

test('the tree of a sweep is that of its plans', () => {
  const sweep = planSweep(base, [{ field: 'adetailer.0.confidence', values: [0.3, 0.4, 2] }]);
  const plans = Array.from(sweep, ({ result }) => (result.success ? [result.plan] : [])).flat();
  expect(sweepTree(sweep)).toMatchObject({ combinations: 3, rejected: 1, ...planTree(plans) });
  expect(sayWork(sweepTree(sweep))).toBe('2 plans: 1 txt2img instead of 2, 2 adetailers');
});

test.each<[string, RunConfigInput, string, string]>([
  [
    'a pass',
    {
      ...base,
      txt2img_enabled: false,
      img2img_enabled: true,
      refiner_enabled: true,
      refiner_model_name: 'r',
    },
    'unreachable_pass',
    'refiner',
  ],
  ['no stage at all', { seed: 1 }, 'empty_plan', ''],
  [
    'a place in a list',
    { ...base, adetailer: [{ confidence: 2 }] },
    'out_of_range',
    'adetailer[0].confidence',
  ],
])('a rejection for %s says what it is about', (_, run, code, about) => {
  const { reasons } = countSweep(planSweep(run, [{ field: 'metadata.x', values: [1, 2] }]));
  expect(reasons).toMatchObject([{ code, about, combinations: 2 }]);
});

test('a planner that refuses its options later is counted too', () => {
  let calls = 0;
  const error = new InvalidOptionsError([{ option: 'mood', message: 'mood is bad.' }]);
  const planner = {
    safeBuildStagePlan: (run: unknown) => {
      calls += 1;
      return calls > 2 ? ({ success: false, error } as const) : safeBuildStagePlan(run);
    },
  };
  const { reasons } = countSweep(planSweep(base, [{ field: 'steps', values: [1] }], { planner }));
  expect(reasons).toEqual([
    { code: 'invalid_option', about: 'mood', combinations: 1, message: 'mood is bad.' },
  ]);
});
