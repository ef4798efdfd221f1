import type { Walk } from '../src/sequence/walk.ts';
import { contains, flatten, type GraphEdge, type SequenceGraph } from './graph.ts';
import type { Journey } from './journey.ts';

/** What a run makes of a state or a transition. A picture shows each of these in a look of its own. */
export type Mark = 'taken' | 'skipped' | 'unreachable' | 'ended';

/** The marks of a run, by the ids of states and edges. */
export type Marks = Readonly<Record<string, readonly Mark[]>>;

/** Marks what a journey takes, what it leaves out, what it cannot reach, and where a rejected one ends. Pure. */
export function markJourney(graph: SequenceGraph, { walk, refused, legal }: Journey): Marks {
  const taken = markWalk(graph, walk);
  const closed = graph.edges.filter((edge) => refused.includes(edge.event));
  const targets = closed.map((edge) => edge.target);
  const faced = closed.filter((edge) => contains(edge.source, walk.state)).map((edge) => edge.id);
  const marksOf = (id: string): readonly Mark[] => {
    if (!legal && id === walk.state) return ['taken', 'ended'];
    return taken[id] ?? ([...targets, ...faced].includes(id) ? ['unreachable'] : ['skipped']);
  };
  const ids = [...flatten(graph.states), ...graph.edges].map(({ id }) => id);
  return Object.fromEntries(ids.map((id) => [id, marksOf(id)]));
}

/** Marks the states and transitions that a walk takes, and nothing else. Pure. */
export function markWalk(graph: SequenceGraph, walk: Walk): Marks {
  const visited = [...walk.steps.map((step) => step.from), walk.state];
  const states = flatten(graph.states).filter(({ id }) => visited.some((state) => contains(id, state)));
  const edges = walk.steps.flatMap(({ event }, index) => edgeTaken(graph, visited, event, index));
  return Object.fromEntries([...states, ...edges].map(({ id }) => [id, ['taken'] as const]));
}

/** The transition that a step took: of those that fit the last, since a graph lists what is written on inner states later. */
function edgeTaken(
  graph: SequenceGraph,
  visited: readonly string[],
  event: string,
  index: number,
): readonly GraphEdge[] {
  const [from = '', to = ''] = visited.slice(index, index + 2);
  const fitting = graph.edges.filter(
    (edge) => edge.event === event && contains(edge.source, from) && contains(edge.target, to),
  );
  return fitting.slice(-1);
}
