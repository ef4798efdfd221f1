// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import mermaid from 'mermaid';
import { describe, expect, test } from 'vitest';
import { planTree, sayWork } from '../../src/index.ts';
import { planSweep, type SweepAxis, sweepTree } from '../../src/sweep/index.ts';
import { drawPlanTree, type PictureFormat } from '../../visualizations/index.ts';

const base = {
  txt2img_enabled: true,
  upscale_enabled: true,
  seed: 1,
  upscale: { redraw: { denoising_strength: 0.2 } },
};

function treeOf(axes: readonly SweepAxis[]) {
  return planTree(
    Array.from(planSweep(base, axes), ({ result }) => (result.success ? [result.plan] : [])).flat(),
  );
}

const tree = treeOf([
  { field: 'model', values: ['a', 'b'] },
  { field: 'upscale.redraw.steps', values: [10, 20, 30] },
]);

/** Texts that have all the signs that mean something to one of the formats. */
const hostile = treeOf([
  { field: 'prompt', values: ['"a" \\ <b> #1; c --> d: {e} [f] %% \n g & h', '{x|y}', '__z__ end'] },
]);

describe.each([
  ['a plain tree', tree],
  ['hostile values', hostile],
] as const)('%s', (_, drawn) => {
  test('is read by mermaid itself', async () => {
    expect(await mermaid.parse(await drawPlanTree(drawn, 'mermaid'))).toMatchObject({
      diagramType: 'stateDiagram',
    });
  });

  test('is laid out by Graphviz, with a box for each node and one for all plans', async () => {
    const svg = await drawPlanTree(drawn, 'svg');
    const { DOMParser } = new Window();
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const texts = Array.from(documentElement.querySelectorAll('g.state text'), (text) =>
      text.textContent.replaceAll('\u00a0', ''),
    );
    expect(texts.filter((text) => text.startsWith('txt2img'))).toHaveLength(drawn.children.length);
    expect(texts[0]).toBe(`${drawn.plans} plans`);
    expect(documentElement.getAttribute('aria-label')).toBe(
      `The plan tree ${sayWork({ ...drawn, open: [] })}`,
    );
  });
});

test('a box has the settings in which it differs, and an arrow how many plans go on', async () => {
  expect(await drawPlanTree(tree, 'mermaid')).toBe(`stateDiagram-v2
  accTitle: 6 plans: 2 txt2imgs instead of 6, 6 upscales
  direction LR
  state "6 plans" as plans
  state "txt2img<br/>\u00a0model #34;a#34;\u00a0" as plans_0
  state "upscale<br/>\u00a0redraw.steps 10\u00a0" as plans_0_0
  state "upscale<br/>\u00a0redraw.steps 20\u00a0" as plans_0_1
  state "upscale<br/>\u00a0redraw.steps 30\u00a0" as plans_0_2
  state "txt2img<br/>\u00a0model #34;b#34;\u00a0" as plans_1
  state "upscale<br/>\u00a0redraw.steps 10\u00a0" as plans_1_0
  state "upscale<br/>\u00a0redraw.steps 20\u00a0" as plans_1_1
  state "upscale<br/>\u00a0redraw.steps 30\u00a0" as plans_1_2
  plans --> plans_0 : 3 plans
  plans_0 --> plans_0_0
  plans_0 --> plans_0_1
  plans_0 --> plans_0_2
  plans --> plans_1 : 3 plans
  plans_1 --> plans_1_0
  plans_1 --> plans_1_1
  plans_1 --> plans_1_2
`);
});

test('what is run for each plan says how often', async () => {
  const open = treeOf([
    { field: 'seed', values: [-1] },
    { field: 'metadata.take', values: [1, 2, 3] },
  ]);
  expect(await drawPlanTree(open, 'dot')).toContain('label="txt2img, 3 times"');
});

test('as JSON it is the tree itself', async () => {
  expect(JSON.parse(await drawPlanTree(tree, 'json'))).toEqual(tree);
});

test('an unknown format is refused', async () => {
  await expect(drawPlanTree(tree, 'png' as PictureFormat)).rejects.toThrow('format must be one of');
});

test('docs/sweep.svg is the tree of the sweep that docs/sweeps.md shows', async () => {
  const run = JSON.parse(readFileSync('examples/portrait-detectors.json', 'utf8'));
  const sweep = planSweep(run, [
    { field: 'prompt', values: ['a lighthouse at dawn', 'a lighthouse at dusk'] },
    { field: 'adetailer.0.model', values: ['face_yolov8n.pt', 'face_yolov8s.pt', 'mediapipe_face_full'] },
    { field: 'seed', values: [7] },
  ]);
  const svg = await drawPlanTree(sweepTree(sweep), 'svg');
  await expect(svg).toMatchFileSnapshot('../../docs/sweep.svg');
});
