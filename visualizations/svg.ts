import { orMissing } from '../src/require-package.ts';
import { renderLayout } from './dot.ts';
import { escapeXml } from './escape-xml.ts';
import { flatten, type SequenceGraph } from './graph.ts';
import { LargePictureError } from './large-picture-error.ts';
import { plainStory, type Story } from './story.ts';
import { svgStyle } from './svg-style.ts';
import { tellStory } from './tell-story.ts';

/**
 * Renders a graph as SVG, laid out by Graphviz.
 *
 * Every state is a group `g.state` with `data-state`, every transition a group `g.edge` with `data-source`, `data-event`
 * and `data-target`, every dot and arrow that shows a beginning a group `g.initial` with `data-initial`. A page may toggle
 * the classes `taken`, `skipped`, `untried`, `refused` and `ended` on them. The places are those of the graph, whatever the
 * story says of it.
 *
 * @throws {MissingPackageError} when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} when it has more than 1,000 arrows.
 */
export async function renderSvg(graph: SequenceGraph, story: Story = plainStory(graph)): Promise<string> {
  return tellStory(await layOut(graph), graph, story);
}

/**
 * Lays a graph out as an SVG without a caption and without a story, for {@link tellStory} to tell any number of stories in.
 *
 * @throws {MissingPackageError} when the optional package `@viz-js/viz` is not installed.
 * @throws {LargePictureError} when it has more than 1,000 arrows.
 */
export async function layOut(graph: SequenceGraph): Promise<string> {
  if (graph.edges.length > mostArrows) throw new LargePictureError(graph.edges.length, mostArrows);
  const { instance } = await loadGraphviz();
  const viz = await instance();
  return dress(viz.renderString(renderLayout(graph), { format: 'svg' }), graph);
}

/** Graphviz takes seconds for so many, and the square of that for more. */
export const mostArrows = 1000;

/** Bundlers take what is imported in a `try` for what may be missing, and build without it. */
async function loadGraphviz() {
  try {
    return await import('@viz-js/viz');
  } catch (error) {
    throw orMissing(error, '@viz-js/viz', 'An SVG');
  }
}

/** Puts the style sheet and the hooks into Graphviz's SVG, and makes its tooltips ones that browsers show. */
function dress(svg: string, graph: SequenceGraph): string {
  const bare = svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--.*?-->\n?/gs, '')
    .replaceAll('&#45;', '-')
    .replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', '')
    .replace(/<g id="graph0" class="graph"([^>]*)>\n<title>[^<]*<\/title>/, '<g class="graph"$1>')
    .replaceAll(
      /<title>[^<]*<\/title>\n<g id="a_[^"]*"><a xlink:title="([^"]*)">\n(.*?)<\/a>\n<\/g>\n/gs,
      '<title>$1</title>\n$2',
    )
    .replaceAll(/<g id="a_[^"]*"><a [^>]*>\n(.*?)<\/a>\n<\/g>\n/gs, '$1')
    // Nobody sees a hundredth of a pixel, and a page with many pictures has to carry each.
    .replaceAll(/ (?:d|points)="[^"]*"/g, (path) => path.replaceAll(/(\.\d)\d+/g, '$1'));
  const styled = bare
    .replace(
      '<svg',
      () =>
        `<svg class="stageplan-diagram" role="img" aria-label="${escapeXml(`The ${graph.kind} ${graph.title}`)}"`,
    )
    .replace(/>\n/, () => `>\n<style>\n${svgStyle}\n</style>\n`);
  return hooksOf(graph).reduce(
    (text, [id, hooks]) => text.replace(`id="${id}"`, (found) => `${found} ${hooks}`),
    styled,
  );
}

function hooksOf(graph: SequenceGraph): readonly (readonly [string, string])[] {
  const states = flatten(graph.states);
  return [
    ...states.map(({ id }) => [escapeXml(`state-${id}`), `data-state="${escapeXml(id)}"`] as const),
    ...[graph, ...states].flatMap(({ initial }) =>
      initial === null ? [] : initialHooks(escapeXml(initial)),
    ),
    ...graph.edges.map(({ id, source, event, target }) => {
      const ends = `data-source="${escapeXml(source)}" data-event="${escapeXml(event)}" data-target="${escapeXml(target)}"`;
      return [escapeXml(id), ends] as const;
    }),
  ];
}

function initialHooks(initial: string): readonly (readonly [string, string])[] {
  return [`initial-${initial}`, `edge-initial-${initial}`].map((id) => [id, `data-initial="${initial}"`]);
}
