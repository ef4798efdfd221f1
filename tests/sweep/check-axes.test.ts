import { describe, expect, test } from 'vitest';
import { detailPlanner } from '../../examples/detail-twice.ts';
import { InvalidOptionsError, InvalidRunConfigError, type RunConfigInput } from '../../src/index.ts';
import { InvalidSweepError, planSweep, type SweepAxis, type SweepOptions } from '../../src/sweep/index.ts';

const base: RunConfigInput = { txt2img_enabled: true, seed: 1 };

/** What is wrong with axes. */
function problemsOf(axes: unknown, options: SweepOptions<unknown> = {}, run: RunConfigInput = base) {
  try {
    planSweep(run, axes as readonly SweepAxis[], options);
  } catch (error) {
    if (error instanceof InvalidSweepError) return error.problems;
    throw error;
  }
  return [];
}

const steps = { field: 'steps', values: [20, 30] };

test.each([
  ['no list', 'steps', /list of at least one axis/],
  ['an empty list', [], /list of at least one axis/],
  ['no object', [5], /^Axis 1 must have a field with either values or a range, or a name with sets\.$/],
  ['neither values nor a range', [{ field: 'steps' }], /^steps must have/],
  ['values and a range', [{ ...steps, range: { from: 1, to: 2, step: 1 } }], /^steps must have/],
  ['no values', [{ field: 'steps', values: [] }], /^steps: values: must not be empty\.$/],
  ['a field that is no way', [{ field: 'a b', values: [1] }], /^a b: field: must be the way to a field/],
  [
    'a value that is no JSON',
    [{ field: 'steps', values: [undefined] }],
    /^steps: values\[0\]: must be plain JSON/,
  ],
  [
    'a range without a step',
    [{ field: 'steps', range: { from: 1, to: 2 } }],
    /^steps: range.step: must be a number\.$/,
  ],
  ['an unknown key', [{ ...steps, stepp: 1 }], /^steps: Unrecognized key: "stepp"\.$/],
  ['a set without a field', [{ name: 'x', sets: [{}] }], /^x: sets\[0\]: must set a field\.$/],
  ['sets without a name', [{ sets: [{ steps: 1 }] }], /^Axis 1: name: /],
])('%s is a malformed axis', (_, axes, message) => {
  expect(problemsOf(axes)).toMatchObject([
    { code: 'malformed_axis', message: expect.stringMatching(message) },
  ]);
});

test.each([
  [{ from: 1, to: 3, step: -1 }, /turn the sign of step/],
  [{ from: 1, to: 3, step: 0 }, /^steps: its step of 0 leads nowhere: take one over 0,/],
  [{ from: 3, to: 1, step: 0 }, /leads nowhere/],
  [{ from: 1, to: 3, step: -0 }, /leads nowhere/],
  [{ from: 0, to: 1, step: 1e-7 }, /make step larger/],
  [{ from: 2 ** 53, to: 2 ** 53 + 4, step: 1 }, /several would be the same: make step larger/],
  [{ from: -(2 ** 53) - 4, to: -(2 ** 53), step: 1 }, /several would be the same/],
])('the range %j is wrong', (range, message) => {
  expect(problemsOf([{ field: 'steps', range }])).toMatchObject([
    { axis: 'steps', code: 'wrong_range', message: expect.stringMatching(message) },
  ]);
});

