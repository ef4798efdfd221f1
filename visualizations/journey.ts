import { everythingAllowed, type SequencePolicies } from '../machines/policies.ts';
import { countOf } from '../src/plan/say-work.ts';
import { type RoutedRun, routeRun } from '../src/planner/route-run.ts';
import { knownStages } from '../src/planner/stage-catalog.ts';
import type { Rejection } from '../src/route/rejections.ts';
import { sayAdvice, sayEvents, sayState } from '../src/route/sentences.ts';
import { planFinished } from '../src/sequence/events.ts';
import {
  type PlanOptions,
  readingOf,
  type SequenceOptions,
  sequenceRule,
  takeOptions,
} from '../src/sequence/options.ts';
import type { SequenceReading } from '../src/sequence/reading.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { eventsOf, follow, stagesOf, type Walk } from '../src/sequence/walk.ts';
import { readStages, sayResult, settingsAlong } from './stage-lines.ts';

/** How far a run or a plan gets in its sequence, and what is refused there. */
export interface Journey {
  readonly sequence: StageSequence;
  readonly policies: SequencePolicies;
  /** The run_id of the run, or null. */
  readonly name: string | null;
  readonly walk: Walk;
  /** Whether the walk is a plan. */
  readonly legal: boolean;
  /** The events that are asked for and that the sequence refuses in the state where the walk ends. */
  readonly refused: readonly string[];
  /** The events that are asked for and were not taken. Empty for a plan. */
  readonly untried: readonly string[];
  readonly rejections: readonly Rejection[];
  /** What to change for a plan, each in words. Empty for a plan, and where nobody knows. */
  readonly fixes: readonly string[];
  /** How it came out, in one sentence: what the plan gives, or what to do. */
  readonly sentence: string;
  /** The settings with which states are passed, line by line, by the ids of the states: steps, model, size in -> size out. */
  readonly details: Readonly<Record<string, readonly string[]>>;
}

/** What is read of a plan. Of one that comes without its stages, the way alone is known. */
export interface DrawnPlan {
  readonly run_id?: string | null;
  readonly events: readonly string[];
  readonly stages?: readonly unknown[];
}

/**
 * Walks a run as far as its sequence lets it. Pure.
 *
 * @throws {InvalidRunConfigError} when the config does not match `RunConfig`: there is nothing to walk.
 */
export function journeyOfRun(config: unknown, options: PlanOptions = {}): Journey {
  return journeyAlong(routeRun(knownStages, config, options));
}

/** The journey of a run, read off its route. */
export function journeyAlong(routed: RoutedRun): Journey {
  switch (routed.outcome) {
    case 'invalid':
      throw routed.error;
    case 'rejected': {
      const { ended, wanted, rejections, fixes } = routed.route;
      return {
        ...endingAt(routed.reading, ended, wanted),
        name: routed.run.run_id,
        rejections,
        fixes: fixes.map(({ message }) => message),
        sentence: rejections
          .slice(0, 1)
          .map((each) => sayAdvice(each, routed.reading))
          .join(),
        details: {},
      };
    }
    case 'planned':
      return planned(routed.reading, routed.route.walk, routed.run.run_id, routed.stages);
  }
}

/**
 * Follows a plan's events as far as its sequence lets them. Pure. It verifies no more: `verifyStagePlan` does.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 */
export function journeyOfPlan(plan: DrawnPlan, options: Pick<SequenceOptions, 'sequence'> = {}): Journey {
  const reading = readingOf({ ...takeOptions(options, sequenceRule), ...everythingAllowed });
  const { run_id: name = null, events, stages = [] } = plan;
  const walk = follow(reading, events);
  if (walk.complete && walk.steps.length === events.length) return planned(reading, walk, name, stages);
  const next = events[walk.steps.length] ?? planFinished;
  return {
    ...endingAt(reading, walk, [...events, planFinished]),
    name,
    refused: [next],
    rejections: [],
    fixes: [],
    sentence: `${sayState(reading, walk.state)} cannot be followed by ${sayEvents([next])}.`,
    details: settingsAlong(walk, readStages(stages)),
  };
}

/** The journey under this name, where the run has none of its own. */
export function named(journey: Journey, name: string): Journey {
  return { ...journey, name: journey.name ?? name };
}

function planned(
  { sequence, policies }: SequenceReading,
  walk: Walk,
  name: string | null,
  given: readonly unknown[],
): Journey {
  const stages = readStages(given);
  const types = stagesOf(walk);
  const result = sayResult(stages);
  const order = `${countOf(types.length, 'stage')}: ${types.join(', ')}.`;
  return {
    sequence,
    policies,
    name,
    walk,
    legal: true,
    refused: [],
    untried: [],
    rejections: [],
    fixes: [],
    sentence: result === null ? order : `${order} It gives ${result}.`,
    details: { ...settingsAlong(walk, stages), ...(result === null ? {} : { [walk.state]: [result] }) },
  };
}

function endingAt(
  { sequence, policies, runningOrder }: SequenceReading,
  walk: Walk,
  wanted: readonly string[],
) {
  const taken = eventsOf(walk);
  const missing = wanted
    .filter((event) => !taken.includes(event))
    .toSorted((one, other) => runningOrder.indexOf(one) - runningOrder.indexOf(other));
  const asked = missing.length > 0 ? missing : [planFinished];
  const refused = asked.filter((event) => !walk.offered.includes(event));
  return {
    sequence,
    policies,
    walk,
    legal: false,
    refused,
    untried: [...new Set([...missing, planFinished])],
  };
}
