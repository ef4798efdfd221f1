import { isPolicyName, policies } from '../../machines/policies.ts';
import { allOf, anyOf } from '../joined.ts';
import {
  passEvent,
  planFinished,
  stageEvent,
  subjectName,
  subjectOf,
  switchNamed,
  switchOf,
} from '../sequence/events.ts';
import type { ReachableState } from '../sequence/reachable-states.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import type { Decision, RejectedDecision } from './decision.ts';
import type { Fix } from './fixes.ts';
import type { RejectionFields } from './rejections.ts';

// Every sentence about decisions, rejections and fixes is made here, from codes and fields. Words are for people and may change in any release:
// nothing compares, hashes or branches on them.

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

/** Says why there is no plan: first what to do, then how the machine sees it. */
export function sayRejection(rejection: RejectionFields, reading: SequenceReading): string {
  const place = sayPlace(rejection, reading);
  return sayAdvice(rejection, reading) + (place === null ? '' : ` (${place})`);
}

/** Says what to do about a rejection. */
export function sayAdvice(rejection: RejectionFields, reading: SequenceReading): string {
  const { id } = reading.sequence;
  switch (rejection.code) {
    case 'empty_plan':
      return `Begin with ${sayEvents(rejection.reachable)}: a plan without a stage is no plan.`;
    case 'unfinished_plan':
      return `${sayState(reading, rejection.state)} needs ${sayEvents(rejection.reachable)} behind it: a plan of ${id} cannot end there.`;
    case 'unreachable_stage':
      return sayUnreachable(rejection, stageEvent(rejection.stage), reading);
    case 'unreachable_pass':
      return sayUnreachable(rejection, passEvent(rejection.pass), reading);
    case 'illegal_order':
      return sayIllegalOrder(rejection, reading);
    case 'stage_order_mismatch':
      return sayMismatch(rejection, id);
    case 'ambiguous_sequence':
      return `${id} has more than one order for what is on: ${rejection.orders.map(sayOrder).join('; or ')}.`;
  }
}

/** Says which order a fix names, or the policy alone where that is enough for the stages that were named. */
export function sayOrderFix(
  stage_order: readonly string[],
  options: Fix['options'],
  named: readonly string[],
): string {
  const isEnough =
    Object.keys(options).length > 0 && stage_order.toSorted().join() === named.toSorted().join();
  return [...sayOpened(options), ...(isEnough ? [] : [`name ${stage_order.join(', ')}`])].join(', and ');
}

/** Says what a fix changes. */
export function sayFix({ change, options }: Pick<Fix, 'change' | 'options'>): string {
  const fields = Object.entries(change);
  const turn = (to: 'on' | 'off') => {
    const names = fields.flatMap(([field, value]) => (value === (to === 'on') ? [field] : []));
    return names.length === 0 ? [] : [`turn ${allOf(names)} ${to}`];
  };
  return [
    ...sayOpened(options),
    ...turn('on'),
    ...turn('off'),
    ...fields.flatMap(([field, value]) =>
      typeof value === 'boolean' ? [] : [`set ${field} to ${value.join(', ')}`],
    ),
  ].join(', and ');
}

function sayOpened(options: Fix['options']): readonly string[] {
  return Object.keys(options)
    .filter(isPolicyName)
    .map((name) => `allow ${name} (${policies[name].allows})`);
}

/** Writes what can follow as people say it: "txt2img or img2img", "the end of the plan". */
export function sayEvents(events: readonly string[]): string {
  if (events.length === 0) return 'nothing';
  return anyOf(events.map((event) => (event === planFinished ? 'the end of the plan' : subjectName(event))));
}

/** Names a state by its stage and pass: "upscale", "the hires pass of upscale". One outside all stages has its own name. */
export function sayState(reading: SequenceReading, state: string): string {
  const meta = reading.metaOf(state);
  if (meta === undefined || meta.stage_type === null) return state;
  return meta.pass === null ? meta.stage_type : `the ${meta.pass} pass of ${meta.stage_type}`;
}

type Unreachable = Extract<RejectionFields, { enterable_from: unknown }>;

/** Says of a switch what has to come first, or else that nothing helps. */
function sayUnreachable(rejection: Unreachable, event: string, reading: SequenceReading): string {
  if (reading.rankOf(event) === -1) return `Turn ${switchOf(event)} off: ${sayUnknown(event, reading)}`;
  return sayNeed(rejection, event, reading);
}

