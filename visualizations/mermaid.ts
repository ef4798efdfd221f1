import { flatten, type GraphEdge, type GraphState, type SequenceGraph } from './graph.ts';
import { looks } from './looks.ts';
import type { Mark, Marks } from './marks.ts';

/** Renders a graph as a Mermaid `stateDiagram-v2`. Pure. */
export function renderMermaid(graph: SequenceGraph, marks: Marks = {}): string {
  return [
    'stateDiagram-v2',
    `  accTitle: ${graph.id}`,
    ...(graph.direction === 'TB' ? [] : [`  direction ${graph.direction}`]),
    ...initialLine(graph.initial, '  '),
    ...graph.states.flatMap((state) => stateLines(graph, state, '  ')),
    ...graph.edges.filter((edge) => !isInside(graph, edge)).map((edge) => edgeLine(edge, '  ')),
    ...graph.states.filter(({ kind }) => kind === 'final').map(({ id }) => `  ${nameOf(id)} --> [*]`),
    ...markLines(graph, marks),
    '',
  ].join('\n');
}

function stateLines(graph: SequenceGraph, state: GraphState, indent: string): readonly string[] {
  const head = `${indent}state "${textOf(state.name)}" as ${nameOf(state.id)}`;
  if (state.kind !== 'compound') return [head];
  const inner = `${indent}  `;
  return [
    `${head} {`,
    ...initialLine(state.initial, inner),
    ...state.states.flatMap((child) => stateLines(graph, child, inner)),
    ...graph.edges.filter((edge) => owns(state, edge)).map((edge) => edgeLine(edge, inner)),
    `${indent}}`,
  ];
}

function initialLine(initial: string | null, indent: string): readonly string[] {
  return initial === null ? [] : [`${indent}[*] --> ${nameOf(initial)}`];
}

function edgeLine({ source, event, guard, target }: GraphEdge, indent: string): string {
  const label = guard === null ? event : `${event} [${guard}]`;
  return `${indent}${nameOf(source)} --> ${nameOf(target)}${label === '' ? '' : ` : ${label}`}`;
}

/** Mermaid's texts have no quotes, tags and line breaks but its own. */
function textOf(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '"': '#quot;',
    '#': '#35;',
    '<': '#lt;',
    '>': '#gt;',
    '\n': '<br/>',
  };
  return text.replaceAll(/["#<>\n]/g, (sign) => String(signs[sign]));
}

/** Mermaid gives a style to leaves only: one on a state with states inside it fails. */
function markLines(graph: SequenceGraph, marks: Marks): readonly string[] {
  const marked = flatten(graph.states).flatMap(({ id, kind }) => {
    const mark = marks[id]?.at(-1);
    return mark === undefined || kind === 'compound' ? [] : [{ id, mark }];
  });
  const used = [...new Set(marked.map(({ mark }) => mark))];
  return [
    ...used.map((mark) => `  classDef ${mark} ${styleOf(mark)}`),
    ...marked.map(({ id, mark }) => `  class ${nameOf(id)} ${mark}`),
  ];
}

function styleOf(mark: Mark): string {
  const { fill, stroke, text, width, dashed } = looks[mark];
  const look = `fill:${fill.light},stroke:${stroke.light},color:${text.light},stroke-width:${width}px`;
  return dashed ? `${look},stroke-dasharray:5 3` : look;
}

/** Mermaid's names have no dots. */
function nameOf(id: string): string {
  return id.replaceAll('.', '_');
}

/** An edge between two states of one compound state is written inside it. */
function owns(state: GraphState, edge: GraphEdge): boolean {
  return [edge.source, edge.target].every((end) => state.states.some(({ id }) => id === end));
}

function isInside(graph: SequenceGraph, edge: GraphEdge): boolean {
  return flatten(graph.states).some((state) => owns(state, edge));
}
