// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import mermaid from 'mermaid';
import { describe, expect, test } from 'vitest';
import { planTree, sayWork } from '../../src/index.ts';
import { planSweep, type SweepAxis, sweepTree } from '../../src/sweep/index.ts';
import { type Boxes, drawBoxes, drawPlanTree, type PictureFormat } from '../../visualizations/index.ts';

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
      diagramType: 'flowchart-v2',
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
    expect(documentElement.getAttribute('aria-label')).toContain(
      `The plan tree ${sayWork({ ...drawn, open: [] })}`,
    );
  });
});

test('a box has the settings in which it differs, and an arrow how many plans go on', async () => {
  expect(await drawPlanTree(tree, 'mermaid')).toBe(`flowchart LR
  accTitle: 6 plans: 2 txt2imgs instead of 6, 6 upscales
  plans("<b>6 plans</b>")
  plans_0("<b>txt2img</b><br/>model #34;a#34;")
  plans_0_0("<b>upscale</b><br/>redraw.steps 10")
  plans_0_1("<b>upscale</b><br/>redraw.steps 20")
  plans_0_2("<b>upscale</b><br/>redraw.steps 30")
  plans_1("<b>txt2img</b><br/>model #34;b#34;")
  plans_1_0("<b>upscale</b><br/>redraw.steps 10")
  plans_1_1("<b>upscale</b><br/>redraw.steps 20")
  plans_1_2("<b>upscale</b><br/>redraw.steps 30")
  plans -->|"3 plans"| plans_0
  plans_0 --> plans_0_0
  plans_0 --> plans_0_1
  plans_0 --> plans_0_2
  plans -->|"3 plans"| plans_1
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

test('a flow of jobs is drawn by the same code, from left to right', async () => {
  const flow: Boxes = {
    kind: 'flow',
    title: '2 jobs',
    sentence: 'The second waits for the first.',
    boxes: [
      { id: 'job-1', name: 'txt2img', details: ['30 steps'], about: 'job 1 of lighthouse' },
      { id: 'job-2', name: 'upscale' },
    ],
    arrows: [{ from: 'job-1', to: 'job-2', label: 'image' }],
  };
  expect(await drawBoxes(flow, 'mermaid')).toBe(`flowchart LR
  accTitle: 2 jobs
  accDescr: The second waits for the first.
  caption["<b>2 jobs</b><br/>The second waits for the first."]:::caption
  job_1("<b>txt2img</b><br/>30\u00a0steps")
  job_2("<b>upscale</b>")
  job_1 -->|"image"| job_2
  classDef caption fill:none,stroke:none
`);
  const svg = await drawBoxes(flow, 'svg');
  expect(svg).toContain('aria-label="The flow 2 jobs: The second waits for the first."');
  expect(svg).toContain('<title>job 1 of lighthouse</title>');
  expect(JSON.parse(await drawBoxes(flow, 'json'))).toEqual(flow);
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
