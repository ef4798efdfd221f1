import { contains, flatten, type GraphEdge, type SequenceGraph } from './graph.ts';
import type { Journey } from './journey.ts';

/** What a run makes of a state or a transition. A picture shows each of these in a look of its own. */
export type Mark = 'taken' | 'skipped' | 'unreachable' | 'ended';

/** The marks of a run, by the ids of states and edges. */
export type Marks = Readonly<Record<string, readonly Mark[]>>;

/** Marks what a journey takes, what it leaves out, what it cannot reach, and where a rejected one ends. Pure. */
export function markJourney(graph: SequenceGraph, { walk, refused }: Journey): Marks {
  const visited = [...walk.steps.map((step) => step.from), walk.state];
  const taken = new Set(walk.steps.map(({ event }, index) => edgeTaken(graph, visited, event, index)?.id));
  const closed = graph.edges.filter((edge) => refused.includes(edge.event));
  const ended = refused.length > 0 ? walk.state : null;

  const ofState = (id: string): readonly Mark[] => {
    if (id === ended) return ['taken', 'ended'];
    if (visited.some((state) => contains(id, state))) return ['taken'];
    return closed.some((edge) => edge.target === id) ? ['unreachable'] : ['skipped'];
  };
  const ofEdge = (edge: GraphEdge): readonly Mark[] => {
    if (taken.has(edge.id)) return ['taken'];
    return closed.includes(edge) && contains(edge.source, walk.state) ? ['unreachable'] : ['skipped'];
  };
  return Object.fromEntries([
    ...flatten(graph.states).map(({ id }) => [id, ofState(id)]),
    ...graph.edges.map((edge) => [edge.id, ofEdge(edge)]),
  ]);
}

/** The transition that a step took: of those that fit, the one written on the innermost state. */
function edgeTaken(
  graph: SequenceGraph,
  visited: readonly string[],
  event: string,
  index: number,
): GraphEdge | undefined {
  const [from = '', to = ''] = visited.slice(index, index + 2);
  return graph.edges
    .filter((edge) => edge.event === event && contains(edge.source, from) && contains(edge.target, to))
    .toSorted((a, b) => b.source.length - a.source.length)[0];
}
