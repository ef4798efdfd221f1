import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildStagePlan,
  countWork,
  type PlanTreeNode,
  planTree,
  type RunConfigInput,
  sayWork,
  TooMuchWorkError,
  workFingerprints,
} from '../../src/index.ts';
import { workCounter } from '../../src/plan/count-work.ts';
import { treeOf } from '../../src/plan/plan-tree.ts';
import { workReader } from '../../src/plan/work.ts';
import { planSweep, type SweepAxis } from '../../src/sweep/index.ts';

const base: RunConfigInput = {
  txt2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  seed: 1,
  upscale: { redraw: { denoising_strength: 0.2 } },
};

function plansOf(run: RunConfigInput, axes: readonly SweepAxis[]) {
  return Array.from(planSweep(run, axes), ({ result }) => {
    if (!result.success) throw result.error;
    return result.plan;
  });
}

/** Every node of a tree, each before those behind it. */
function flatten(nodes: readonly PlanTreeNode[]): readonly PlanTreeNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

test('a grid merges into one txt2img and as many upscales as there are of them', () => {
  const tree = planTree(
    plansOf({ ...base, adetailer_enabled: false }, [
      { field: 'upscale.redraw.denoising_strength', range: { from: 0.1, to: 0.4, step: 0.1 } },
      { field: 'upscale.redraw.steps', values: [10, 20, 30] },
    ]),
  );
  expect(sayWork(tree)).toBe('12 plans: 1 txt2img instead of 12, 12 upscales');
  expect(tree.children).toHaveLength(1);
  expect(tree.children[0]).toMatchObject({ stage_type: 'txt2img', plans: 12, runs: 1, settings: {} });
  expect(tree.children[0]?.children.map(({ settings }) => settings).slice(0, 2)).toEqual([
    { 'redraw.denoising_strength': 0.1, 'redraw.steps': 10 },
    { 'redraw.denoising_strength': 0.1, 'redraw.steps': 20 },
  ]);
});

/** Fields by the stage that their values are the first to matter in. 3: in none. */
const fields: readonly (readonly [axis: SweepAxis, stage: number])[] = [
  [{ field: 'prompt', values: ['a', 'b'] }, 0],
  [{ field: 'seed', values: [1, 2, 3] }, 0],
  [{ field: 'upscale.upscale_factor', values: [1.5, 2] }, 1],
  [{ field: 'upscale.redraw.steps', values: [10, 20] }, 1],
  [{ field: 'adetailer.0.confidence', values: [0.3, 0.4, 0.5] }, 2],
  [{ field: 'metadata.note', values: [1, 2] }, 3],
];

test('a stage is run once for each set of the values that matter up to it', () => {
  const axes = fc.uniqueArray(fc.constantFrom(...fields), { minLength: 1 });
  fc.assert(
    fc.property(axes, (chosen) => {
      const plans = plansOf(
        base,
        chosen.map(([axis]) => axis),
      );
      const runs = [0, 1, 2].map((stage) =>
        chosen
          .filter(([, first]) => first <= stage)
          .reduce((product, [axis]) => product * ('values' in axis ? axis.values.length : 0), 1),
      );
      const { children, ...counts } = planTree(plans);
      expect(counts).toEqual({
        plans: plans.length,
        images: plans.length,
        stages: ['txt2img', 'upscale', 'adetailer'].map((stage_type, stage) => ({
          stage_type,
          runs: runs[stage],
          instead_of: plans.length,
        })),
        open: [],
      });
      expect(countWork(plans)).toEqual(counts);
      const nodes = flatten(children);
      expect(nodes.map(({ work }) => work).toSorted()).toEqual(
        [...new Set(plans.flatMap(workFingerprints))].toSorted(),
      );
      for (const { plans: through, children: next } of nodes)
        if (next.length > 0) expect(next.reduce((sum, child) => sum + child.plans, 0)).toBe(through);
    }),
    { numRuns: 10 },
  );
});

test('the settings of a node are those in which it differs from its neighbours of one type, and no others', () => {
  const plans = [
    { ...base, adetailer: [{}, { confidence: 0.4 }] },
    { ...base, adetailer: [{}] },
    { ...base, upscale: {} },
    { ...base, upscale_enabled: false, adetailer: { model: 'hand.pt' } },
  ].map((run) => buildStagePlan(run));
  const [first, ...others] = planTree(plans).children;
  expect(others).toEqual([]);
  expect(
    first?.children.map(({ stage_type, settings }) => [stage_type, Object.keys(settings).length]),
  ).toEqual([
    ['upscale', expect.any(Number)],
    ['upscale', 1],
    ['adetailer', 0],
  ]);
  expect(first?.children[0]?.settings).toMatchObject({ 'redraw.denoising_strength': 0.2 });
  expect(first?.children[1]?.settings).toEqual({ redraw: null });
  expect(first?.children[0]?.children.map(({ settings }) => settings)).toMatchObject([
    { 'detectors[1].confidence': 0.4 },
    {},
  ]);
});

