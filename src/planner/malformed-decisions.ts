import { Decision } from '../route/decision.ts';
import { decide } from '../route/decisions.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { type Walk, walkedStages } from '../sequence/walk.ts';
import { type PlanProblem, tamperedDecision } from './plan-problems.ts';

/**
 * What is said of decisions of a plan that are none, each by its index beside the one that the events lead to. Nothing where
 * the events lead to no plan.
 *
 * `wrong`: the indexes of those that are none.
 */
export function malformedDecisions(
  reading: SequenceReading,
  walk: Walk,
  found: readonly unknown[],
  wrong: ReadonlySet<number>,
): ReadonlyMap<number, PlanProblem> {
  if (!walk.complete || wrong.size === 0) return new Map();
  const sound = found.flatMap((decision, index) => (wrong.has(index) ? [] : Decision.parse(decision)));
  const decided = decide(reading, walk, statedOrder(walk, sound));
  return new Map(
    decided.flatMap((decision, index) =>
      wrong.has(index) ? [[index, tamperedDecision(index, found[index], decision)] as const] : [],
    ),
  );
}

/** The order that a run stated, by the decisions that tell of it: a stage that none tells of stood in a place that is left. */
function statedOrder(walk: Walk, decisions: readonly Decision[]): readonly string[] {
  const stages = walkedStages(walk).map(({ stage }) => stage);
  const places = new Map(stages.map((stage, index) => [stage, index]));
  const told = new Map(
    decisions.flatMap((decision) => {
      const place = decision.stage === null ? undefined : places.get(decision.stage);
      if (place === undefined) return [];
      return [[decision.outcome === 'moved' ? decision.stated_index : place, decision.stage]];
    }),
  );
  const named = new Set(told.values());
  const left = stages.filter((stage) => !named.has(stage)).values();
  return stages.flatMap((_, index) => told.get(index) ?? left.next().value ?? []);
}
