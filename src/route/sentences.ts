import { isPolicyName, policies } from '../../machines/policies.ts';
import {
  passEvent,
  planFinished,
  stageEvent,
  subjectName,
  subjectOf,
  switchNamed,
} from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
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

/** Says why there is no plan: first what to do, then how the machine sees it. */
export function sayRejection(rejection: RejectionFields, reading: SequenceReading): string {
  const { id } = reading.sequence;
  switch (rejection.code) {
    case 'empty_plan':
      return `Turn on ${sayEvents(rejection.reachable)}: a plan without a stage is no plan.`;
    case 'unfinished_plan':
      return `${sayState(reading, rejection.state)} needs ${sayEvents(rejection.reachable)} behind it: a plan of ${id} cannot end there.`;
    case 'unreachable_stage':
      return `${sayNeed(reading, stageEvent(rejection.stage))} ${sayPlace(rejection, reading)}`;
    case 'unreachable_pass':
      return `${sayNeed(reading, passEvent(rejection.pass))} ${sayPlace(rejection, reading)}`;
    case 'illegal_order':
      return `${rejection.stage} cannot stand at position ${rejection.index + 1}. ${sayPlace(rejection, reading)}`;
    case 'stage_order_mismatch':
      return sayMismatch(rejection, id);
    case 'ambiguous_sequence':
      return `${id} has more than one order for what is on: ${rejection.orders.map(sayOrder).join('; or ')}.`;
  }
}

/** Says what a fix changes. */
export function sayFix({ change, options }: Pick<Fix, 'change' | 'options'>): string {
  const opened = Object.keys(options).filter(isPolicyName);
  const allows = opened.map((name) => `allow ${name} (${policies[name].allows})`);
  const turns = Object.entries(change).map(([field, value]) =>
    typeof value === 'boolean'
      ? `turn ${field} ${value ? 'on' : 'off'}`
      : `set ${field} to ${value.join(', ')}`,
  );
  return [...allows, ...turns].join(' and ');
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

/** Says which stage has to come first: one that a plan can start with, and from which the refused one can be reached. */
function sayNeed(reading: SequenceReading, event: string): string {
  const name = subjectName(event);
  const { id } = reading.sequence;
  if (!reading.runningOrder.includes(event))
    return `${id} has no ${subjectOf(event).pass === null ? 'stage' : 'pass'} ${name}.`;
  const [start] = reading.states;
  const { some, bitOf } = reading.ahead;
  const leading = [...(start?.moves ?? [])].filter(
    ([first, target]) => first !== event && (some(target) & bitOf(event)) !== 0n,
  );
  if (leading.length === 0) return `${name} has no place in a plan of ${id} under these policies.`;
  const needed = sayEvents(leading.map(([first]) => first));
  const image = leading.every(([, { outer }]) => outer.gives === 'image') && subjectOf(event).pass === null;
  const gives = image ? `, which ${leading.length === 1 ? 'gives' : 'give'} it an image` : '';
  return `${name} needs ${needed} before it${gives}.`;
}

/** Says how the machine sees a refusal. */
function sayPlace(
  { state, reachable }: Extract<RejectionFields, { enterable_from: unknown }>,
  reading: SequenceReading,
): string {
  return `(The walk stands in ${sayState(reading, state)}, which leads to ${sayEvents(reachable)}.)`;
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