describe('a field', () => {
  test.each([
    ['stepss', 'steps'],
    ['adetailer.0.confidenc', 'confidence'],
    ['upscale.redraw.stepz', 'steps'],
    ['hires_use_base_model', 'refiner_pass'],
  ])('%s is unknown', (field, suggestion) => {
    const [problem, ...others] = problemsOf([{ field, values: [1] }]);
    expect(problem).toMatchObject({ axis: field, code: 'unknown_field' });
    expect(problem?.suggestion).toBe(suggestion);
    expect(others).toEqual([]);
  });

  test.each([
    ['steps.x', /steps has no fields/],
    ['adetailer.1.confidence', /leads past what the run has/],
    ['prompt.x.y', /prompt has no fields/],
  ])('%s cannot be set', (field, message) => {
    expect(problemsOf([{ field, values: [1] }])).toMatchObject([
      { code: 'unknown_field', message: expect.stringMatching(message) },
    ]);
  });

  test('of a list is reached by its place alone', () => {
    const run = { ...base, adetailer: [{ model: 'a.pt' }] };
    const message = expect.stringContaining('leads past what the run has');
    expect(problemsOf([{ field: 'adetailer.confidence', values: [1] }], {}, run)).toMatchObject([
      { message },
    ]);
    expect(problemsOf([{ field: 'adetailer.0.confidence', values: [1] }], {}, run)).toEqual([]);
  });

  test('of a stage of one\u2019s own is known to its planner alone', () => {
    const axes = [{ field: 'second_detail.0.confidence', values: [0.3, 0.5] }];
    expect(problemsOf(axes)).toMatchObject([{ code: 'unknown_field' }]);
    expect(problemsOf(axes, { planner: detailPlanner })).toEqual([]);
  });

  test.each([
    [[steps, steps], /Two axes are called steps/],
    [[steps, { name: 'both', sets: [{ steps: 1, cfg_scale: 2 }] }], /steps is set by steps and by both/],
    [
      [
        { field: 'upscale', values: [{}] },
        { field: 'upscale.redraw.steps', values: [2] },
      ],
      /upscale.redraw.steps is set by upscale and by upscale.redraw.steps/,
    ],
    [
      [{ name: 'x', sets: [{ 'upscale.redraw': null, 'upscale.redraw.steps': 1 }] }],
      /upscale.redraw.steps is set twice in one set of x/,
    ],
  ])('that is set twice in %j is refused', (axes, message) => {
    expect(problemsOf(axes)).toMatchObject([
      { code: 'field_twice', message: expect.stringMatching(message) },
    ]);
  });

  test('that two sets of one axis set in turn is fine', () => {
    const sets = [{ 'upscale.redraw': null }, { 'upscale.redraw.denoising_strength': 0.2 }];
    expect(problemsOf([{ name: 'redraw', sets }])).toEqual([]);
  });

  test.each(['metadata', 'metadata.sweep', 'metadata.sweep.steps'])('%s belongs to the sweep', (field) => {
    expect(problemsOf([{ field, values: [{}] }])).toMatchObject([{ axis: field, code: 'metadata_taken' }]);
  });
});

test('a run that has a metadata.sweep is refused', () => {
  const run = { ...base, metadata: { sweep: 1 } };
  expect(problemsOf([steps], {}, run)).toMatchObject([{ axis: '', code: 'metadata_taken' }]);
});

test('zip takes axes of one length', () => {
  const axes = [steps, { field: 'seed', values: [1, 2, 3] }];
  expect(problemsOf(axes, { mode: 'zip' })).toMatchObject([
    { axis: '', code: 'different_lengths', message: expect.stringContaining('steps has 2, seed has 3') },
  ]);
  expect(problemsOf(axes, { mode: 'grid' })).toEqual([]);
  expect(problemsOf(axes, { mode: 'rotate' })).toEqual([]);
});

test('more combinations than can be counted are refused', () => {
  const range = { from: 1, to: 10, step: 1 };
  const axes = Array.from({ length: 16 }, (_, index) => ({ field: `metadata.x${index}`, range }));
  expect(problemsOf(axes)).toMatchObject([{ axis: '', code: 'too_many' }]);
});

test('everything that is wrong is said at once', () => {
  const axes = [{ field: 'stepss', values: [1] }, steps, steps];
  expect(problemsOf(axes, { mode: 'zip' }).map(({ code }) => code)).toEqual([
    'unknown_field',
    'field_twice',
    'different_lengths',
  ]);
  expect(() => planSweep(base, [])).toThrow('The sweep is not valid.\n- The axes must be a list');
});

test.each([
  ['no object', null],
  ['a plan', { format_version: '2.0', stages: [], events: [] }],
])('a base that is %s is refused', (_, run) => {
  expect(() => planSweep(run as RunConfigInput, [steps])).toThrow(InvalidRunConfigError);
});

test.each([
  ['mode', { mode: 'all' }],
  ['planner', { planner: {} }],
  ['order', { order: 1 }],
  ['name', { modes: 'grid' }],
  ['sequence beside a planner', { planner: detailPlanner, sequence: 'canonical' }],
])('a wrong %s is refused', (_, options) => {
  expect(() => planSweep(base, [steps], options as SweepOptions)).toThrow(InvalidOptionsError);
});
