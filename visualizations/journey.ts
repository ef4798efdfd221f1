import type { SequencePolicies } from '../machines/sequence-vocabulary.ts';
import { parseRunConfig } from '../src/config/parse-run-config.ts';
import type { StageExecutionPlan } from '../src/plan/stage-execution-plan.ts';
import type { Rejection } from '../src/route/rejections.ts';
import { findRoute, type IllegalRoute, stageWithPasses } from '../src/route/route.ts';
import { type PlanOptions, resolveSequence } from '../src/sequence/options.ts';
import { planFinished, type StageSequence } from '../src/sequence/sequence.ts';
import { follow, stagesOf, type Walk, wordOf } from '../src/sequence/walk.ts';

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
  const { sequence, policies } = resolveSequence(options);
  const run = parseRunConfig(config);
  const route = findRoute(run, options);
  const { legal } = route;
  if (legal) return { sequence, policies, walk: route.walk, legal, refused: [], rejections: [] };
  const { stage_order: stated } = run;
  const walked = stated === undefined || !route.walk.complete;
  const walk = walked ? route.walk : followStated(route, policies, stated);
  const refused = refusedAfter(walk, route.wanted);
  return { sequence, policies, walk, legal, refused, rejections: route.rejections };
}

/** Follows a plan's events as far as its sequence lets them. Pure. It verifies no more: `verifyStagePlan` does. */
export function journeyOfPlan(
  plan: Pick<StageExecutionPlan, 'events'>,
  options: Pick<PlanOptions, 'sequence'> = {},
): Journey {
  const { sequence } = resolveSequence(options);
  const policies = { externalInput: true, standaloneUpscale: true };
  const walk = follow(sequence, policies, plan.events);
  const legal = walk.complete && walk.steps.length === plan.events.length;
  const refused = legal ? [] : [plan.events[walk.steps.length] ?? planFinished];
  return { sequence, policies, walk, legal, refused, rejections: [] };
}

/** The switches have a walk and the stated order has not: the walk in that order, up to the stage that is wrong. */
function followStated(route: IllegalRoute, policies: SequencePolicies, stated: readonly string[]): Walk {
  const planned = stagesOf(route.walk);
  const wrong = stated.findIndex((stage) => !planned.includes(stage));
  const events = stated
    .slice(0, wrong === -1 ? stated.length : wrong)
    .flatMap((stage) => stageWithPasses(route.walk, stage));
  return follow(route.sequence, policies, events);
}

function refusedAfter(walk: Walk, wanted: readonly string[]): readonly string[] {
  const taken = wordOf(walk);
  const missing = wanted.filter((event) => !taken.includes(event));
  return (missing.length > 0 ? missing : [planFinished]).filter((event) => !walk.offered.includes(event));
}
