import { z } from 'zod';
import { entriesOf, type StageSequence, subjectName, subjectOf } from '../sequence/sequence.ts';
import { runningOrder, stagesOf, type Walk, wordOf } from '../sequence/walk.ts';
import { sayEvents } from './sentences.ts';
import { type Switches, switchOf } from './wanted-events.ts';

/** What became of one stage or pass of the sequence, in which state, and why. `reason` is closed. */
export const Decision = z.strictObject({
  stage: z.string().nullable(),
  pass: z.string().nullable(),
  outcome: z.enum(['planned', 'skipped', 'moved']),
  reason: z.enum(['switch_on', 'switch_off', 'hires_becomes_upscale', 'order_repaired']),
  state: z.string().describe('The state that it was decided in.'),
  stated_index: z
    .int()
    .min(0)
    .nullable()
    .describe('Where a repaired stage_order had the stage, counted from 0.'),
  message: z.string(),
});
export type Decision = z.output<typeof Decision>;

/** A decision about a run that is rejected as a whole: nothing of it is planned. */
export interface RejectedDecision {
  readonly stage: string | null;
  readonly pass: string | null;
  readonly outcome: 'rejected' | 'skipped';
  readonly reason: 'unreachable' | 'plan_rejected' | 'switch_off' | 'hires_becomes_upscale';
  readonly state: string;
  readonly message: string;
}

/** One decision for every stage and pass of the sequence, in its running order. `stated`: an order that was repaired. */
export function decide(
  sequence: StageSequence,
  walk: Walk,
  switches: Switches,
  stated: readonly string[] | null,
): readonly Decision[] {
  return runningOrder(sequence).map((event) => {
    const at = { ...subjectOf(event), state: stateOf(sequence, walk, event), stated_index: null };
    if (!wordOf(walk).includes(event)) return { ...at, outcome: 'skipped', ...skip(switches, event) };
    const stated_index = at.stage === null || stated === null ? -1 : stated.indexOf(at.stage);
    const index = stagesOf(walk).indexOf(subjectName(event));
    if (stated_index === -1 || stated_index === index)
      return { ...at, outcome: 'planned', ...plan(switches, event, at.state) };
    const message = `stage_order has ${at.stage} at position ${stated_index + 1}, ${sequence.id} at ${index + 1}.`;
    return { ...at, outcome: 'moved', reason: 'order_repaired', stated_index, message };
  });
}

/** The decisions about a run that is rejected, with the walk that got furthest. */
export function decideRejected(
  sequence: StageSequence,
  walk: Walk,
  switches: Switches,
  wanted: readonly string[],
): readonly RejectedDecision[] {
  const taken = new Set(wordOf(walk));
  return [...new Set([...runningOrder(sequence), ...wanted])].map((event) => {
    const name = subjectName(event);
    const at = { ...subjectOf(event), state: stateOf(sequence, walk, event) };
    if (!wanted.includes(event)) return { ...at, outcome: 'skipped', ...skip(switches, event) };
    if (taken.has(event)) {
      const message = `${name} can be reached, but the plan as a whole is rejected.`;
      return { ...at, outcome: 'rejected', reason: 'plan_rejected', message };
    }
    const message = `${name} cannot be reached: ${walk.state} leads to ${sayEvents(walk.offered)}.`;
    return { ...at, outcome: 'rejected', reason: 'unreachable', message };
  });
}

function plan(switches: Switches, event: string, state: string) {
  const name = subjectName(event);
  if (switches[switchOf(event)]) {
    return {
      reason: 'switch_on',
      message: `${switchOf(event)} is on, and ${state} leads to ${name}.`,
    } as const;
  }
  const message = `hires_enabled is on without txt2img, so ${name} after img2img stands in for the hires pass.`;
  return { reason: 'hires_becomes_upscale', message } as const;
}

function skip(switches: Switches, event: string) {
  if (switches[switchOf(event)]) {
    const message =
      'hires fix happens inside txt2img, which is off: an upscale after img2img stands in for it.';
    return { reason: 'hires_becomes_upscale', message } as const;
  }
  return { reason: 'switch_off', message: `${switchOf(event)} is off.` } as const;
}

/** The state that took the event; else the last one passed that has a way into it, open or not; else the last passed. */
function stateOf(sequence: StageSequence, walk: Walk, event: string): string {
  const entries = entriesOf(sequence, event).map(({ state }) => state);
  const leads = (state: string) => entries.some((entry) => state === entry || state.startsWith(`${entry}.`));
  const froms = walk.steps.map((step) => step.from);
  const passed = walk.complete ? froms : [...froms, walk.state];
  const taken = walk.steps.find((step) => step.event === event)?.from;
  return taken ?? passed.findLast(leads) ?? String(passed.at(-1));
}
