import { type Element, Window } from 'happy-dom';
import { beforeAll, describe, expect, test } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import { visible } from '../../src/visible.ts';
import { flatten } from '../../visualizations/graph.ts';
import {
  drawJourney,
  journeyOfRun,
  markJourney,
  renderSvg,
  sequenceGraph,
} from '../../visualizations/index.ts';
import { configOf, everySwitchSet } from '../fixtures.ts';

const graph = sequenceGraph(sequences.canonical);

describe('an SVG', () => {
  let root: Element;
  let text: string;

  beforeAll(async () => {
    text = await renderSvg(graph);
    const { DOMParser } = new Window();
    root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  });

  test('has a group with the path of every state', () => {
    const states = [...root.querySelectorAll('g.state')].map((group) => group.getAttribute('data-state'));
    expect(states.toSorted()).toEqual(
      flatten(graph.states)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(root.querySelector('[id="state-txt2img.base"]')?.getAttribute('data-state')).toBe('txt2img.base');
  });

  test('has a group with the source, event and target of every transition', () => {
    const edges = [...root.querySelectorAll('g.edge[data-event]')].map((group) => ({
      id: group.id,
      source: group.getAttribute('data-source'),
      event: group.getAttribute('data-event'),
      target: group.getAttribute('data-target'),
    }));
    const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
    expect(edges.toSorted(byId)).toEqual(graph.edges.map(({ guard: _, ...edge }) => edge).toSorted(byId));
  });

  test('shows the description of a state as its tooltip', () => {
    const title = root.querySelector('[data-state=adetailer] > title')?.textContent;
    expect(title).toBe(
      'Repairs faces and hands at the final size, generated or existing, so nothing may follow it.',
    );
  });

  test('names each guard in the label of its transition', () => {
    const label = root.querySelector('[data-event="stage.img2img"][data-source=start]')?.textContent;
    expect(label).toContain('[externalInput]');
  });

  test('asks for nothing from elsewhere', () => {
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|href/);
  });

  test('has a light and a dark look', () => {
    expect(text).toContain('--stageplan-ground: light-dark(#ffffff, #0d1117)');
    expect(text).toContain('[data-theme=dark] .stageplan-diagram');
  });
});

test('the marks of a run are classes of its SVG, and a legend says what they mean', async () => {
  const journey = journeyOfRun({ adetailer_enabled: true });
  const svg = await renderSvg(graph, markJourney(graph, journey));
  expect(svg).toContain('data-state="adetailer" class="node state atomic unreachable"');
  expect(svg).toContain('data-state="start" class="node state atomic taken ended"');
  expect(svg).toContain('the walk ended here (amber, thick)');
});

test('a state has the same place in every picture, whatever its marks', async () => {
  const placeOf = (svg: string) => svg.match(/data-state="upscale".*?<text[^>]*x="([\d.-]+)"/s)?.[1];
  const bare = placeOf(await renderSvg(graph));
  expect(bare).toMatch(/\d/);
  expect(placeOf(await drawJourney(journeyOfRun({ txt2img_enabled: true }), 'svg'))).toBe(bare);
});

test.each(Object.values(sequences))(
  'Graphviz lays out every run on $id',
  { timeout: 60_000 },
  async (sequence) => {
    for (const switches of everySwitchSet) {
      const svg = await drawJourney(journeyOfRun(configOf(switches), { sequence }), 'svg');
      expect(svg).toMatch(/^<svg class="stageplan-diagram"[\s\S]*<\/svg>\n$/);
    }
  },
);

/** A machine whose names and descriptions mean something to DOT, XML, HTML, Mermaid and string replacement. */
const hostile = [
  'x\\" URL=<a>];//',
  'C:\\models\\',
  '&lt;b&gt; & <i>',
  '$& $1 $`',
  '\u001b[2J\n  [*] --> evil',
  '#35;"',
];

test.each(hostile)('a picture shows %j as it is, and nothing more', async (text) => {
  const [start, ...rest] = graph.states;
  if (start === undefined) throw new Error('canonicalSequence has no states.');
  const edges = graph.edges.map((edge) => ({ ...edge, guard: text }));
  const named = { ...graph, id: text, edges, states: [{ ...start, name: text, description: text }, ...rest] };
  const picture = await pictureOf(named);
  const state = picture.querySelector('[data-state=start]');
  const [title, name] = ['title', 'text'].map((tag) =>
    state?.querySelector(tag)?.textContent.replaceAll('\u00a0', ' ').trim(),
  );
  expect([title, name]).toEqual([visible(text), visible(text)].map((shown) => shown.trim()));
  expect(picture.getAttribute('aria-label')).toBe(`The sequence ${visible(text)}`);
  const hooks = (root: Element) => [
    root.querySelectorAll('.state').length,
    root.querySelectorAll('a').length,
  ];
  expect(hooks(picture)).toEqual(hooks(await pictureOf(graph)));
});

async function pictureOf(drawn: typeof graph): Promise<Element> {
  const { DOMParser } = new Window();
  return new DOMParser().parseFromString(await renderSvg(drawn), 'image/svg+xml').documentElement;
}
