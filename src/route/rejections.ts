import { type Listed, listFirst } from '../listed.ts';
import { stageEvent, subjectName, subjectOf } from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import type { Entry } from '../sequence/states.ts';
import { eventsOf, type Walk, walkedStages } from '../sequence/walk.ts';
import { type Needs, needsOf } from './needs.ts';
import { sayRejection } from './sentences.ts';

interface Refusal {
  /** The state that the walk stood in. */
  readonly state: string;
  /** The events that were possible there. */
  readonly reachable: readonly string[];
}

interface Unreachable extends Refusal, Needs {
  /** The states that lead there, and the guard that may forbid it, in running order. */
  readonly enterable_from: readonly Entry[];
}

/** Why there is no plan, without the sentence that says so. */
export type RejectionFields =
  | ({ readonly code: 'empty_plan' } & Refusal)
  | ({ readonly code: 'unreachable_stage'; readonly stage: string } & Unreachable)
  | ({ readonly code: 'unreachable_pass'; readonly pass: string } & Unreachable)
  | ({
      readonly code: 'illegal_order';
      readonly stage: string;
      /** Where the order has it, counted from 0. */
      readonly index: number;
      /** The stage of the order that it has to stand before, or null. */
      readonly before: string | null;
      /** The stage of the order that it has to stand behind, or null. */
      readonly behind: string | null;
      /** Whether the order has it already. */
      readonly repeated: boolean;
    } & Unreachable)
  | ({ readonly code: 'unfinished_plan' } & Refusal)
  | {
      readonly code: 'stage_order_mismatch';
      readonly stage: string;
      readonly mismatch: 'missing' | 'extra' | 'unknown' | 'repeated';
      /** The pass that opens a missing stage, or null. */
      readonly by: string | null;
    }
  | {
      readonly code: 'ambiguous_sequence';
      /** The first two orders of what is on, as events. */
      readonly orders: readonly (readonly string[])[];
    };

/** Why there is no plan. `code` is closed: a new one is a new version of the library. */
export type Rejection = RejectionFields & { readonly message: string };

/** What the walk that got furthest lacks: the events that cannot be reached, the first 50 of them, or the end. */
export function rejectFurthest(
  reading: SequenceReading,
  furthest: Walk,
  wanted: readonly string[],
): Listed<Rejection> {
  const taken = new Set(eventsOf(furthest));
  const rank = (event: string) => reading.rankOf(event) + 1 || reading.runningOrder.length + 1;
  const missing = wanted.filter((event) => !taken.has(event)).toSorted((a, b) => rank(a) - rank(b));
  if (missing.length === 0) return { first: [rejectEnd(reading, furthest)], more: 0 };
  const all = new Set(wanted);
  const { first, more } = listFirst(missing);
  const rejections = first.map((event) => {
    const { stage } = subjectOf(event);
    const refusal = refuse(reading, furthest, event, all);
    return stage === null
      ? rejection(reading, { code: 'unreachable_pass', pass: subjectName(event), ...refusal })
      : rejection(reading, { code: 'unreachable_stage', stage, ...refusal });
  });
  return { first: rejections, more };
}

/** Why a set has no order of its own: it has several, of which these are two. */
export function rejectAmbiguity(
  reading: SequenceReading,
  orders: readonly (readonly string[])[],
): readonly Rejection[] {
  return [rejection(reading, { code: 'ambiguous_sequence', orders })];
}

/** Why a walk cannot end where it stands. */
export function rejectEnd(reading: SequenceReading, { state, offered, steps }: Walk): Rejection {
  const code = steps.length === 0 ? 'empty_plan' : 'unfinished_plan';
  return rejection(reading, { code, state, reachable: offered });
}

/**
 * Why a stated order is refused: the stage at `index`, counted from 0, cannot follow what stands before it. `asked`: the
 * events that the order stands for, `event` among them.
 */
export function rejectOrder(
  reading: SequenceReading,
  walk: Walk,
  event: string,
  { stages, index, asked }: { stages: readonly string[]; index: number; asked: readonly string[] },
): Rejection {
  const stage = String(stages[index]);
  const refusal = refuse(reading, walk, event, new Set(asked), stage);
  const isMisplaced = refusal.needs.length === 0 && refusal.excluded_by.length === 0;
  const places = isMisplaced ? stages.slice(0, index) : [];
  const rank = (other: string) => reading.rankOf(stageEvent(other));
  const before = places.find((other) => rank(other) > rank(stage)) ?? null;
  const earlier = isMisplaced ? stages.slice(index).filter((other) => rank(other) < rank(stage)) : [];
  const behind = before === null ? (earlier.toSorted((a, b) => rank(b) - rank(a))[0] ?? null) : null;
  const repeated = stages.indexOf(stage) < index;
  return rejection(reading, { code: 'illegal_order', stage, index, before, behind, repeated, ...refusal });
}

/** How a stated order fails to name exactly the stages of a walk. */
export function rejectMismatch(
  reading: SequenceReading,
  stated: readonly string[],
  walk: Walk,
): readonly Rejection[] {
  const planned = walkedStages(walk);
  const stages = new Set(planned.map(({ stage }) => stage));
  const named = new Set(stated);
  const known = new Set(reading.runningOrder.map((event) => subjectOf(event).stage));
  return [
    ...planned
      .filter(({ stage }) => !named.has(stage))
      .map(({ stage, steps }) => mismatch(reading, stage, 'missing', steps[0]?.pass ?? null)),
    ...[...named]
      .filter((stage) => !stages.has(stage))
      .map((stage) => mismatch(reading, stage, known.has(stage) ? 'extra' : 'unknown')),
    ...rejectRepeats(reading, stated),
  ];
}

/** The stages of a stated order that the sequence does not have. */
export function rejectUnknown(reading: SequenceReading, stated: readonly string[]): readonly Rejection[] {
  return [...new Set(stated)]
    .filter((stage) => reading.rankOf(stageEvent(stage)) === -1)
    .map((stage) => mismatch(reading, stage, 'unknown'));
}

/** The stages that a stated order names more than once. */
export function rejectRepeats(reading: SequenceReading, stated: readonly string[]): readonly Rejection[] {
  const seen = new Set<string>();
  const repeated = stated.filter((stage) => seen.size === seen.add(stage).size);
  return [...new Set(repeated)].map((stage) => mismatch(reading, stage, 'repeated'));
}

function mismatch(
  reading: SequenceReading,
  stage: string,
  kind: Extract<RejectionFields, { code: 'stage_order_mismatch' }>['mismatch'],
  by: string | null = null,
): Rejection {
  return rejection(reading, { code: 'stage_order_mismatch', stage, mismatch: kind, by });
}

/** `stage`: the stage that the event should begin, where only such ways count. */
function refuse(
  reading: SequenceReading,
  walk: Walk,
  event: string,
  wanted: ReadonlySet<string>,
  stage?: string,
): Unreachable {
  return {
    state: walk.state,
    reachable: walk.offered,
    enterable_from: reading
      .entriesOf(event)
      .filter(({ begins }) => stage === undefined || begins === stage)
      .map(({ entry }) => ({ ...entry })),
    ...needsOf(reading, wanted, event),
  };
}

function rejection(reading: SequenceReading, fields: RejectionFields): Rejection {
  return { ...fields, message: sayRejection(fields, reading) };
}
