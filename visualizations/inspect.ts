import { type ActorOptions, type AnyActorLogic, createActor } from 'xstate';
import type { RunConfigInput } from '../src/config/run-config.ts';
import type { PlanOptions } from '../src/sequence/options.ts';
import { eventsOf } from '../src/sequence/walk.ts';
import { type Journey, journeyOfRun } from './journey.ts';

/** An XState inspect observer or function, as `createActor` takes it. */
export type Inspect = NonNullable<ActorOptions<AnyActorLogic>['inspect']>;

/** How a journey came out: the state that it ended in, and why it is no plan. */
export interface JourneyOutcome {
  readonly legal: boolean;
  readonly state: string;
  readonly messages: readonly string[];
}

export interface InspectOptions extends PlanOptions {
  /** Sees every event of the walk. `createBrowserInspector().inspect` of `@statelyai/inspect`, say. */
  readonly inspect: Inspect;
}

/**
 * Plays the walk of a run on a live actor, all at once, under an observer. A run that is rejected is played up to the
 * refusal, and the refused events are sent too.
 *
 * The actor's context is the policies of the sequence: it never holds a prompt or a setting.
 *
 * @throws {InvalidRunConfigError} when the config does not match `RunConfig`: there is nothing to walk.
 * @example
 * inspectStagePlan({ txt2img_enabled: true }, { inspect: console.log }).state; // 'complete'
 */
export function inspectStagePlan(
  config: RunConfigInput,
  { inspect, ...options }: InspectOptions,
): JourneyOutcome {
  const journey = journeyOfRun(config, options);
  Array.from(playJourney(journey, inspect));
  return outcomeOf(journey);
}

/** Plays a journey on a live actor, one event for each turn of the generator, which yields the event that comes next. */
export function* playJourney(journey: Journey, inspect: Inspect): Generator<string, void> {
  const { sequence, policies, walk, refused } = journey;
  const actor = createActor(sequence, { input: policies, inspect }).start();
  for (const type of [...eventsOf(walk), ...refused]) {
    yield type;
    actor.send({ type });
  }
}

/** How a journey came out. */
export function outcomeOf({ legal, walk, rejections }: Journey): JourneyOutcome {
  return { legal, state: walk.state, messages: rejections.map(({ message }) => message) };
}
