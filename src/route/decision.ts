import * as z from 'zod';
import type { DeepReadonly } from '../readonly.ts';

const subject = {
  stage: z.string().nullable().describe('The stage that it is about, or null.'),
  pass: z.string().nullable().describe('The pass that it is about, or null.'),
  state: z
    .string()
    .nullable()
    .describe('The state that it was decided in. null: no state on the way leads there.'),
};
const planned = z.literal('planned').describe('It is in the plan.');
const stage_id = z.string().describe('The planned stage; of a pass, the stage that carries it.');

/**
 * What became of one stage or pass of the sequence, in which state, and why. `reason` is closed.
 *
 * Codes and fields only: `sayDecision` says it in words.
 */
export const Decision = z.discriminatedUnion('reason', [
  z.strictObject({
    ...subject,
    outcome: planned,
    reason: z.literal('switch_on').describe('Its switch is on.'),
    stage_id,
  }),
  z.strictObject({
    ...subject,
    outcome: planned,
    reason: z.literal('opened_by_pass').describe('A pass that is on works in it.'),
    by: z.string().describe('The pass whose work needs the stage, although its own switch is off.'),
    stage_id,
  }),
  z.strictObject({
    ...subject,
    outcome: z.literal('moved').describe('It is in the plan, elsewhere than stated.'),
    reason: z.literal('order_repaired').describe('The stated order was not that of the sequence.'),
    by: z.string().nullable().describe('The pass that opened the stage, or null.'),
    stage_id,
    stated_index: z.int().min(0).describe('Where the stated stage_order had the stage, counted from 0.'),
    index: z.int().min(0).describe('Where the sequence has it, counted from 0.'),
  }),
  z.strictObject({
    ...subject,
    outcome: z.literal('skipped').describe('It is not in the plan.'),
    reason: z.literal('switch_off').describe('Its switch is off.'),
  }),
]);
export type Decision = DeepReadonly<z.output<typeof Decision>>;

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
