import { visible } from '../src/visible.ts';
import { flatten, type GraphEdge, type GraphState, type SequenceGraph } from './graph.ts';
import { looks } from './looks.ts';
import type { Mark, Marks } from './marks.ts';

/** Renders a graph as a Mermaid `stateDiagram-v2`. Pure. */
export function renderMermaid(graph: SequenceGraph, marks: Marks = {}): string {
  const nameOf = namesIn(graph);
  return [
    'stateDiagram-v2',
    `  accTitle: ${shown(graph.id)}`,
    ...initialLine(nameOf, graph.initial, '  '),
    ...graph.states.flatMap((state) => stateLines(nameOf, graph, state, '  ')),
    ...graph.edges.filter((edge) => !isInside(graph, edge)).map((edge) => edgeLine(nameOf, edge, '  ')),
    ...graph.states.filter(({ kind }) => kind === 'final').map(({ id }) => `  ${nameOf(id)} --> [*]`),
    ...markLines(nameOf, graph, marks),
    '',
  ].join('\n');
}

/** The name that Mermaid knows a state by: a word, since a name of its has no dots. */
type NameOf = (id: string) => string;

/** Gives every state a name of its own: two that would have the same are told apart by a number. */
function namesIn({ states }: SequenceGraph): NameOf {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of flatten(states)) {
    const word = id.replaceAll(/\W/g, '_');
    let name = word;
    for (let number = 2; taken.has(name); number += 1) name = `${word}_${number}`;
    taken.add(name);
    names.set(id, name);
  }
  return (id) => String(names.get(id));
}

/** A text as Mermaid shows it: what means something to it is written as its number. */
function shown(text: string): string {
  return visible(text).replaceAll(/[#"<>;]/g, (sign) => `#${sign.charCodeAt(0)};`);
}

function stateLines(
  nameOf: NameOf,
  graph: SequenceGraph,
  state: GraphState,
  indent: string,
): readonly string[] {
  const head = `${indent}state "${shown(state.name)}" as ${nameOf(state.id)}`;
  if (state.kind !== 'compound') return [head];
  const inner = `${indent}  `;
  return [
    `${head} {`,
    ...initialLine(nameOf, state.initial, inner),
    ...state.states.flatMap((child) => stateLines(nameOf, graph, child, inner)),
    ...graph.edges.filter((edge) => owns(state, edge)).map((edge) => edgeLine(nameOf, edge, inner)),
    `${indent}}`,
  ];
}

function initialLine(nameOf: NameOf, initial: string | null, indent: string): readonly string[] {
  return initial === null ? [] : [`${indent}[*] --> ${nameOf(initial)}`];
}

function edgeLine(nameOf: NameOf, { source, event, guard, target }: GraphEdge, indent: string): string {
  const label = guard === null ? event : `${event} [${guard}]`;
  return `${indent}${nameOf(source)} --> ${nameOf(target)} : ${shown(label)}`;
}

/** Mermaid gives a style to leaves only: one on a state with states inside it fails. */
function markLines(nameOf: NameOf, graph: SequenceGraph, marks: Marks): readonly string[] {
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

/** An edge between two states of one compound state is written inside it. */
function owns(state: GraphState, edge: GraphEdge): boolean {
  return [edge.source, edge.target].every((end) => state.states.some(({ id }) => id === end));
}

function isInside(graph: SequenceGraph, edge: GraphEdge): boolean {
  return flatten(graph.states).some((state) => owns(state, edge));
}
