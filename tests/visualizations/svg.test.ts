import { type Element, Window } from 'happy-dom';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { sequences } from '../../machines/sequences.ts';
import type { StageSequence } from '../../src/sequence/sequence.ts';
import { visible } from '../../src/visible.ts';
import { flatten } from '../../visualizations/graph.ts';
import {
  journeyOfRun,
  layOut,
  renderSvg,
  sequenceGraph,
  storyOf,
  tellStory,
} from '../../visualizations/index.ts';
import { grounds, looks, plain } from '../../visualizations/looks.ts';
import { plainStory } from '../../visualizations/story.ts';
import { configOf, everySwitchSet } from '../fixtures.ts';

const graph = sequenceGraph(sequences.canonical);

test('of more arrows than Graphviz lays out in seconds there is none, and other pictures are named', async () => {
  const [arrow] = graph.edges;
  const edges = (count: number) => Array.from({ length: count }, () => arrow ?? expect.unreachable());
  await expect(layOut({ ...graph, edges: edges(1001) })).rejects.toThrow(
    expect.objectContaining({
      name: 'LargePictureError',
      arrows: 1001,
      most: 1000,
      message: 'Draw it as mermaid or dot, or less of it: it has 1,001 arrows, and an SVG can have 1,000.',
    }),
  );
});

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
    expect(label?.replaceAll(/\s/g, '')).toContain('[externalInput]');
  });

  test('asks for nothing from elsewhere', () => {
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|href/);
  });

  test('has a light and a dark look', () => {
    expect(text).toContain('--stageplan-ground: light-dark(#ffffff, #0d1117)');
    expect(text).toContain('[data-theme=dark] .stageplan-diagram');
  });
});

/** The picture of a run, read. */
function tell(config: object, sequence: StageSequence = sequences.canonical): Element {
  const journey = journeyOfRun(config, { sequence });
  const drawn = sequenceGraph(sequence);
  return parse(tellStory(layouts.get(sequence) ?? '', drawn, storyOf(drawn, journey)));
}

function parse(text: string): Element {
  const { DOMParser } = new Window();
  return new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
}

const layouts = new Map<StageSequence, string>();
beforeAll(async () => {
  for (const sequence of Object.values(sequences))
    layouts.set(sequence, await layOut(sequenceGraph(sequence)));
});

const textsOf = (root: Element, selector: string) =>
  [...root.querySelectorAll(selector)].map(({ textContent }) => textContent.replaceAll('\u00a0', ' ').trim());

test('a refusal is a stub with a cross at the state where the walk ended, with what was refused and as which step', () => {
  const root = tell({
    run_id: 'lighthouse',
    txt2img_enabled: true,
    upscale_enabled: true,
    adetailer_enabled: true,
    stage_order: ['txt2img', 'adetailer', 'upscale'],
  });
  expect(textsOf(root, '.refusal text')).toEqual(['upscale, 3rd']);
  expect(root.querySelectorAll('.refusal .cross')).toHaveLength(1);
  const yOf = (selector: string) =>
    Number(
      root
        .querySelector(selector)
        ?.getAttribute('d')
        ?.match(/M[\d.-]+,([\d.-]+)/)?.[1],
    );
  expect(yOf('.refusal path')).toBeCloseTo(
    Math.max(
      ...[...(root.querySelector('.state.ended path')?.getAttribute('d') ?? '').matchAll(/,(-?[\d.]+)/g)].map(
        ([, y]) => Number(y),
      ),
    ),
  );
  expect(textsOf(root, '[data-state=upscale] text').slice(0, 2)).toEqual(['upscale', 'not tried']);
  expect(textsOf(root, '.caption text')[0]).toBe('lighthouse');
  expect(textsOf(root, '.caption text')[1]).toContain('Put upscale before adetailer');
  expect(textsOf(root, '.legend > text')).toEqual([
    'taken, in the order of the numbers',
    'the walk ended here',
    'refused',
    'not tried',
    'skipped',
  ]);
  expect(root.querySelectorAll('.legend .swatch')).toHaveLength(5);
});

test('a picture without a walk has neither a legend nor a cross', async () => {
  const root = parse(await renderSvg(graph));
  expect(root.querySelectorAll('.legend, .refusal, circle.badge')).toHaveLength(0);
});

test.each(Object.values(sequences))(
  'every run on $id has its steps numbered, and no box of it moves',
  (sequence) => {
    const placesOf = (text: string) =>
      [...text.matchAll(/data-state=.*?<path[^>]* d="([^"]*)"/gs)].map(([, d]) => d);
    const layout = layouts.get(sequence) ?? '';
    const drawn = sequenceGraph(sequence);
    const places = placesOf(layout);
    expect(places.length).toBeGreaterThan(9);
    for (const switches of everySwitchSet) {
      const journey = journeyOfRun(configOf(switches), { sequence });
      const text = tellStory(layout, drawn, storyOf(drawn, journey));
      expect(placesOf(text)).toEqual(places);
      const numbers = [...text.matchAll(/<text class="badge"[^>]*>(\d+)</g)].map(([, number]) =>
        Number(number),
      );
      expect(numbers.toSorted((a, b) => a - b)).toEqual(journey.walk.steps.map((_, index) => index + 1));
      expect(text.split('class="refusal refused"')).toHaveLength(journey.legal ? 1 : 2);
    }
  },
);

