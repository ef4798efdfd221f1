import type { Walk } from '../src/sequence/walk.ts';
import { contains, flatten, type GraphEdge, type SequenceGraph } from './graph.ts';
import type { Journey } from './journey.ts';

/**
 * What a run makes of a state or a transition. A picture shows each of these in a look of its own.
 *
 * `untried`: the run asks for it, and the walk ended before it. `refused`: a transition that its guard closes where the walk
 * ended. `ended`: the state in which a rejected walk ended.
 */
export type Mark = 'taken' | 'skipped' | 'untried' | 'refused' | 'ended';

/** The marks of a run, by the ids of states and edges. */
export type Marks = Readonly<Record<string, readonly Mark[]>>;

/** Marks what a journey takes, what it leaves out, what it never came to, and where a rejected one ends. Pure. */
export function markJourney(graph: SequenceGraph, journey: Journey): Marks {
  const { walk, refused, legal } = journey;
  const taken = markWalk(graph, walk);
  const asked = statesAskedFor(graph, journey);
  const closed = new Set(
    graph.edges
      .filter(({ event, source }) => refused.includes(event) && contains(source, walk.state))
      .map(({ id }) => id),
  );
  const marksOf = (id: string): readonly Mark[] => {
    if (!legal && id === walk.state) return ['taken', 'ended'];
    if (closed.has(id)) return ['refused'];
    return taken[id] ?? (asked.has(id) ? ['untried'] : ['skipped']);
  };
  const ids = [...flatten(graph.states), ...graph.edges].map(({ id }) => id);
  return Object.fromEntries(ids.map((id) => [id, marksOf(id)]));
}

/**
 * The states to which the events that were not taken would lead: where the policies let them, or else where a guard is in
 * the way, or else from anywhere.
 */
function statesAskedFor(graph: SequenceGraph, { walk, untried, policies }: Journey): ReadonlySet<string> {
  const closed = new Set(Object.entries(policies).flatMap(([name, allowed]) => (allowed ? [] : [name])));
  const onward = graph.edges.filter(({ event }) => untried.includes(event));
  const open = edgesAhead(
    onward.filter(({ guard }) => guard === null || !closed.has(guard)),
    visitedBy(walk),
  );
  const all = edgesAhead(onward, visitedBy(walk));
  const targets = untried.flatMap((event) => {
    const leading = [open, all, graph.edges].map((edges) => edges.filter((edge) => edge.event === event));
    return (leading.find((edges) => edges.length > 0) ?? []).map(({ target }) => target);
  });
  const begun = flatten(graph.states).flatMap(({ id, initial }) =>
    initial !== null && targets.includes(id) ? [initial] : [],
  );
  return new Set([...targets, ...begun]);
}

/** The transitions that lead on from these states, and from wherever those lead. */
function edgesAhead(edges: readonly GraphEdge[], from: readonly string[]): readonly GraphEdge[] {
  const reached = new Set(from);
  const ahead = new Set<GraphEdge>();
  for (let before = -1; before !== ahead.size; ) {
    before = ahead.size;
    for (const edge of edges) {
      if (![...reached].some((state) => contains(edge.source, state))) continue;
      ahead.add(edge);
      reached.add(edge.target);
    }
  }
  return [...ahead];
}

/** Marks the states and transitions that a walk takes, and nothing else. Pure. */
export function markWalk(graph: SequenceGraph, walk: Walk): Marks {
  const visited = visitedBy(walk);
  const states = flatten(graph.states).filter(({ id }) => visited.some((state) => contains(id, state)));
  return Object.fromEntries(
    [...states, ...edgesTaken(graph, walk)].map(({ id }) => [id, ['taken'] as const]),
  );
}

/** The transition that each step of a walk took, in order: of those that fit the last, since a graph lists what is written on inner states later. */
export function edgesTaken(graph: SequenceGraph, walk: Walk): readonly GraphEdge[] {
  const visited = visitedBy(walk);
  return walk.steps.flatMap(({ event }, index) => {
    const [from = '', to = ''] = visited.slice(index, index + 2);
    const fits = (edge: GraphEdge) =>
      edge.event === event && contains(edge.source, from) && contains(edge.target, to);
    return graph.edges.filter(fits).slice(-1);
  });
}

function visitedBy(walk: Walk): readonly string[] {
  return [...walk.steps.map((step) => step.from), walk.state];
}
