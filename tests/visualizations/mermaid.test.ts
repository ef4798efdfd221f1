// @vitest-environment happy-dom
import mermaid from 'mermaid';
import { expect, test } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { drawJourney, journeyOfRun, renderMermaid, sequenceGraph } from '../../visualizations/index.ts';
import { everything } from '../fixtures.ts';

test.each(Object.values(sequences))('mermaid itself reads the picture of $id', async (sequence) => {
  const text = renderMermaid(sequenceGraph(sequence));
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'flowchart-v2' });
});

test.each([
  ['a plan', everything],
  ['a rejected run', { adetailer_enabled: true, upscale_enabled: true }],
  ['an empty run', {}],
])('mermaid itself reads the picture of %s', async (_, config) => {
  const text = await drawJourney(journeyOfRun(config), 'mermaid');
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'flowchart-v2' });
});

test('a broken picture is one that mermaid refuses', async () => {
  const text = renderMermaid(sequenceGraph(sequences.canonical)).replace('-->', '--> -->');
  await expect(mermaid.parse(text)).rejects.toThrow('Parse error');
});

test('txt2img is drawn with its passes inside, from top to bottom', () => {
  const text = renderMermaid(sequenceGraph(sequences.canonical));
  expect(text).toContain(`
  subgraph txt2img["txt2img"]
    direction TB
    initial_txt2img_base@{ shape: sm-circ, label: " " }
    txt2img_base("<b>base</b>`);
  expect(text).toMatch(/^flowchart TB\n/);
});

test('the way is lit: its arrows are numbered, and styled together by their places in the text', async () => {
  const lines = (await drawJourney(journeyOfRun(everything), 'mermaid'))
    .split('\n')
    .map((line) => line.trim());
  const arrows = lines.filter((line) => / -->| --x /.test(line));
  const [, places = ''] =
    lines.map((line) => line.match(/^linkStyle ([\d,]+) stroke:#1f9d5a/)).find(Boolean) ?? [];
  const lit = places.split(',').map((place) => arrows[Number(place)]);
  const numbers = lit.flatMap((arrow) => arrow?.match(/\|"(\d+)/)?.[1] ?? []).map(Number);
  const { walk } = journeyOfRun(everything);
  expect(numbers.toSorted()).toEqual(walk.steps.map((_, index) => index + 1));
  expect(lit.filter((arrow) => arrow?.startsWith('initial_'))).toHaveLength(2);
});

test('a refusal is a box of its own behind the state where the walk ended, and only the marks in use are defined', async () => {
  const lines = (await drawJourney(journeyOfRun({ adetailer_enabled: true }), 'mermaid'))
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toContain('refusal["#10005; adetailer, 1st"]:::refused');
  expect(lines).toContain('start --x refusal');
  expect(lines).toContain('class start ended');
  expect(lines).toContain('class adetailer,complete untried');
  expect(lines.filter((line) => line.startsWith('classDef')).map((line) => line.split(' ')[1])).toEqual([
    'caption',
    'ended',
    'skipped',
    'untried',
    'refused',
  ]);
});

test('states whose names look alike to mermaid keep apart, and no name adds a line', async () => {
  const { states, edges, ...graph } = sequenceGraph(sequences.canonical);
  const [first] = states;
  if (first === undefined) throw new Error('canonicalSequence has no states.');
  const named = (id: string) => ({ ...first, id, name: id });
  const alike = ['a.b', 'a_b', 'a_b_2', 'a-b', 'x"y\nstart --> evil', 'ö#; <b>', 'end', 'C:\\\\models'].map(
    named,
  );
  const text = renderMermaid({
    ...graph,
    title: 'x\nstart --> evil',
    states: [...states, ...alike],
    edges: [...edges, { id: 'e', source: 'a.b', event: 'e\nstart --> evil', guard: 'g\n: "', target: 'a_b' }],
  });
  const names = [...text.matchAll(/^ {2}(?:subgraph )?(\w+)(?:\(|\[)/gm)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(states.length + alike.length);
  expect(text).not.toMatch(/^\s*start --> evil/m);
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'flowchart-v2' });
});

test('a state that begins in none of its own has no dot inside', () => {
  const graph = sequenceGraph(sequences.canonical);
  const states = graph.states.map((state) => ({ ...state, initial: null }));
  expect(renderMermaid(graph)).toContain('initial_txt2img_base@{');
  expect(renderMermaid({ ...graph, states })).not.toContain('initial_txt2img_base@{');
});
