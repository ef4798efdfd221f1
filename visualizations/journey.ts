import type { SequencePolicies } from '../machines/sequence-vocabulary.ts';
import { parseRunConfig } from '../src/parse-run-config.ts';
import { type PlanOptions, resolveSequence, type SequenceOptions } from '../src/plan-options.ts';
import type { Rejection } from '../src/rejections.ts';
import { findRoute, type IllegalRoute, stageWithPasses } from '../src/route.ts';
import type { RunConfigInput } from '../src/run-config.ts';
import { planFinished, type StageSequence } from '../src/sequence.ts';
import type { StageExecutionPlan } from '../src/stage-execution-plan.ts';
import { follow, stagesOf, type Walk, wordOf } from '../src/walk.ts';

/** How far a run or a plan gets in its sequence, and what is refused there. */
export interface Journey {
  readonly sequence: StageSequence;
  readonly policies: SequencePolicies;
  readonly walk: Walk;
  /** The events that the sequence refuses in the state where the walk ends. None: the walk is a plan. */
  readonly refused: readonly string[];
  readonly rejections: readonly Rejection[];
}

/**
 * Walks a run as far as its sequence lets it. Pure.
 *
 * @throws {InvalidRunConfigError} when the config does not match `RunConfig`: there is nothing to walk.
 */
export function journeyOfRun(config: RunConfigInput, options: PlanOptions = {}): Journey {
  const { sequence, policies } = resolveSequence(options);
  const run = parseRunConfig(config);
  const route = findRoute(run, options);
  if (route.legal) return { sequence, policies, walk: route.walk, refused: [], rejections: [] };
  const { rejections } = route;
  const reached = route.walk.complete ? followStated(route, policies, run.stage_order ?? []) : route.walk;
  return { sequence, policies, walk: reached, refused: refusedIn(route, reached), rejections };
}

/** Follows a plan's events as far as its sequence lets them. Pure. It verifies no more: `verifyStagePlan` does. */
export function journeyOfPlan(
  plan: Pick<StageExecutionPlan, 'events'>,
  options: SequenceOptions = {},
): Journey {
  const policies = { externalInput: true, standaloneUpscale: true };
  const { sequence } = resolveSequence(options);
  const walk = follow(sequence, policies, plan.events);
  const next = plan.events[walk.steps.length] ?? (walk.complete ? undefined : planFinished);
  return { sequence, policies, walk, refused: next === undefined ? [] : [next], rejections: [] };
}

/** The switches have a walk, the stated order has not: the walk as the order would have it. */
function followStated(route: IllegalRoute, policies: SequencePolicies, stated: readonly string[]): Walk {
  const planned = stagesOf(route.walk);
  const events = stated.flatMap((stage) =>
    planned.includes(stage) ? stageWithPasses(route.walk, stage) : [`stage.${stage}`],
  );
  return follow(route.sequence, policies, events);
}

function refusedIn(route: IllegalRoute, walk: Walk): readonly string[] {
  const taken = wordOf(walk);
  const missing = route.wanted.filter((event) => !taken.includes(event));
  return missing.length > 0 ? missing : [planFinished];
}
