import { planFinished, subjectName, switchNamed } from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import type { Entry } from '../sequence/states.ts';
import type { Decision, RejectedDecision } from './decisions.ts';
import type { Fix } from './fixes.ts';
import type { RejectionFields } from './rejections.ts';

// Every sentence about a plan is made here, from codes and fields. Words are for people and may change in any release:
// nothing compares, hashes or branches on them.

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/** Says why a stage or pass is planned, moved, skipped or rejected. `sequenceId`: the id of the plan's sequence. */
export function sayDecision(decision: Decision | RejectedDecision, sequenceId: string): string {
  const name = String(decision.stage ?? decision.pass);
  switch (decision.reason) {
    case 'switch_on':
      return decision.pass === null
        ? `${switchNamed(name)} is on.`
        : `${switchNamed(name)} is on, and works in ${decision.stage_id}.`;
    case 'opened_by_pass':
      return `${switchNamed(decision.by)} is on, and in this run ${decision.by} works in ${name}.`;
    case 'order_repaired':
      return `stage_order has ${name} at position ${decision.stated_index + 1}, ${sequenceId} at ${decision.index + 1}.`;
    case 'switch_off':
      return `${switchNamed(name)} is off.`;
    case 'plan_rejected':
      return `${name} can be reached, but the plan as a whole is rejected.`;
    case 'unreachable':
      return `${name} cannot be reached: ${decision.after ?? 'the start'} leads to ${sayEvents(decision.reachable)}.`;
  }
}

/** Says why there is no plan. */
export function sayRejection(rejection: RejectionFields, reading: SequenceReading): string {
  const { id } = reading.sequence;
  switch (rejection.code) {
    case 'empty_plan':
      return `No stage is on, and an empty plan is no plan: ${sayState(reading, rejection.state)} leads to ${sayEvents(rejection.reachable)}.`;
    case 'unfinished_plan':
      return `A plan cannot end in ${sayState(reading, rejection.state)}: it leads to ${sayEvents(rejection.reachable)}.`;
    case 'unreachable_stage':
      return `${rejection.stage} is unreachable: ${sayPlace(rejection, reading)}`;
    case 'unreachable_pass':
      return `${rejection.pass} is unreachable: ${sayPlace(rejection, reading)}`;
    case 'illegal_order':
      return `${rejection.stage} cannot stand at position ${rejection.position + 1}: ${sayPlace(rejection, reading)}`;
    case 'stage_order_mismatch':
      return sayMismatch(rejection, id);
    case 'ambiguous_sequence':
      return `${id} has more than one order for what is on: ${rejection.orders.map(sayOrder).join('; or ')}.`;
  }
}

/** Says what a fix changes. */
export function sayFix(change: Fix['change']): string {
  const turns = Object.entries(change).map(([field, value]) =>
    typeof value === 'boolean'
      ? `turn ${field} ${value ? 'on' : 'off'}`
      : `set ${field} to ${value.join(', ')}`,
  );
  return turns.join(' and ');
}

/** Writes what can follow as people say it: "txt2img or img2img", "the end of the plan". */
export function sayEvents(events: readonly string[]): string {
  if (events.length === 0) return 'nothing';
  return alternatives.format(
    events.map((event) => (event === planFinished ? 'the end of the plan' : subjectName(event))),
  );
}

/** Names a state by its stage and pass: "upscale", "the hires pass of upscale". One outside all stages has its own name. */
export function sayState(reading: SequenceReading, state: string): string {
  const meta = reading.metaOf(state);
  if (meta === undefined || meta.stage_type === null) return state;
  return meta.pass === null ? meta.stage_type : `the ${meta.pass} pass of ${meta.stage_type}`;
}

function sayPlace(
  { state, reachable, enterable_from }: Extract<RejectionFields, { enterable_from: unknown }>,
  reading: SequenceReading,
): string {
  const ways =
    enterable_from.length === 0
      ? `${reading.sequence.id} has no way into it.`
      : `It can be entered from ${sayEntries(reading, enterable_from)}.`;
  return `the walk stands in ${sayState(reading, state)}, which leads to ${sayEvents(reachable)}. ${ways}`;
}

/** Writes where a stage or pass can be entered, each place once: "txt2img, img2img, or start (if externalInput)". */
function sayEntries(reading: SequenceReading, entries: readonly Entry[]): string {
  const places = entries.map(({ state, guard }) => {
    const place = sayState(reading, state);
    return guard === null ? place : `${place} (if ${guard})`;
  });
  return alternatives.format(new Set(places));
}

function sayMismatch(
  { stage, mismatch, by }: Extract<RejectionFields, { code: 'stage_order_mismatch' }>,
  sequenceId: string,
): string {
  switch (mismatch) {
    case 'missing':
      return by === null
        ? `${stage} is on, but stage_order leaves it out.`
        : `${switchNamed(by)} is on and works in ${stage} here, but stage_order leaves ${stage} out.`;
    case 'extra':
      return `${stage} is off, but stage_order names it.`;
    case 'unknown':
      return `${sequenceId} has no stage ${stage}.`;
    case 'repeated':
      return `${stage} stands in stage_order more than once.`;
  }
}

function sayOrder(events: readonly string[]): string {
  return events
    .filter((event) => event !== planFinished)
    .map(subjectName)
    .join(', ');
}
