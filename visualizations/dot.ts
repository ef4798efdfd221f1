import { type Attributes, indent, quote, statement } from './dot-text.ts';
import { flatten, type GraphEdge, type GraphState, type SequenceGraph } from './graph.ts';
import { describeEdge, eventLabel } from './labels.ts';
import { grounds, legend, looks, plain } from './looks.ts';
import type { Mark, Marks } from './marks.ts';

/** Graphviz has the widths of this one's letters; in a list of several it finds none and takes those of Times. */
const fontname = 'Helvetica';

/**
 * Renders a graph as DOT. Pure.
 *
 * A state has the id `state-<path>` and the class `state`, a transition its own id and, from Graphviz, the class `edge`,
 * each with its marks as further classes, so that a style sheet can find them in the SVG.
 */
export function renderDot(graph: SequenceGraph, marks: Marks = {}): string {
  const lines = [
    statement('graph', { rankdir: 'TB', compound: true, nodesep: 0.5, ranksep: 0.45, pad: 0.25 }),
    statement('graph', { bgcolor: grounds.picture.light, fontname, fontsize: 13 }),
    statement('graph', { label: caption(graph, marks), labelloc: 'b', fontcolor: plain.text.light }),
    statement('node', { shape: 'box', style: 'rounded,filled', fontname, fontsize: 15, margin: '0.24,0.12' }),
    statement('edge', { fontname, fontsize: 12, arrowsize: 0.8 }),
    ...initialLines(graph, graph.initial, marks),
    ...graph.states.flatMap((state) => stateLines(graph, state, marks)),
    ...graph.edges.map((edge) => edgeLine(graph, edge, marks)),
  ];
  return [`digraph ${quote(graph.id)} {`, ...indent(lines), '}', ''].join('\n');
}

/** The first line keeps its distance with a space: at an empty one Graphviz 16.1 reads past its memory. */
function caption(graph: SequenceGraph, marks: Marks): readonly string[] {
  const used = new Set(Object.values(marks).flat());
  const meanings = Object.entries(legend).flatMap(([mark, meaning]) =>
    [...used].some((each) => each === mark) ? [meaning] : [],
  );
  return ['\u00a0', graph.id, meanings.join(', ')].filter((line) => line !== '');
}

function stateLines(graph: SequenceGraph, state: GraphState, marks: Marks): readonly string[] {
  const marked = marks[state.id] ?? [];
  const hooks = {
    id: `state-${state.id}`,
    class: ['state', state.kind, ...marked].join(' '),
    label: state.name,
    tooltip: state.description,
    ...stateLook(marked.at(-1)),
  };
  const name = quote(state.id);
  if (state.kind === 'final') return [statement(name, { ...hooks, peripheries: 2 })];
  if (state.kind === 'atomic') return [statement(name, hooks)];
  const box = { style: 'rounded,filled', fillcolor: grounds.compound.light, margin: 16, fontsize: 15 };
  return [
    `subgraph ${quote(`cluster_${state.id}`)} {`,
    ...indent([
      statement('graph', { ...hooks, ...box, labelloc: 't' }),
      ...initialLines(graph, state.initial, marks),
      ...state.states.flatMap((child) => stateLines(graph, child, marks)),
    ]),
    '}',
  ];
}

/** The dot that shows where a sequence, or a state with states inside it, begins. */
function initialLines(graph: SequenceGraph, initial: string | null, marks: Marks): readonly string[] {
  if (initial === null) return [];
  const dot = dotOf(initial);
  const marked = (marks[initial] ?? []).filter((mark) => mark !== 'ended');
  const line = edgeLook(marked.at(-1));
  const look = { class: ['initial', ...marked].join(' '), tooltip: `begins in ${initial}`, ...line };
  return [
    statement(quote(dot), { ...look, id: dot, shape: 'point', width: 0.13, fillcolor: line.color }),
    statement(`${quote(dot)} -> ${quote(firstOf(graph, initial))}`, { ...look, id: `edge-${dot}` }),
  ];
}

function edgeLine(graph: SequenceGraph, edge: GraphEdge, marks: Marks): string {
  const marked = marks[edge.id] ?? [];
  const lines = edge.guard === null ? [eventLabel(edge)] : [eventLabel(edge), `[${edge.guard}]`];
  return statement(`${quote(lastOf(graph, edge.source))} -> ${quote(firstOf(graph, edge.target))}`, {
    id: edge.id,
    class: [...(isInner(edge) ? ['inner'] : []), ...marked].join(' '),
    label: lines.map((line) => `\u00a0${line}\u00a0`),
    tooltip: describeEdge(edge),
    ...clip(graph, 'ltail', edge.source),
    ...clip(graph, 'lhead', edge.target),
    ...edgeLook(marked.at(-1)),
  });
}

function isInner({ source, target }: GraphEdge): boolean {
  return source.includes('.') && target.includes('.');
}

/** Graphviz draws edges between leaves only, and cuts them off at the border of the state that they belong to. */
function clip(graph: SequenceGraph, attribute: 'ltail' | 'lhead', id: string): Attributes {
  return stateIn(graph, id)?.kind === 'compound' ? { [attribute]: `cluster_${id}` } : {};
}

function firstOf(graph: SequenceGraph, id: string): string {
  const initial = stateIn(graph, id)?.initial ?? null;
  return initial === null ? id : dotOf(initial);
}

function lastOf(graph: SequenceGraph, id: string): string {
  const child = stateIn(graph, id)?.states.at(-1);
  return child === undefined ? id : lastOf(graph, child.id);
}

function stateIn(graph: SequenceGraph, id: string): GraphState | undefined {
  return flatten(graph.states).find((state) => state.id === id);
}

function dotOf(initial: string): string {
  return `initial-${initial}`;
}

function stateLook(mark: Mark | undefined) {
  const { fill, stroke, text, width, dashed } = mark === undefined ? plain : looks[mark];
  const look = { fillcolor: fill.light, color: stroke.light, fontcolor: text.light, penwidth: width };
  return dashed ? { ...look, style: 'rounded,filled,dashed' } : look;
}

function edgeLook(mark: Mark | undefined) {
  const { stroke, text, width, dashed } = mark === undefined ? plain : looks[mark];
  const look = { color: stroke.light, fontcolor: text.light, penwidth: width };
  return dashed ? { ...look, style: 'dashed' } : look;
}
