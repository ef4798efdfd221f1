import { type Attributes, indent, quote, statement } from './dot-text.ts';
import { flatten, type GraphEdge, type GraphState, type SequenceGraph } from './graph.ts';
import { describeEdge, edgeLabels } from './labels.ts';
import { grounds, type Look, looks, plain } from './looks.ts';
import type { Mark } from './marks.ts';
import { legend, legendOf, plainStory, type Story } from './story.ts';
import { wrapText } from './wrap-text.ts';

/** Graphviz has the widths of this one's letters; in a list of several it finds none and takes those of Times. */
const fontname = 'Helvetica';
const lettersInCaption = 100;

/**
 * Renders a graph as DOT. Pure.
 *
 * A state has the id `state-<path>` and the class `state`, a transition its own id and, from Graphviz, the class `edge`,
 * each with its marks as further classes, so that a style sheet can find them in the SVG. Title and sentence stand below.
 */
export function renderDot(graph: SequenceGraph, story: Story = plainStory(graph)): string {
  return digraph(graph, story, [
    statement('graph', { label: caption(story), labelloc: 'b', fontcolor: plain.text.light }),
    ...refusalLines(graph, story),
  ]);
}

/** The DOT that an SVG is laid out by: no caption, since the SVG has one of its own. */
export function renderLayout(graph: SequenceGraph): string {
  return digraph(graph, plainStory(graph), []);
}

function digraph(graph: SequenceGraph, story: Story, more: readonly string[]): string {
  const spine = new Set(graph.spine);
  // In this order Graphviz puts the spine to the left of its branches.
  const branchesFirst = graph.edges.toSorted(
    (one, other) => Number(spine.has(one.id)) - Number(spine.has(other.id)),
  );
  const lines = [
    statement('graph', {
      rankdir: graph.direction,
      ordering: 'out',
      compound: true,
      nodesep: 0.2,
      ranksep: 0.55,
      pad: 0.1,
    }),
    statement('graph', { bgcolor: grounds.picture.light, fontname, fontsize: 13 }),
    statement('node', {
      shape: 'box',
      style: 'rounded,filled',
      fontname,
      fontsize: 13,
      margin: graph.kind === 'sequence' ? '0.08,0.08' : '0.2,0.08',
    }),
    statement('edge', { fontname, fontsize: 13, arrowsize: 0.8 }),
    ...initialLines(graph, graph.initial, story),
    ...graph.states.flatMap((state) => stateLines(graph, state, story)),
    ...branchesFirst.map((edge) => edgeLine(graph, edge, story, spine.has(edge.id))),
    ...more,
  ];
  return [`digraph ${quote(graph.id)} {`, ...indent(lines), '}', ''].join('\n');
}

/** The first line keeps its distance with a space: at an empty one Graphviz 16.1 reads past its memory. */
function caption(story: Story): readonly string[] {
  const meanings = legendOf(story).map((mark) => `${legend[mark]} (${describeLook(looks[mark])})`);
  const said = story.sentence === '' ? [] : wrapText(story.sentence, lettersInCaption, 3);
  return ['\u00a0', story.title, ...said, ...(meanings.length === 0 ? [] : [meanings.join('; ')])];
}

/** Room for a name in inches: it is written larger and bolder than Graphviz thinks. */
function widthOf(name: string): number {
  return (name.length * 9 + 8) / 72;
}

function describeLook({ width, dashes }: Look): string {
  const line = dashes === null ? 'line' : 'broken line';
  return `${width > 4 ? 'very thick' : width > 2 ? 'thick' : 'thin'} ${line}`;
}

/** The cross at which a walk was refused, as a node of its own. */
function refusalLines(graph: SequenceGraph, { refusal }: Story): readonly string[] {
  if (refusal === null) return [];
  const look = { class: 'refusal', color: looks.refused.stroke.light, fontcolor: looks.refused.text.light };
  const to = quote('refusal');
  return [
    statement(to, { ...look, shape: 'plaintext', style: '', label: `\u2715 ${refusal.label}` }),
    statement(`${quote(lastOf(graph, refusal.state))} -> ${to}`, {
      ...look,
      style: 'dashed',
      arrowhead: 'none',
      penwidth: looks.refused.width,
    }),
  ];
}

