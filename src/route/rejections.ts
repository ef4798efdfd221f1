import { type Entry, entriesOf, type StageSequence, subjectName, subjectOf } from '../sequence/sequence.ts';
import { type Search, type Walk, wordOf } from '../sequence/walk.ts';
import { sayEntries, sayEvents } from './sentences.ts';

interface Refusal {
  /** The state that the walk stood in. */
  readonly state: string;
  /** The events that were possible there. */
  readonly reachable: readonly string[];
  readonly message: string;
}

interface Unreachable extends Refusal {
  /** The states that lead there, and the guard that may forbid it. */
  readonly enterable_from: readonly Entry[];
}

/** Why there is no plan. `code` is closed: a new one is a new version of the library. */
export type Rejection =
  | ({ readonly code: 'empty_plan' } & Refusal)
  | ({ readonly code: 'unreachable_stage'; readonly stage: string } & Unreachable)
  | ({ readonly code: 'unreachable_pass'; readonly pass: string } & Unreachable)
  | ({ readonly code: 'illegal_order'; readonly stage: string; readonly position: number } & Unreachable)
  | ({ readonly code: 'unfinished_plan' } & Refusal)
  | {
      readonly code: 'stage_order_mismatch';
      readonly stage: string;
      readonly mismatch: 'missing' | 'extra' | 'repeated';
      readonly message: string;
    }
  | {
      readonly code: 'ambiguous_sequence';
      readonly words: readonly (readonly string[])[];
      readonly message: string;
    };

/** Why a set of wanted events is no plan, read off the search for one. Empty when it is one. */
export function rejectWanted(
  sequence: StageSequence,
  search: Search,
  wanted: readonly string[],
): readonly Rejection[] {
  const { complete, furthest } = search;
  if (complete.length === 1) return [];
  if (complete.length > 1) return [rejectAmbiguity(sequence, complete)];
  const taken = new Set(wordOf(furthest));
  const missing = wanted.filter((event) => !taken.has(event));
  if (missing.length === 0) return [rejectEnd(furthest)];
  return missing.map((event) => rejectEvent(sequence, furthest, event));
}

/** Why a walk cannot end where it stands. */
export function rejectEnd(walk: Walk): Rejection {
  const place = { state: walk.state, reachable: walk.offered };
  const next = sayEvents(walk.offered);
  if (walk.steps.length === 0) {
    return {
      code: 'empty_plan',
      ...place,
      message: `No stage is on, and an empty plan is no plan: ${walk.state} leads to ${next}.`,
    };
  }
  return {
    code: 'unfinished_plan',
    ...place,
    message: `A plan cannot end in ${walk.state}: it leads to ${next}.`,
  };
}

/** Why a stated order is refused: the stage at `position`, counted from 0, cannot follow what stands before it. */
export function rejectOrder(sequence: StageSequence, walk: Walk, event: string, position: number): Rejection {
  const stage = subjectName(event);
  const refusal = refuse(sequence, walk, event);
  const message = `${stage} cannot stand at position ${position + 1}: ${refusal.message}`;
  return { code: 'illegal_order', stage, position, ...refusal, message };
}

/** How a stated order fails to name exactly the stages that are on. */
export function rejectMismatch(stated: readonly string[], planned: readonly string[]): readonly Rejection[] {
  const repeated = stated.filter((stage, index) => stated.indexOf(stage) !== index);
  return [
    ...mismatches(
      'missing',
      planned.filter((stage) => !stated.includes(stage)),
      'is on, but stage_order leaves it out.',
    ),
    ...mismatches(
      'extra',
      stated.filter((stage) => !planned.includes(stage)),
      'is off, but stage_order names it.',
    ),
    ...mismatches('repeated', repeated, 'stands in stage_order more than once.'),
  ];
}

function mismatches(
  mismatch: 'missing' | 'extra' | 'repeated',
  stages: readonly string[],
  fault: string,
): readonly Rejection[] {
  return [...new Set(stages)].map((stage) => ({
    code: 'stage_order_mismatch',
    stage,
    mismatch,
    message: `${stage} ${fault}`,
  }));
}

function rejectEvent(sequence: StageSequence, walk: Walk, event: string): Rejection {
  const { stage } = subjectOf(event);
  const name = subjectName(event);
  const refusal = refuse(sequence, walk, event);
  const rejection = { ...refusal, message: `${name} is unreachable: ${refusal.message}` };
  if (stage === null) return { code: 'unreachable_pass', pass: name, ...rejection };
  return { code: 'unreachable_stage', stage, ...rejection };
}

function refuse(sequence: StageSequence, walk: Walk, event: string): Unreachable {
  const entries = entriesOf(sequence, event);
  const ways =
    entries.length === 0
      ? `${sequence.id} has no way into it.`
      : `It can be entered from ${sayEntries(entries)}.`;
  return {
    state: walk.state,
    reachable: walk.offered,
    enterable_from: entries,
    message: `the walk stands in ${walk.state}, which leads to ${sayEvents(walk.offered)}. ${ways}`,
  };
}

function rejectAmbiguity(sequence: StageSequence, walks: readonly Walk[]): Rejection {
  const words = walks.map(wordOf);
  const orders = words.map((word) => word.slice(0, -1).map(subjectName).join(', ')).join('; or ');
  return {
    code: 'ambiguous_sequence',
    words,
    message: `${sequence.id} has more than one order for what is on: ${orders}.`,
  };
}