test.each(Object.values(sequences))(
  'the states of the longest way of $id stand in one straight line',
  (sequence) => {
    const root = parse(layouts.get(sequence) ?? '');
    const { spine, states } = sequenceGraph(sequence);
    const leaves = flatten(states).filter(({ id, kind }) => kind !== 'compound' && spine.includes(id));
    const across = leaves.map(({ id }) => root.querySelector(`[id="state-${id}"] text`)?.getAttribute('x'));
    expect(leaves.length).toBeGreaterThan(6);
    expect(new Set(across).size).toBe(1);
  },
);

test.each(Object.values(sequences))(
  'letters of $id have 12 px and more where it is 830 px wide',
  (sequence) => {
    const root = tell({ txt2img_enabled: true }, sequence);
    const width = Number(root.getAttribute('viewBox')?.split(' ')[2]);
    const smallest = Math.min(
      ...[...root.querySelectorAll('text')].map((text) => Number(text.getAttribute('font-size') ?? 14)),
    );
    expect((smallest * 830) / width).toBeGreaterThanOrEqual(12);
  },
);

test('a planned state says its steps, its model and its sizes', () => {
  const root = tell({
    txt2img_enabled: true,
    hires_enabled: true,
    upscale_enabled: true,
    model: 'sdxl/base.safetensors',
    steps: 21,
    width: 832,
    height: 1216,
  });
  const of = (id: string) => textsOf(root, `[id="state-${id}"] text`).filter((line) => line !== '');
  expect(of('txt2img.base')).toEqual(['base', '21 steps', 'base', '\u2192 832 x 1216']);
  expect(of('txt2img.hires').at(-1)).toBe('832 x 1216 \u2192 1664 x 2432');
  expect(of('upscale').at(-1)).toBe('1664 x 2432 \u2192 3328 x 4864');
  expect(of('complete')).toEqual(['complete', '1 image of 3328 x 4864']);
  expect(of('img2img')).toEqual(['img2img', 'skipped']);
});

/** Of relative luminances, as WCAG 2.2 has it. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) =>
    [1, 3, 5]
      .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s look', (theme) => {
  test.each(Object.entries({ plain, ...looks }))(
    'what is %s can be told from its ground, and read',
    (_, look) => {
      for (const ground of [grounds.picture[theme], grounds.compound[theme]]) {
        expect(contrast(look.stroke[theme], ground)).toBeGreaterThanOrEqual(3);
        expect(contrast(look.text[theme], ground)).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(look.text[theme], look.fill[theme])).toBeGreaterThanOrEqual(4.5);
    },
  );
});

test('no two marks have the same line', () => {
  const lines = Object.values(looks).map(({ width, dashes }) => `${width} ${dashes}`);
  expect(new Set(lines).size).toBe(lines.length);
});

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
  const named = {
    ...graph,
    id: text,
    title: text,
    edges,
    states: [{ ...start, name: text, description: text }, ...rest],
  };
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

test('a box is as wide as the longest name, written bold', async () => {
  const name = 'enlarged'.repeat(8);
  const picture = await pictureOf({ ...graph, states: graph.states.map((state) => ({ ...state, name })) });
  const outline = picture.querySelector('[data-state=start] path')?.getAttribute('d') ?? '';
  const across = Array.from(outline.matchAll(/(-?[\d.]+),/g), ([, x]) => Number(x));
  expect(Math.max(...across) - Math.min(...across)).toBeGreaterThan(name.length * 8.6);
});

test('a box that the graph does not have keeps its looks', async () => {
  const layout = await layOut(graph);
  const told = tellStory(layout, { ...graph, states: [], edges: [], initial: null }, plainStory(graph));
  const group = layout.match(/<g id="state-start".*?<\/g>/s)?.[0];
  expect(told).toContain(group);
});

async function pictureOf(drawn: typeof graph): Promise<Element> {
  const { DOMParser } = new Window();
  return new DOMParser().parseFromString(await renderSvg(drawn), 'image/svg+xml').documentElement;
}

test('a Graphviz that is there and does not load is not called missing', async () => {
  vi.doMock('@viz-js/viz', () => {
    throw new TypeError('no WebAssembly here');
  });
  const failed = layOut(graph);
  await expect(failed).rejects.toThrow();
  await expect(failed).rejects.not.toThrow('npm install');
  vi.doUnmock('@viz-js/viz');
});
