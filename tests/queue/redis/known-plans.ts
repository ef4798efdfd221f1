import { planFingerprint } from 'stageplan';
import { plansOf } from './plans.ts';

/** What is handed in by most tests: built once. */
export const thousandPlans = [...plansOf(1000)];

/** What the tests keep of a plan. */
export interface KnownPlan {
  readonly fingerprint: string;
  readonly stage_ids: readonly string[];
  readonly stage_types: readonly string[];
}

export const knownPlans: readonly KnownPlan[] = thousandPlans.map((plan) => ({
  fingerprint: planFingerprint(plan),
  stage_ids: plan.stages.map(({ id }) => id),
  stage_types: plan.stages.map(({ stage_type }) => stage_type),
}));
