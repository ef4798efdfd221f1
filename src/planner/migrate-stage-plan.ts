import { diffStagePlans, type StagePlanDiff } from '../plan/diff-stage-plans.ts';
import type { StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { stagePlaces } from '../plan/stage-executions.ts';
import { deepFreeze } from '../readonly.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import { routeThrough } from '../route/route.ts';
import { switchOf } from '../sequence/events.ts';
import { sequenceFingerprint } from '../sequence/fingerprint.ts';
import { policyRules, resolveSequence, type SequenceOptions, takeOptions } from '../sequence/options.ts';

/** A plan under another sequence, and what changed on the way. */
export interface MigratedStagePlan {
  readonly plan: StageExecutionPlan;
  readonly diff: StagePlanDiff;
}

/**
 * Plans the stages of a plan again under another sequence, with the settings that they have, and says what moved.
 *
 * The plan itself is not changed. Verify it first if it comes from somewhere else.
 *
 * @throws {InvalidStagePlanError} when the other sequence cannot take every stage and pass of the plan.
 */
export function migrateStagePlan(
  plan: StageExecutionPlan,
  sequence: NonNullable<SequenceOptions['sequence']>,
  policies: Omit<SequenceOptions, 'sequence'> = {},
): MigratedStagePlan {
  const reading = resolveSequence({ ...takeOptions(policies, policyRules), sequence });
  const switches = Object.fromEntries(plan.events.map((event) => [switchOf(event), true]));
  const route = routeThrough(reading, switches, 'reject');
  if (!route.legal) throw new InvalidStagePlanError(route);
  const external = plan.stages.flatMap(({ input }) =>
    input.source === 'external' ? (input.image ?? []) : [],
  );
  const stages = stagePlaces(route.walk, external[0] ?? null).flatMap((place) =>
    plan.stages
      .filter(({ stage_type }) => stage_type === place.stage_type)
      .map(({ stage_type, stage_config }): StageExecution => ({ ...place, stage_type, stage_config })),
  );
  const { id } = reading.sequence;
  const migrated = deepFreeze<StageExecutionPlan>({
    ...plan,
    sequence: { id, fingerprint: sequenceFingerprint(reading.sequence) },
    events: route.events,
    stages,
    decisions: route.decisions,
  });
  return { plan: migrated, diff: diffStagePlans(plan, migrated) };
}
