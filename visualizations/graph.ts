import type { AnyStateNode } from 'xstate';
import type { SequenceName } from '../machines/sequences.ts';
import { machineOf } from '../src/sequence/options.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { type Edge, edgesOf, pathOf } from '../src/sequence/states.ts';

/** One state of a sequence, with the states inside it. `id` is its path: `txt2img.base`. */
export interface GraphState {
  readonly id: string;
  readonly name: string;
  /** What is written below the name, line by line. */
  readonly details: readonly string[];
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

/** A sequence, a tree of plans or a flow of jobs, as a picture needs it. States stand in the order in which the machine has them. */
export interface SequenceGraph {
  readonly id: string;
  readonly kind: 'sequence' | 'plan tree' | 'flow';
  readonly initial: string | null;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
}

/**
 * Reads the graph of a sequence off the machine. Pure. Every picture is drawn from this.
 *
 * @throws {InvalidOptionsError} when it is neither a machine nor the name of a shipped one.
 */
export function sequenceGraph(sequence: StageSequence | SequenceName): SequenceGraph {
  const machine = machineOf(sequence);
  const { id, root } = machine;
  return {
    id,
    kind: 'sequence',
    initial: initialOf(root),
    states: Object.values(root.states).map(stateOf),
    edges: edgesOf(machine).flatMap(edgeOf),
  };
}

/** The graph with what a plan says of states beside that it passes them, in their names and descriptions. Pure. */
export function withNotes(graph: SequenceGraph, notes: Readonly<Record<string, string>>): SequenceGraph {
  const noted = (state: GraphState): GraphState => {
    const note = notes[state.id];
    const states = state.states.map(noted);
    if (note === undefined) return { ...state, states };
    const description = `${state.description} Here: ${note}.`;
    return { ...state, name: `${state.name}: ${note}`, description, states };
  };
  return { ...graph, states: graph.states.map(noted) };
}

/** Every state of a list, each before the states inside it. */
export function flatten(states: readonly GraphState[]): readonly GraphState[] {
  return states.flatMap((state) => [state, ...flatten(state.states)]);
}

/** Where the next state stands: sequences and flows go down, and trees, which are wide, to the right. */
export function directionOf({ kind }: SequenceGraph): 'TB' | 'LR' {
  return kind === 'plan tree' ? 'LR' : 'TB';
}

/** Tells whether a state is another one or has it inside. */
export function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

function stateOf(state: AnyStateNode): GraphState {
  return {
    id: pathOf(state),
    name: state.key,
    details: [],
    kind: kindOf(state),
    description: state.description ?? '',
    initial: initialOf(state),
    states: Object.values(state.states).map(stateOf),
  };
}

function kindOf({ type }: AnyStateNode): GraphState['kind'] {
  if (type === 'final') return 'final';
  return type === 'compound' || type === 'parallel' ? 'compound' : 'atomic';
}

function initialOf({ initial }: AnyStateNode): string | null {
  const [first] = initial.target;
  return first === undefined ? null : pathOf(first);
}

function edgeOf({ source, event, guard, targets }: Edge): readonly GraphEdge[] {
  return targets.map((node) => {
    const ends = { source: pathOf(source), target: pathOf(node) };
    return { id: `edge-${ends.source}--${event}--${ends.target}`, ...ends, event, guard };
  });
}
