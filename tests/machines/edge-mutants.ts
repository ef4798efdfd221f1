import type { StageSequence } from '../../src/index.ts';
import { edgesOf, pathOf, type Edge as SequenceEdge, statesOf } from '../../src/sequence/states.ts';
import { rebuild, type State } from '../rebuild.ts';

/** A sequence with one edge dropped, redirected, added, or with another guard. */
export interface EdgeMutant {
  readonly kind: 'drop' | 'redirect' | 'add' | 'drop guard' | 'invert guard';
  readonly source: string;
  readonly event: string;
  readonly target: string;
  readonly sequence: StageSequence;
}

interface Edge {
  readonly source: string;
  readonly event: string;
  readonly target: string;
  readonly guard: string | undefined;
}

/** Every mutant of a sequence that differs from it in one edge. */
export function edgeMutants(sequence: StageSequence): readonly EdgeMutant[] {
  const states = statesOf(sequence.root)
    .map(pathOf)
    .filter((path) => path !== '');
  const edges = edgesOf(sequence).map(namedEdge);
  const mutant = (
    kind: EdgeMutant['kind'],
    { source, event, target }: Omit<Edge, 'guard'>,
    transition: object | undefined,
  ): EdgeMutant => ({
    kind,
    source,
    event,
    target,
    sequence: rebuild(sequence, (root) => withEdge(root, source.split('.'), event, transition)),
  });
  const to = (state: string, guard?: unknown) => ({
    target: `#${sequence.id}.${state}`,
    ...(guard !== undefined && { guard }),
  });
  const missing = states.flatMap((source) =>
    sequence.events
      .filter((event) => !edges.some((edge) => edge.source === source && edge.event === event))
      .map((event) => ({ source, event })),
  );
  const guarded = edges.filter(({ guard }) => guard !== undefined);
  return [
    ...edges.map((edge) => mutant('drop', edge, undefined)),
    ...edges.flatMap((edge) =>
      states
        .filter((state) => state !== edge.target)
        .map((target) => mutant('redirect', { ...edge, target }, to(target, edge.guard))),
    ),
    ...missing.flatMap(({ source, event }) =>
      states.map((target) => mutant('add', { source, event, target }, to(target))),
    ),
    ...guarded.map((edge) => mutant('drop guard', edge, to(edge.target))),
    ...guarded.map((edge) => mutant('invert guard', edge, to(edge.target, `not ${edge.guard}`))),
  ];
}

function namedEdge({ source, event, guard, targets }: SequenceEdge): Edge {
  return { source: pathOf(source), event, target: targets.map(pathOf).join(), guard: guard ?? undefined };
}

/** The state with one of its transitions, or one of a state inside it, set or taken away. */
function withEdge(
  state: State,
  [key, ...inside]: readonly string[],
  event: string,
  transition: object | undefined,
): State {
  if (key !== undefined) {
    const inner = state.states?.[key];
    return inner === undefined
      ? state
      : { ...state, states: { ...state.states, [key]: withEdge(inner, inside, event, transition) } };
  }
  const { [event]: _, ...others } = state.on ?? {};
  return { ...state, on: transition === undefined ? others : { ...others, [event]: transition } };
}
