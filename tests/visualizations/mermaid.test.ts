// @vitest-environment happy-dom
import mermaid from 'mermaid';
import { expect, test } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { drawJourney, journeyOfRun, renderMermaid, sequenceGraph } from '../../visualizations/index.ts';
import { everything } from '../fixtures.ts';

test.each(Object.values(sequences))('mermaid itself reads the picture of $id', async (sequence) => {
  const text = renderMermaid(sequenceGraph(sequence));
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'stateDiagram' });
});

test.each([
  ['a plan', everything],
  ['a rejected run', { adetailer_enabled: true, upscale_enabled: true }],
  ['an empty run', {}],
])('mermaid itself reads the picture of %s', async (_, config) => {
  const text = await drawJourney(journeyOfRun(config), 'mermaid');
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'stateDiagram' });
});

test('a broken picture is one that mermaid refuses', async () => {
  const text = renderMermaid(sequenceGraph(sequences.canonical)).replace('-->', '--> -->');
  await expect(mermaid.parse(text)).rejects.toThrow('Parse error');
});

test('txt2img is drawn with its passes inside', () => {
  expect(renderMermaid(sequenceGraph(sequences.canonical))).toContain(`
  state "txt2img" as txt2img {
    [*] --> txt2img_base
    state "base" as txt2img_base
    state "refined" as txt2img_refined
    state "hires" as txt2img_hires
    txt2img_base --> txt2img_refined : pass.refiner
    txt2img_base --> txt2img_hires : pass.hires
    txt2img_refined --> txt2img_hires : pass.hires
  }`);
});

test('marks become classes of leaves, and only the ones in use are defined', async () => {
  const lines = (await drawJourney(journeyOfRun({ adetailer_enabled: true }), 'mermaid')).split('\n');
  expect(lines).toContain('  class start ended');
  expect(lines).toContain('  class adetailer unreachable');
  expect(lines).not.toContain('  class txt2img skipped');
  expect(lines.filter((line) => line.includes('classDef')).map((line) => line.split(' ')[3])).toEqual([
    'ended',
    'skipped',
    'unreachable',
  ]);
});

test('states whose names look alike to mermaid keep apart, and no name adds a line', async () => {
  const { states, edges, ...graph } = sequenceGraph(sequences.canonical);
  const [first] = states;
  if (first === undefined) throw new Error('canonicalSequence has no states.');
  const named = (id: string) => ({ ...first, id, name: id });
  const alike = ['a.b', 'a_b', 'a_b_2', 'a-b', 'x"y\n[*] --> evil', 'ö#; <b>'].map(named);
  const text = renderMermaid({
    ...graph,
    id: 'x\n[*] --> evil',
    states: [...states, ...alike],
    edges: [...edges, { id: 'e', source: 'a.b', event: 'e\n[*] --> evil', guard: 'g\n: "', target: 'a_b' }],
  });
  const names = [...text.matchAll(/^ {2}state ".*" as (\w+)/gm)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(states.length + alike.length);
  expect(text).not.toMatch(/^\s*\[\*\] --> evil/m);
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'stateDiagram' });
});
