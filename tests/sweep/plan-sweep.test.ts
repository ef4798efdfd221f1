import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../examples/own-stage.ts';
import { buildStagePlan, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';
import { planSweep, type SweepAxis, type SweepMode, type SweptPlan } from '../../src/sweep/index.ts';
import { everything } from '../fixtures.ts';

const base: RunConfigInput = { txt2img_enabled: true, seed: 1, metadata: { project: 'harbour' } };
const two = { field: 'model', values: ['a', 'b'] };
const three = { field: 'hires_denoise', range: { from: 0.2, to: 0.4, step: 0.1 } };

function valuesOf(axes: readonly SweepAxis[], mode: SweepMode): readonly unknown[] {
  return Array.from(planSweep(base, axes, { mode }), ({ values }) => Object.values(values));
}

describe('a sweep combines', () => {
  test('each value with each, the last axis changing fastest', () => {
    expect(valuesOf([two, three], 'grid')).toEqual([
      ['a', 0.2],
      ['a', 0.3],
      ['a', 0.4],
      ['b', 0.2],
      ['b', 0.3],
      ['b', 0.4],
    ]);
  });

  test('in step, the first with the first', () => {
    const letters = { field: 'vae', values: ['x', 'y'] };
    expect(valuesOf([two, letters], 'zip')).toEqual([
      ['a', 'x'],
      ['b', 'y'],
    ]);
  });

  test('in turn, a shorter axis beginning again', () => {
    expect(valuesOf([two, three], 'rotate')).toEqual([
      ['a', 0.2],
      ['b', 0.3],
      ['a', 0.4],
    ]);
  });
});

test('a grid is what nested loops make, and says its count before', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const axes = lengths.map((length, axis) => ({
        field: `metadata.x${axis}`,
        values: Array.from({ length }, (_, value) => value),
      }));
      const loops = lengths.reduce<readonly (readonly number[])[]>(
        (rows, length) => rows.flatMap((row) => Array.from({ length }, (_, value) => [...row, value])),
        [[]],
      );
      const sweep = planSweep(base, axes);
      expect(sweep.count).toBe(loops.length);
      const swept = Array.from(sweep, ({ index, values }) => [index, ...Object.values(values)]);
      expect(swept).toEqual(loops.map((row, index) => [index, ...row]));
    }),
    { numRuns: 30 },
  );
});

/** Fields of every kind with values that fit, that are out of range, of the wrong type, or only right beside another. */
const pool: readonly SweepAxis[] = [
  { field: 'steps', values: [20, 0, 'x'] },
  { field: 'model', values: ['a', null, ' '] },
  { field: 'refiner_enabled', values: [true, false] },
  { field: 'refiner_model_name', values: ['r', null] },
  { field: 'scheduler', values: ['Karras', 'Automatic'] },
  { field: 'sampler_name', values: ['DPM++ 2M Karras', 'Euler a', 'DPM++ 2M SGM Uniform'] },
  { field: 'txt2img_enabled', values: [true, false] },
  { field: 'adetailer_enabled', values: [true, false, 1] },
  { field: 'upscale.redraw.denoising_strength', values: [0.2, 2] },
  { field: 'adetailer.0.confidence', values: [0.3, 1.5] },
  { field: 'hires_upscale_factor', values: [2, 8] },
  { field: 'width', values: [512, 513, 4096] },
  { field: 'metadata.note', values: ['x', { deep: [1] }] },
  {
    name: 'img2img',
    sets: [
      { 'img2img.width': 512, 'img2img.height': 512 },
      { 'img2img.width': 512 },
      { img2img_enabled: true },
    ],
  },
  { name: 'hires', sets: [{ hires_enabled: true, hires_steps: 5 }, { hires_enabled: false }] },
];

const bases = fc.constantFrom<RunConfigInput>(
  base,
  everything,
  { ...base, refiner_enabled: true },
  { ...base, upscale: { upscaler: 'Latent' }, upscale_enabled: true },
);

/** A result as a test compares it. */
function dataOf({ index, values, result }: SweptPlan) {
  if (result.success) return { index, values, plan: result.plan };
  const { name, message, ...fields } = result.error;
  return { index, values, error: { name, message, ...fields } };
}

test('values that were validated once make the plans and the errors of whole runs, to the byte', () => {
  const axes = fc.uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: 3 });
  let [planned, refused] = [0, 0];
  fc.assert(
    fc.property(bases, axes, fc.constantFrom('reject', 'repair'), (run, chosen, order) => {
      const inParts = Array.from(planSweep(run, chosen, { order }), dataOf);
      const asWholes = Array.from(planSweep(run, chosen, { order, planner: { safeBuildStagePlan } }), dataOf);
      expect(JSON.stringify(inParts)).toBe(JSON.stringify(asWholes));
      planned += inParts.filter((each) => 'plan' in each).length;
      refused += inParts.filter((each) => 'error' in each).length;
    }),
    { numRuns: 40 },
  );
  expect(Math.min(planned, refused)).toBeGreaterThan(50);
});

