import { z } from 'zod';
import { subjectName, subjectOf } from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { eventsOf, type Walk, walkedStages } from '../sequence/walk.ts';

const subject = {
  stage: z.string().nullable().describe('The stage that it is about, or null.'),
  pass: z.string().nullable().describe('The pass that it is about, or null.'),
  state: z
    .string()
    .nullable()
    .describe('The state that it was decided in. null: no state on the way leads there.'),
};
const stage_id = z.string().describe('The planned stage; of a pass, the stage that carries it.');

/**
 * What became of one stage or pass of the sequence, in which state, and why. `reason` is closed.
 *
 * Codes and fields only: `sayDecision` says it in words.
 */
export const Decision = z.discriminatedUnion('reason', [
  z.strictObject({ ...subject, outcome: z.literal('planned'), reason: z.literal('switch_on'), stage_id }),
  z.strictObject({
    ...subject,
    outcome: z.literal('planned'),
    reason: z.literal('opened_by_pass'),
    by: z.string().describe('The pass whose work needs the stage, although its own switch is off.'),
    stage_id,
  }),
  z.strictObject({
    ...subject,
    outcome: z.literal('moved'),
    reason: z.literal('order_repaired'),
    by: z.string().nullable().describe('The pass that opened the stage, or null.'),
    stage_id,
    stated_index: z.int().min(0).describe('Where the stated stage_order had the stage, counted from 0.'),
    index: z.int().min(0).describe('Where the sequence has it, counted from 0.'),
  }),
  z.strictObject({ ...subject, outcome: z.literal('skipped'), reason: z.literal('switch_off') }),
]);
export type Decision = z.output<typeof Decision>;

/** A decision about a run that is rejected as a whole: nothing of it is planned. */
export interface RejectedDecision {
  readonly stage: string | null;
  readonly pass: string | null;
  readonly outcome: 'rejected' | 'skipped';
  readonly reason: 'unreachable' | 'plan_rejected' | 'switch_off';
  readonly state: string | null;
  /** The stage or pass that the furthest walk took last. null: none. */
  readonly after: string | null;
  /** The events that could have come next there. */
  readonly reachable: readonly string[];
}

/** One decision for every stage and pass of the sequence, in its running order. `stated`: an order that was repaired. */
export function decide(
  reading: SequenceReading,
  walk: Walk,
  stated: readonly string[] | null,
): readonly Decision[] {
  const stages = walkedStages(walk);
  return reading.runningOrder.map((event) => {
    const { stage, pass } = subjectOf(event);
    const step = walk.steps.find((taken) => taken.event === event);
    const index = stages.findIndex((walked) =>
      stage === null ? step !== undefined && walked.steps.includes(step) : walked.stage === stage,
    );
    const planned = stages[index];
    if (planned === undefined) {
      const state = stateOf(reading, walk, event);
      return { stage, pass, state, outcome: 'skipped', reason: 'switch_off' };
    }
    const by = step === undefined ? (planned.steps[0]?.pass ?? null) : null;
    const state = (step ?? planned.steps[0])?.from ?? null;
    const stated_index = stage === null ? -1 : (stated?.indexOf(stage) ?? -1);
    const at = { stage, pass, state, stage_id: planned.id };
    if (stated_index !== -1 && stated_index !== index)
      return { ...at, outcome: 'moved', reason: 'order_repaired', by, stated_index, index };
    if (by !== null) return { ...at, outcome: 'planned', reason: 'opened_by_pass', by };
    return { ...at, outcome: 'planned', reason: 'switch_on' };
  });
}

/** The decisions about a run that is rejected, with the walk that got furthest. */
export function decideRejected(
  reading: SequenceReading,
  walk: Walk,
  wanted: readonly string[],
): readonly RejectedDecision[] {
  const taken = eventsOf(walk);
  const last = taken.at(-1);
  const after = last === undefined ? null : subjectName(last);
  return [...new Set([...reading.runningOrder, ...wanted])].map((event) => {
    const state = stateOf(reading, walk, event);
    const at = { ...subjectOf(event), state, after, reachable: walk.offered };
    if (!wanted.includes(event)) return { ...at, outcome: 'skipped', reason: 'switch_off' };
    const reason = taken.includes(event) ? 'plan_rejected' : 'unreachable';
    return { ...at, outcome: 'rejected', reason };
  });
}

/** The state that took the event; else the last one passed that has a way into it, open or not. */
function stateOf(reading: SequenceReading, walk: Walk, event: string): string | null {
  const entries = reading.entriesOf(event).map(({ state }) => state);
  const leads = (state: string) => entries.some((entry) => state === entry || state.startsWith(`${entry}.`));
  const froms = walk.steps.map((step) => step.from);
  const passed = walk.complete ? froms : [...froms, walk.state];
  const taken = walk.steps.find((step) => step.event === event)?.from;
  return taken ?? passed.findLast(leads) ?? null;
}
