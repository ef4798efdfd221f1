import { diffStagePlans, type StagePlanDiff } from '../plan/diff-stage-plans.ts';
import { formatVersion } from '../plan/format-version.ts';
import { assertPlan } from '../plan/no-plan-error.ts';
import { sayOtherFormat } from '../plan/other-format.ts';
import { runOfPlan } from '../plan/run-of-plan.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { InvalidStagePlanError } from '../route/invalid-stage-plan-error.ts';
import { rejectFurthest } from '../route/rejections.ts';
import { planFinished, switchOf } from '../sequence/events.ts';
import { policyRules, resolveSequence, type SequenceOptions, takeOptions } from '../sequence/options.ts';
import { follow } from '../sequence/walk.ts';
import { planOfRun } from './build-stage-plan.ts';
import { catalogOfPlan } from './own-stages.ts';
import { knownPlans, type PlanCatalog } from './plan-catalog.ts';
import { routeIn } from './route-run.ts';

/** A plan under another sequence, and what changed on the way. */
export interface MigratedStagePlan<Plan = StageExecutionPlan> {
  readonly plan: Plan;
  readonly diff: StagePlanDiff;
}

/** A plan of another format says too little, or other things, to be read as one of this. */
export class PlanFormatError extends Error {
  override readonly name = 'PlanFormatError';
  /** That of the plan. */
  readonly format_version: string;
  /** The one format that is read. */
  readonly reads = formatVersion;
  /** Whether the plan can be turned into one of the format that is read. */
  readonly converts = false;

  constructor(format_version: string) {
    super(sayOtherFormat(format_version));
    this.format_version = format_version;
  }
}

/**
 * Plans the run of a plan again under another sequence, and says what moved. An order that was repaired is repaired
 * again.
 *
 * The plan itself is not changed. Verify it first if it comes from somewhere else.
 *
 * @throws {InvalidStagePlanError} when the other sequence cannot take every stage and pass of the plan.
 * @throws {PlanFormatError} when the plan is of another format.
 * @throws {NoPlanError} when it is handed anything but a plan.
 */
export function migrateStagePlan(
  plan: StageExecutionPlan,
  sequence: NonNullable<SequenceOptions['sequence']>,
  policies: Omit<SequenceOptions, 'sequence'> = {},
): MigratedStagePlan {
  return migrateWith(knownPlans, plan, { ...takeOptions(policies, policyRules), sequence });
}

/** Migrates a plan with the stages of a catalog. */
export function migrateWith(
  catalog: PlanCatalog,
  plan: StageExecutionPlan,
  options: SequenceOptions,
): MigratedStagePlan {
  assertPlan(plan);
  const reading = resolveSequence(options);
  const found: string = plan.format_version;
  if (found !== formatVersion) throw new PlanFormatError(found);
  const wanted = plan.events.filter((event) => event !== planFinished);
  const unknown = wanted.filter((event) => reading.switches.get(switchOf(event)) !== event);
  if (unknown.length > 0) {
    const { first: rejections, more } = rejectFurthest(reading, follow(reading, wanted), unknown);
    const fix_count = { count: 0, at_least: false };
    throw new InvalidStagePlanError({ rejections, more, fixes: [], fix_count });
  }
  const known = catalogOfPlan(catalog, reading.sequence, plan);
  const migrated = planOfRun(routeIn(known, reading, runOfPlan(plan), { order: 'repair', openable: [] }));
  if (!migrated.success) throw migrated.error;
  return { plan: migrated.plan, diff: diffStagePlans(plan, migrated.plan) };
}
