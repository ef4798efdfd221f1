import type { GraphEdge, GraphState, SequenceGraph } from './graph.ts';
import { cutText } from './wrap-text.ts';

/** Boxes and the arrows between them: a tree of plans, or the jobs of a queue and which waits for which. */
export interface Boxes {
  readonly kind: 'plan tree' | 'flow';
  readonly title: string;
  /** What to know of it, in one sentence. Empty: nothing. */
  readonly sentence: string;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** One box. */
export interface Box {
  /** What tells it from every other one. */
  readonly id: string;
  readonly name: string;
  /** What is written below the name, line by line. */
  readonly details?: readonly string[];
  /** What is said under the pointer, in full. Without it the name and the details are. */
  readonly about?: string;
}

/** An arrow from one box to another: the second waits for the first. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** The longest line in a box. */
const longest = 44;

/** Makes boxes and arrows a graph, so that they are drawn as sequences are. Pure. */
export function boxesGraph({ kind, title, sentence, boxes, arrows }: Boxes): SequenceGraph {
  return {
    id: title,
    kind,
    title,
    sentence,
    direction: 'LR',
    spine: [],
    initial: null,
    states: boxes.map(stateOf),
    edges: arrows.map(edgeOf),
  };
}

function stateOf({ id, name, details = [], about }: Box): GraphState {
  return {
    id,
    name: cutText(name, longest),
    details: details.map((line) => cutText(line, longest)),
    room: details.length,
    kind: 'atomic',
    description: about ?? [name, ...details].join(', '),
    initial: null,
    states: [],
  };
}

function edgeOf({ from, to, label = '' }: Arrow): GraphEdge {
  return { id: `edge-${from}--${to}`, source: from, event: label, guard: null, target: to };
}