test('values that are right alone and contradict one another together are refused together', () => {
  const axes = [
    { field: 'sampler_name', values: ['DPM++ 2M Karras', 'DPM++ 2M SGM Uniform'] },
    { field: 'scheduler', values: ['Karras', 'Automatic'] },
  ];
  const succeeded = Array.from(planSweep(base, axes), ({ result }) => result.success);
  expect(succeeded).toEqual([true, true, false, true]);
});

test('a plan is that of the run with the values in it, and says them in its metadata', () => {
  const axes: SweepAxis[] = [
    { field: 'adetailer.0.confidence', values: [0.4] },
    { field: 'upscale.redraw', values: [{ denoising_strength: 0.2 }] },
    { name: 'look', sets: [{ model: 'a', steps: 12 }] },
    { field: 'backend_options.webui.0', values: [true] },
  ];
  const run = { ...base, upscale_enabled: true, adetailer_enabled: true, adetailer: { model: 'hand.pt' } };
  const [swept, ...others] = planSweep(run, axes);
  const values = {
    'adetailer.0.confidence': 0.4,
    'upscale.redraw': { denoising_strength: 0.2 },
    look: { model: 'a', steps: 12 },
    'backend_options.webui.0': true,
  };
  const plan = buildStagePlan({
    ...run,
    adetailer: [{ model: 'hand.pt', confidence: 0.4 }],
    upscale: { redraw: { denoising_strength: 0.2 } },
    model: 'a',
    steps: 12,
    backend_options: { webui: { 0: true } },
    metadata: { project: 'harbour', sweep: values },
  });
  expect(swept).toEqual({ index: 0, values, result: { success: true, plan } });
  expect(others).toEqual([]);
});

test('neither the run nor the axes are changed, and what is between is kept', () => {
  const run = { ...base, adetailer: [{ model: 'a.pt' }, { model: 'b.pt' }] };
  const axes = [{ field: 'adetailer.1.confidence', values: [0.4, 0.5] }];
  const before = structuredClone({ run, axes });
  const [first] = planSweep({ ...run, adetailer_enabled: true }, axes);
  expect({ run, axes }).toEqual(before);
  const detectors = first?.result.success && first.result.plan.stages.at(-1)?.stage_config;
  expect(detectors).toMatchObject({
    detectors: [
      { model: 'a.pt', confidence: 0.3 },
      { model: 'b.pt', confidence: 0.4 },
    ],
  });
});

test('a combination without a plan is given with its errors, between those that have one', () => {
  const axes = [
    { field: 'txt2img_enabled', values: [true, false] },
    { field: 'steps', values: [20, 200] },
  ];
  expect(
    Array.from(planSweep({ ...base, adetailer_enabled: true }, axes), ({ result }) =>
      result.success ? 'plan' : result.error.name,
    ),
  ).toEqual(['plan', 'InvalidRunConfigError', 'InvalidStagePlanError', 'InvalidRunConfigError']);
});

test('a run whose metadata is no object is refused in each combination', () => {
  const sweep = planSweep({ ...base, metadata: 5 as never }, [two]);
  const messages = Array.from(sweep, ({ result }) => !result.success && result.error.message);
  expect(messages).toEqual(
    Array(2).fill(expect.stringContaining('metadata must be an object of plain JSON')),
  );
});

test('metadata that is too large with the values in it is refused in each combination', () => {
  const run = { ...base, metadata: { list: Array(249_990).fill(0) } };
  const axes = [two, { field: 'vae', values: ['x', 'y'] }];
  expect(Array.from(planSweep(run, axes), ({ result }) => result.success)).toEqual([true, true, true, true]);
  const larger = { ...base, metadata: { list: Array(249_997).fill(0) } };
  expect(Array.from(planSweep(larger, axes), ({ result }) => result.success)).toEqual(Array(4).fill(false));
});

test('combinations are planned when they are asked for, and again when they are asked for again', () => {
  const planned: unknown[] = [];
  const planner = {
    safeBuildStagePlan: (run: unknown) => {
      planned.push(run);
      return safeBuildStagePlan(run);
    },
  };
  const sweep = planSweep(base, [{ field: 'seed', range: { from: 1, to: 1_000, step: 1 } }], { planner });
  const checks = planned.length;
  expect(checks).toBeLessThan(5);
  for (const { index } of sweep) if (index === 4) break;
  expect(planned).toHaveLength(checks + 5);
  expect([...sweep]).toHaveLength(1_000);
});

test('a planner of one\u2019s own plans its own stages', () => {
  const film = { txt2img_enabled: true, interpolate_enabled: true };
  const sweep = planSweep(film, [{ field: 'interpolate.frames', values: [8, 16] }], { planner: filmPlanner });
  const frames = Array.from(sweep, ({ result }) =>
    result.success ? result.plan.stages.at(-1)?.stage_config : result.error.message,
  );
  expect(frames).toMatchObject([{ settings: { frames: 8 } }, { settings: { frames: 16 } }]);
});
