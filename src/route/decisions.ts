import { stageEvent, subjectName, subjectOf } from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { eventsOf, type Step, type Walk, walkedStages } from '../sequence/walk.ts';
import type { Decision, RejectedDecision } from './decision.ts';

/** One decision for every stage and pass of the sequence, in its running order. `stated`: an order that was repaired. */
export function decide(
  reading: SequenceReading,
  walk: Walk,
  stated: readonly string[] | null,
): readonly Decision[] {
  const places = placesIn(walk);
  const stateOf = statesPassed(reading, walk);
  const statedAt = new Map<string | null, number>(stated?.map((stage, index) => [stage, index]));
  return reading.runningOrder.map((event) => {
    const { stage, pass } = subjectOf(event);
    const place = places.get(event);
    if (place === undefined)
      return { stage, pass, state: stateOf(event), outcome: 'skipped', reason: 'switch_off' };
    const { stage_id, index, step } = place;
    const by = step.event === event ? null : step.pass;
    const stated_index = statedAt.get(stage);
    const at = { stage, pass, state: step.from, stage_id };
    if (stated_index !== undefined && stated_index !== index)
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
  const taken = new Set(eventsOf(walk));
  const asked = new Set(wanted);
  const last = walk.steps.at(-1);
  const after = last === undefined ? null : subjectName(last.event);
  const stateOf = statesPassed(reading, walk);
  return [...new Set([...reading.runningOrder, ...wanted])].map((event) => {
    const at = { ...subjectOf(event), state: stateOf(event), after, reachable: walk.offered };
    if (!asked.has(event)) return { ...at, outcome: 'skipped', reason: 'switch_off' };
    const reason = taken.has(event) ? 'plan_rejected' : 'unreachable';
    return { ...at, outcome: 'rejected', reason };
  });
}

/** A stage of a walk, and the step that took an event or, of a stage that a pass opened, the step that began it. */
interface Place {
  readonly stage_id: string;
  readonly index: number;
  readonly step: Step;
}

/** Where the walk has each event that it took, and each stage that it began by another event. */
function placesIn(walk: Walk): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [index, { id: stage_id, stage, steps }] of walkedStages(walk).entries()) {
    for (const step of steps) {
      if (step.begins !== null) places.set(stageEvent(stage), { stage_id, index, step });
      places.set(step.event, { stage_id, index, step });
    }
  }
  return places;
}

/** Tells the last state passed that has a way into an event, open or not: where it was taken, the one that took it. */
function statesPassed(reading: SequenceReading, walk: Walk): (event: string) => string | null {
  const froms = walk.steps.map((step) => step.from);
  const passed = walk.complete ? froms : [...froms, walk.state];
  const lastAt = new Map(passed.flatMap((state, index) => around(state).map((name) => [name, index])));
  return (event) => {
    const last = Math.max(...reading.entriesOf(event).map(({ entry }) => lastAt.get(entry.state) ?? -1));
    return passed[last] ?? null;
  };
}

/** A state and those around it, from the outside in. */
function around(state: string): readonly string[] {
  const keys = state.split('.');
  return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
}
