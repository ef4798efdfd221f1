import { type InspectionEvent, initialTransition, type StateValue } from 'xstate';
import * as z from 'zod';
import type { SequencePolicies } from '../machines/policies.ts';
import type { RunConfigInput } from '../src/config/run-config.ts';
import type { PlanOptions } from '../src/sequence/options.ts';
import { renderDefinition } from './definition.ts';
import { type JourneyOutcome, outcomeOf, playJourney } from './inspect.ts';
import { type Journey, journeyOfRun } from './journey.ts';

interface OfActor {
  readonly rootId: string;
  readonly sessionId: string;
}

/** What a machine stands in. The context is the policies, whatever else a sequence may keep there. */
export interface TraceState {
  readonly status: string;
  readonly value: StateValue;
  readonly context: SequencePolicies;
}

/** One event of a walk, as `@statelyai/inspect` 0.7 writes it, without its time and version. */
export type TraceEvent =
  | (OfActor & {
      readonly type: '@xstate.actor';
      readonly name: string;
      readonly definition: string;
      readonly snapshot: TraceState;
    })
  | (OfActor & { readonly type: '@xstate.event'; readonly event: { readonly type: string } })
  | (OfActor & {
      readonly type: '@xstate.snapshot';
      readonly event: { readonly type: string };
      readonly snapshot: TraceState;
    });

/** The walk of a run as data. */
export interface Trace extends JourneyOutcome {
  readonly events: readonly TraceEvent[];
}

/**
 * Traces the walk of a run: the events that {@link inspectStagePlan} shows an observer, as data. Needs no package and
 * no network.
 *
 * @throws {InvalidRunConfigError} when the config does not match `RunConfig`: there is nothing to walk.
 * @example
 * traceStagePlan({ txt2img_enabled: true }).events.at(-1)?.type; // '@xstate.snapshot'
 */
export function traceStagePlan(config: RunConfigInput, options: PlanOptions = {}): Trace {
  const journey = journeyOfRun(config, options);
  const events: TraceEvent[] = [];
  Array.from(playJourney(journey, (event) => events.push(...traceEvent(journey, event))));
  return { ...outcomeOf(journey), events };
}

/** XState numbers actors through a whole process; a trace has one, and its number must not tell of others. */
const theActor = 'x:0';

/** What XState tells an observer, as a trace has it. Nothing for what the protocol does not carry, such as microsteps. */
export function traceEvent(journey: Journey, inspection: InspectionEvent): readonly TraceEvent[] {
  const { sequence, policies } = journey;
  const actor = { rootId: theActor, sessionId: theActor };
  switch (inspection.type) {
    case '@xstate.actor': {
      // XState tells of an actor before the actor has a snapshot of its own.
      const snapshot = stateOf(initialTransition(sequence, policies)[0], policies);
      const definition = renderDefinition(sequence, policies);
      return [{ type: inspection.type, ...actor, name: sequence.id, definition, snapshot }];
    }
    case '@xstate.event':
      return [{ type: inspection.type, ...actor, event: { type: inspection.event.type } }];
    case '@xstate.snapshot': {
      const snapshot = stateOf(inspection.snapshot, policies);
      return [{ type: inspection.type, ...actor, event: { type: inspection.event.type }, snapshot }];
    }
    default:
      return [];
  }
}

const Snapshot = z.object({ status: z.string(), value: z.custom<StateValue>() });

function stateOf(snapshot: unknown, context: SequencePolicies): TraceState {
  return { ...Snapshot.parse(snapshot), context };
}
