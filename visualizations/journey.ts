import { everythingAllowed, type SequencePolicies } from '../machines/policies.ts';
import type { StageExecutionPlan } from '../src/plan/stage-execution-plan.ts';
import { type RoutedRun, routeRun } from '../src/planner/route-run.ts';
import { knownStages } from '../src/planner/stage-catalog.ts';
import type { Rejection } from '../src/route/rejections.ts';
import { planFinished } from '../src/sequence/events.ts';
import {
  type PlanOptions,
  readingOf,
  type SequenceOptions,
  sequenceRule,
  takeOptions,
} from '../src/sequence/options.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { eventsOf, follow, type Walk } from '../src/sequence/walk.ts';

/** How far a run or a plan gets in its sequence, and what is refused there. */
export interface Journey {
  readonly sequence: StageSequence;
  readonly policies: SequencePolicies;
  readonly walk: Walk;
  /** Whether the walk is a plan. */
  readonly legal: boolean;
  /** The events that are asked for and that the sequence refuses in the state where the walk ends. */
  readonly refused: readonly string[];
  readonly rejections: readonly Rejection[];
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
  const { sequence, policies } = routed.reading;
  switch (routed.outcome) {
    case 'invalid':
      throw routed.error;
    case 'rejected': {
      const { ended: walk, wanted, rejections } = routed.route;
      return { sequence, policies, walk, legal: false, refused: refusedAfter(walk, wanted), rejections };
    }
    case 'planned':
      return { sequence, policies, walk: routed.route.walk, legal: true, refused: [], rejections: [] };
  }
}

/**
 * Follows a plan's events as far as its sequence lets them. Pure. It verifies no more: `verifyStagePlan` does.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 */
export function journeyOfPlan(
  plan: Pick<StageExecutionPlan, 'events'>,
  options: Pick<SequenceOptions, 'sequence'> = {},
): Journey {
  const reading = readingOf({ ...takeOptions(options, sequenceRule), ...everythingAllowed });
  const { sequence, policies } = reading;
  const walk = follow(reading, plan.events);
  const legal = walk.complete && walk.steps.length === plan.events.length;
  const refused = legal ? [] : [plan.events[walk.steps.length] ?? planFinished];
  return { sequence, policies, walk, legal, refused, rejections: [] };
}

function refusedAfter(walk: Walk, wanted: readonly string[]): readonly string[] {
  const taken = eventsOf(walk);
  const missing = wanted.filter((event) => !taken.includes(event));
  return (missing.length > 0 ? missing : [planFinished]).filter((event) => !walk.offered.includes(event));
}
