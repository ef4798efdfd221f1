import { everythingAllowed, type SequencePolicies } from '../machines/policies.ts';
import type { RefinerPass } from '../src/config/refiner-settings.ts';
import { sayRefinerPass } from '../src/plan/say-refiner-pass.ts';
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
  /** What a plan says of states beside that it passes them, by their ids: in which pass a refiner works. */
  readonly notes: Readonly<Record<string, string>>;
}

/** What is read of a plan. Of one that comes without its stages, the way alone is known. */
export interface DrawnPlan {
  readonly events: readonly string[];
  readonly stages?: readonly { readonly stage_config: { readonly refiner_pass?: RefinerPass | null } }[];
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
      return {
        sequence,
        policies,
        walk,
        legal: false,
        refused: refusedAfter(walk, wanted),
        rejections,
        notes: {},
      };
    }
    case 'planned': {
      const { walk } = routed.route;
      const notes = notesOf(walk, routed.stages);
      return { sequence, policies, walk, legal: true, refused: [], rejections: [], notes };
    }
  }
}

/**
 * Follows a plan's events as far as its sequence lets them. Pure. It verifies no more: `verifyStagePlan` does.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 */
export function journeyOfPlan(plan: DrawnPlan, options: Pick<SequenceOptions, 'sequence'> = {}): Journey {
  const reading = readingOf({ ...takeOptions(options, sequenceRule), ...everythingAllowed });
  const { sequence, policies } = reading;
  const walk = follow(reading, plan.events);
  const legal = walk.complete && walk.steps.length === plan.events.length;
  const refused = legal ? [] : [plan.events[walk.steps.length] ?? planFinished];
  return { sequence, policies, walk, legal, refused, rejections: [], notes: notesOf(walk, plan.stages) };
}

/** The machine says that a refiner works; a stage of the plan says in which pass. */
function notesOf({ steps, state }: Walk, stages: DrawnPlan['stages'] = []): Journey['notes'] {
  const pass = stages
    .map(({ stage_config }) => stage_config.refiner_pass ?? null)
    .find((each) => each !== null);
  const index = steps.findIndex((step) => step.pass === 'refiner');
  if (pass === undefined || index === -1) return {};
  return { [steps[index + 1]?.from ?? state]: `in ${sayRefinerPass(pass)}` };
}

function refusedAfter(walk: Walk, wanted: readonly string[]): readonly string[] {
  const taken = eventsOf(walk);
  const missing = wanted.filter((event) => !taken.includes(event));
  return (missing.length > 0 ? missing : [planFinished]).filter((event) => !walk.offered.includes(event));
}