function sayUnknown(event: string, { sequence: { id } }: SequenceReading): string {
  return `${id} has no ${subjectOf(event).pass === null ? 'stage' : 'pass'} ${subjectName(event)}.`;
}

/** Says what has to come first, or else what leaves no room. */
function sayNeed(
  { needs, excluded_by, state }: Unreachable,
  event: string,
  reading: SequenceReading,
): string {
  const name = subjectName(event);
  if (needs.length > 0) {
    const gives = isStart(reading, state) && giveImage(reading, needs, event);
    const image = gives ? `, which ${needs.length === 1 ? 'gives' : 'give'} it an image` : '';
    return `${name} needs ${sayEvents(needs)} before it${image}.`;
  }
  if (excluded_by.length > 0)
    return `${allOf([name, ...excluded_by.map(subjectName)])} cannot stand in one plan: leave one of them out.`;
  return `Leave ${name} out: it has no place in a plan of ${reading.sequence.id} with these options.`;
}

function isStart({ states: [start] }: SequenceReading, state: string): boolean {
  return start?.name === state;
}

/** Whether each of the events begins a plan with a stage that hands its image straight to the refused one. */
function giveImage({ states: [start] }: SequenceReading, needs: readonly string[], event: string): boolean {
  return needs.every((need) => {
    const giver = start?.moves.get(need);
    return giver !== undefined && hands(giver, event, giver.outer.stage_type);
  });
}

/** Whether an event leads from a state, or from a pass of its stage behind it, into a stage that takes the image given. */
function hands({ outer, moves }: ReachableState, event: string, stage: string | null): boolean {
  const taker = moves.get(event)?.outer;
  if (taker !== undefined)
    return outer.gives === 'image' && taker.takes === 'image' && taker.stage_type !== stage;
  return [...moves.values()].some((next) => next.outer.stage_type === stage && hands(next, event, stage));
}

/** Says where a stage of a stated order belongs. */
function sayIllegalOrder(
  rejection: Extract<RejectionFields, { code: 'illegal_order' }>,
  reading: SequenceReading,
): string {
  const { stage, index, before, behind, repeated } = rejection;
  const event = stageEvent(stage);
  if (reading.rankOf(event) === -1) return `Leave ${stage} out: ${sayUnknown(event, reading)}`;
  if (repeated) return `Name ${stage} once: the order has it more than once.`;
  const fault = `it cannot stand at position ${index + 1}`;
  if (before !== null) return `Put ${stage} before ${before}: ${fault}.`;
  if (behind !== null) return `Put ${stage} behind ${behind}: ${fault}.`;
  return sayNeed(rejection, event, reading);
}

/** Says how the machine sees a refusal: where the walk stands, and what could follow there. null: the walk was not refused there. */
export function sayPlace(rejection: RejectionFields, reading: SequenceReading): string | null {
  if (!('enterable_from' in rejection) || reading.rankOf(refusedEvent(rejection)) === -1) return null;
  if (rejection.code === 'illegal_order' && rejection.repeated) return null;
  const { state, reachable } = rejection;
  return `The walk stands in ${sayState(reading, state)}, which leads to ${sayEvents(reachable)}.`;
}

function refusedEvent(rejection: Unreachable): string {
  return rejection.code === 'unreachable_pass' ? passEvent(rejection.pass) : stageEvent(rejection.stage);
}

function sayMismatch(
  { stage, mismatch, by }: Extract<RejectionFields, { code: 'stage_order_mismatch' }>,
  sequenceId: string,
): string {
  switch (mismatch) {
    case 'missing':
      return by === null
        ? `Name ${stage} in stage_order: ${switchNamed(stage)} is on.`
        : `Name ${stage} in stage_order: ${switchNamed(by)} is on, and works in ${stage} here.`;
    case 'extra':
      return `Turn ${switchNamed(stage)} on, or take ${stage} out of stage_order.`;
    case 'unknown':
      return `Leave ${stage} out: ${sequenceId} has no stage ${stage}.`;
    case 'repeated':
      return `Name ${stage} once: the order has it more than once.`;
  }
}

function sayOrder(events: readonly string[]): string {
  return events
    .filter((event) => event !== planFinished)
    .map(subjectName)
    .join(', ');
}