test('what shares nothing is run once for each plan, and is one node where its settings are equal', () => {
  const plans = plansOf({ ...base, seed: -1 }, [
    { field: 'metadata.take', range: { from: 1, to: 5, step: 1 } },
    { field: 'adetailer.0.confidence', values: [0.3, 0.5] },
  ]);
  const tree = planTree(plans);
  expect(tree).toMatchObject({ ...countWork(plans), open: [{ reason: 'random_seed', plans: 10 }] });
  expect(
    flatten(tree.children).map(({ stage_type, work, plans: through, runs }) => [
      stage_type,
      work,
      through,
      runs,
    ]),
  ).toEqual([
    ['txt2img', null, 10, 10],
    ['upscale', null, 10, 10],
    ['adetailer', null, 5, 5],
    ['adetailer', null, 5, 5],
  ]);
  expect(sayWork(tree)).toBe(
    '10 plans: 10 txt2imgs, 10 upscales, 10 adetailers. 10 plans can share no work from where a seed is random: state one',
  );
});

test.each<[RunConfigInput, string]>([
  [{ ...base, prompt: '{a|b}' }, 'a prompt has wildcards or variants: expand them first'],
  [{ img2img_enabled: true, seed: 1 }, 'an image has no name: state its path or a key'],
])('it is said why %j shares nothing', (run, reason) => {
  expect(sayWork(countWork([buildStagePlan(run)]))).toMatch(
    new RegExp(`^1 plan: .*\\. 1 plan can share no work from where ${reason}$`),
  );
});

test('images are those at the ends of the plans', () => {
  const plans = plansOf({ ...base, batch_size: 2, n_iter: 3 }, [
    { field: 'adetailer_enabled', values: [true, false] },
  ]);
  expect(countWork(plans)).toMatchObject({ plans: 2, images: 12 });
  expect(planTree(plans).children).toMatchObject([
    { images_out: 6, output_size: { width: 512, height: 512 } },
  ]);
});

test('plans of few settings and of many distinct ones are counted alike', () => {
  const seeds = planSweep(base, [{ field: 'seed', range: { from: 1, to: 1_500, step: 1 } }]);
  const plans = Array.from(seeds, ({ result }) => (result.success ? [result.plan] : [])).flat();
  const runs = [...plans, ...plans];
  expect(countWork(runs).stages).toEqual(
    ['txt2img', 'upscale', 'adetailer'].map((stage_type) => ({
      stage_type,
      runs: 1_500,
      instead_of: 3_000,
    })),
  );
});

test('work that is more than can be told apart is refused, and what is shared is not more', () => {
  const plans = [1, 2, 3, 3].map((seed) => buildStagePlan({ txt2img_enabled: true, seed }));
  const countUpTo = (most: number) => {
    const counter = workCounter(most);
    for (const plan of plans) counter.add(workReader()(plan));
    return counter.count();
  };
  expect(countUpTo(3)).toEqual(countWork(plans));
  expect(() => countUpTo(2)).toThrow(
    expect.objectContaining({
      name: 'TooMuchWorkError',
      message:
        'Take fewer plans at once: they have more than 2 stages of different work, the most that are counted.',
    }),
  );
  expect(new TooMuchWorkError('merged', 10_000).message).toBe(
    'Take fewer plans at once, or count them without a tree: they have more than 10,000 stages of different work, the most that are merged.',
  );
  expect(treeOf(plans, 3)).toEqual(planTree(plans));
  expect(() => treeOf(plans, 2)).toThrow(
    /^Take fewer plans at once, or count them without a tree: .* than 2 /,
  );
});

test('no plan is no work', () => {
  expect(planTree([])).toEqual({ plans: 0, images: 0, stages: [], open: [], children: [] });
  expect(sayWork(countWork([]))).toBe('0 plans: nothing to do');
  const open = ['', '{a|b}'].map((prompt) =>
    buildStagePlan({ txt2img_enabled: true, prompt, seed: prompt === '' ? -1 : 1 }),
  );
  expect(sayWork(countWork(open))).toBe(
    '2 plans: 2 txt2imgs. 1 plan can share no work from where a seed is random: state one. 1 plan can share no work from where a prompt has wildcards or variants: expand them first',
  );
});
