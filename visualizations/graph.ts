import type { AnyStateNode } from 'xstate';
import { everythingAllowed } from '../machines/policies.ts';
import type { SequenceName } from '../machines/sequences.ts';
import { machineOf } from '../src/sequence/options.ts';
import { readSequence } from '../src/sequence/reading.ts';
import { longestWay } from '../src/sequence/running-order.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { type Edge, edgesOf, pathOf, readMeta } from '../src/sequence/states.ts';
import { follow, type Walk } from '../src/sequence/walk.ts';
import { markWalk } from './marks.ts';
import { wrapText } from './wrap-text.ts';

/** What there is room for in the box of a stage: its settings, or the reason why it stands there. */
export const lettersInBox = 27;
const linesInBox = { stage: 4, other: 2 } as const;

/** One state of a sequence, with the states inside it. `id` is its path: `txt2img.base`. */
export interface GraphState {
  readonly id: string;
  readonly name: string;
  /** What is written below the name, line by line. */
  readonly details: readonly string[];
  /** How many lines there is room for below the name, whatever is written there. */
  readonly room: number;
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
  readonly title: string;
  /** What to know of it, in one sentence. Empty: nothing. */
  readonly sentence: string;
  /** Where the next state stands: below, or to the right. */
  readonly direction: 'TB' | 'LR';
  /** The ids of the states and transitions of the longest way. They are drawn in one straight line. */
  readonly spine: readonly string[];
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
  const graph = {
    id,
    kind: 'sequence',
    title: id,
    sentence: '',
    direction: 'TB',
    initial: initialOf(root),
    states: Object.values(root.states).map(stateOf),
    edges: edgesOf(machine).flatMap(edgeOf),
    spine: [],
  } as const;
  return { ...graph, spine: Object.keys(markWalk(graph, longestWalk(machine))) };
}

/** The longest walk with everything allowed. A machine that cannot be walked has none. */
function longestWalk(machine: StageSequence): Walk {
  const reading = readSequence(machine, everythingAllowed);
  const events = reading.problems.length > 0 ? [] : longestWay(reading.states, () => true);
  return follow(reading, events);
}

/** Every state of a list, each before the states inside it. */
export function flatten(states: readonly GraphState[]): readonly GraphState[] {
  return states.flatMap((state) => [state, ...flatten(state.states)]);
}

/** Tells whether a state is another one or has it inside. */
export function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

function stateOf(state: AnyStateNode): GraphState {
  const description = state.description ?? '';
  const stage = readMeta(state.meta)?.stage_type ?? null;
  const room = stage === null ? linesInBox.other : linesInBox.stage;
  return {
    id: pathOf(state),
    name: state.key,
    details: wrapText(description, lettersInBox, room),
    room,
    kind: kindOf(state),
    description,
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
