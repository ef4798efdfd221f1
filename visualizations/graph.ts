import { type DirectedGraphNode, toDirectedGraph } from 'xstate/graph';
import { namedGuard, type StageSequence } from '../src/sequence/sequence.ts';

/** One state of a sequence, with the states inside it. `id` is its path: `txt2img.base`. */
export interface GraphState {
  readonly id: string;
  readonly name: string;
  readonly kind: 'atomic' | 'compound' | 'final';
  readonly description: string;
  /** The state inside this one that it begins in. */
  readonly initial: string | null;
  readonly states: readonly GraphState[];
}

/** One transition of a sequence, between the states that it is written on. */
export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly event: string;
  readonly guard: string | null;
  readonly target: string;
}

/** A sequence as a picture needs it. States stand in the order in which the machine has them. */
export interface SequenceGraph {
  readonly id: string;
  readonly initial: string | null;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
}

/** Reads the graph of a sequence off the machine. Pure. Every picture is drawn from this. */
export function sequenceGraph(sequence: StageSequence): SequenceGraph {
  const root = toDirectedGraph(sequence);
  return {
    id: sequence.id,
    initial: initialOf(root),
    states: root.children.map(stateOf),
    edges: edgesOf(root),
  };
}

/** Every state of a list, each before the states inside it. */
export function flatten(states: readonly GraphState[]): readonly GraphState[] {
  return states.flatMap((state) => [state, ...flatten(state.states)]);
}

/** Tells whether a state is another one or has it inside. */
export function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

function stateOf({ stateNode, children, ...node }: DirectedGraphNode): GraphState {
  return {
    id: stateNode.path.join('.'),
    name: stateNode.key,
    kind: kindOf(stateNode.type),
    description: stateNode.description ?? '',
    initial: initialOf({ stateNode, children, ...node }),
    states: children.map(stateOf),
  };
}

function kindOf(type: DirectedGraphNode['stateNode']['type']): GraphState['kind'] {
  if (type === 'final') return 'final';
  return type === 'compound' || type === 'parallel' ? 'compound' : 'atomic';
}

function initialOf({ stateNode }: DirectedGraphNode): string | null {
  return stateNode.initial?.target[0]?.path.join('.') ?? null;
}

function edgesOf({ edges, children }: DirectedGraphNode): readonly GraphEdge[] {
  const own = edges.map(({ source, target, transition }) => {
    const ends = { source: source.path.join('.'), target: target.path.join('.') };
    const event = transition.eventType;
    const guard = namedGuard(transition.guard) ?? null;
    return { id: `edge-${ends.source}--${event}--${ends.target}`, ...ends, event, guard };
  });
  return [...own, ...children.flatMap(edgesOf)];
}