function stateLines(graph: SequenceGraph, state: GraphState, story: Story): readonly string[] {
  const marked = story.marks[state.id] ?? [];
  const details = story.details[state.id] ?? state.details;
  const blank = new Array<string>(Math.max(0, state.room - details.length)).fill('');
  const hooks = {
    id: `state-${state.id}`,
    class: ['state', state.kind, ...marked].join(' '),
    // Graphviz leaves an empty line out of an SVG; one with a space has a place that may be written in.
    label: [state.name, ...details, ...blank].map((line) => (line === '' ? '\u00a0' : line)),
    tooltip: state.description === '' ? state.name : state.description,
    ...stateLook(marked.at(-1)),
  };
  const name = quote(state.id);
  if (state.kind !== 'compound') {
    const size = { width: Math.max(graph.kind === 'sequence' ? 2.5 : 0.75, widthOf(state.name)) };
    const line = graph.spine.includes(state.id) ? { group: 'spine' } : {};
    const rim = state.kind === 'final' ? { peripheries: 2 } : {};
    return [statement(name, { ...hooks, ...size, ...line, ...rim })];
  }
  const box = { style: 'rounded,filled', fillcolor: grounds.compound.light, margin: 10, fontsize: 15 };
  return [
    `subgraph ${quote(`cluster_${state.id}`)} {`,
    ...indent([
      statement('graph', {
        ...hooks,
        ...box,
        label: `\u00a0\u00a0${state.name}`,
        labelloc: 't',
        labeljust: 'l',
      }),
      ...initialLines(graph, state.initial, story),
      ...state.states.flatMap((child) => stateLines(graph, child, story)),
    ]),
    '}',
  ];
}

/** The dot that shows where a sequence, or a state with states inside it, begins. */
function initialLines(graph: SequenceGraph, initial: string | null, { marks }: Story): readonly string[] {
  if (initial === null) return [];
  const dot = dotOf(initial);
  const isSpine = graph.spine.includes(initial);
  const marked = (marks[initial] ?? []).filter((mark) => mark !== 'ended');
  const line = edgeLook(marked.at(-1));
  const look = { class: ['initial', ...marked].join(' '), tooltip: `begins in ${initial}`, ...line };
  const group = isSpine ? { group: 'spine' } : {};
  const weight = isSpine ? { weight: spineWeight } : {};
  return [
    statement(quote(dot), { ...look, ...group, id: dot, shape: 'point', width: 0.13, fillcolor: line.color }),
    statement(`${quote(dot)} -> ${quote(firstOf(graph, initial))}`, {
      ...look,
      ...weight,
      id: `edge-${dot}`,
    }),
  ];
}

/** How much more Graphviz cares for a straight line along the longest way than elsewhere. */
const spineWeight = 100;

function edgeLine(graph: SequenceGraph, edge: GraphEdge, story: Story, isSpine: boolean): string {
  const marked = story.marks[edge.id] ?? [];
  const number = story.numbers[edge.id];
  const [first = '', ...rest] = edgeLabels(edge).flatMap(narrow);
  const lines = [[number ?? '', first].join(' ').trim(), ...rest].filter((line) => line !== '');
  return statement(`${quote(lastOf(graph, edge.source))} -> ${quote(firstOf(graph, edge.target))}`, {
    id: edge.id,
    class: [...(isInner(edge) ? ['inner'] : []), ...marked].join(' '),
    ...(lines.length === 0 ? {} : { label: lines.map((line) => `\u00a0\u00a0\u00a0${line}\u00a0`) }),
    tooltip: describeEdge(edge),
    ...(isSpine ? { weight: spineWeight } : {}),
    ...clip(graph, 'ltail', edge.source),
    ...clip(graph, 'lhead', edge.target),
    ...edgeLook(marked.at(-1)),
  });
}

/** Breaks a long name between its words, `standaloneUpscale` behind `standalone`, since what is written at arrows makes a picture wide. */
function narrow(name: string): readonly string[] {
  return name.length <= 12 ? [name] : name.split(/(?<=[a-z])(?=[A-Z])/);
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
  const { fill, stroke, text, width, dashes } = mark === undefined ? plain : looks[mark];
  const look = { fillcolor: fill.light, color: stroke.light, fontcolor: text.light, penwidth: width };
  return dashes === null ? look : { ...look, style: 'rounded,filled,dashed' };
}

function edgeLook(mark: Mark | undefined) {
  const { stroke, text, width, dashes } = mark === undefined ? plain : looks[mark];
  const look = { color: stroke.light, fontcolor: text.light, penwidth: width };
  return dashes === null ? look : { ...look, style: 'dashed' };
}
