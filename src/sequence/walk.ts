import type { StateMeta } from '../../machines/vocabulary.ts';
import { deepFreeze } from '../readonly.ts';
import { type EventSubject, subjectOf } from './events.ts';
import type { ReachableState } from './reachable-states.ts';
import type { SequenceReading } from './reading.ts';

/** One event taken: the state it was taken in, all that was offered there, and what the state it led to says of itself. */
export interface Step extends EventSubject {
  readonly event: string;
  readonly from: string;
  readonly offered: readonly string[];
  /** What the outermost state that it led to says of itself. */
  readonly meta: StateMeta;
  /** The stage that begins with it, or null where the stage before it goes on. */
  readonly begins: string | null;
}

/** A way through a sequence, from its start to the state it stands in. */
export interface Walk {
  readonly steps: readonly Step[];
  readonly state: string;
  readonly offered: readonly string[];
  readonly complete: boolean;
}

/** A stage of a walk, with the steps that it consists of: the one that begins it, and its passes. */
export interface WalkedStage {
  /** Its place, counted from 1, and its type: `1-txt2img`. */
  readonly id: string;
  readonly stage: string;
  /** What its outermost state says of itself. */
  readonly meta: StateMeta;
  readonly steps: readonly Step[];
  /** The passes taken inside it, in order. */
  readonly passes: readonly string[];
  /** Whether a pass opened it, its own event not being taken. */
  readonly opened: boolean;
}

/** Takes the given events one after the other, as far as the sequence lets them. */
export function follow({ states }: Pick<SequenceReading, 'states'>, events: readonly string[]): Walk {
  const [start] = states;
  const steps: Step[] = [];
  let at = start;
  for (const event of events) {
    const target = at?.moves.get(event);
    if (at === undefined || target === undefined) break;
    steps.push(stepTo(at, event, target));
    at = target;
  }
  return deepFreeze({ steps, state: at?.name ?? '', offered: offeredIn(at), complete: at?.final === true });
}

/** The events of a walk. */
export function eventsOf(walk: Walk): readonly string[] {
  return walk.steps.map((step) => step.event);
}

/** The stages of a walk, in order, each with its steps. */
export function walkedStages(walk: Walk): readonly WalkedStage[] {
  const stages: (WalkedStage & { steps: Step[]; passes: string[] })[] = [];
  for (const step of walk.steps) {
    const stage = step.begins;
    if (stage !== null) {
      const id = `${stages.length + 1}-${stage}`;
      stages.push({ id, stage, meta: step.meta, steps: [], passes: [], opened: step.pass !== null });
    }
    if (step.meta.stage_type === null) continue;
    stages.at(-1)?.steps.push(step);
    if (step.pass !== null) stages.at(-1)?.passes.push(step.pass);
  }
  return deepFreeze(stages);
}

/** The stage types of a walk, in order. */
export function stagesOf(walk: Walk): readonly string[] {
  return walk.steps.flatMap((step) => step.begins ?? []);
}

function stepTo(from: ReachableState, event: string, to: ReachableState): Step {
  const meta = to.outer;
  return {
    event,
    ...subjectOf(event),
    from: from.name,
    offered: offeredIn(from),
    meta,
    begins: meta.stage_type === from.outer.stage_type ? null : meta.stage_type,
  };
}

function offeredIn(state: ReachableState | undefined): readonly string[] {
  return [...(state?.moves.keys() ?? [])];
}
