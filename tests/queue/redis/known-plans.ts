import { planFingerprint } from 'stageplan';
import { toFlow } from 'stageplan/bullmq';
import { plansOf } from './plans.ts';

/** What is handed in by most tests: built once. */
const plans = [...plansOf(1000)];
const tries = { backoff: { type: 'exponential', delay: 20 } } as const;
export const thousandFlows = plans.map((plan) => toFlow(plan, { target: 'a1111', tries }));

/** What the tests keep of a plan. */
export interface KnownPlan {
  readonly fingerprint: string;
  readonly stage_ids: readonly string[];
  readonly stage_types: readonly string[];
}

export const knownPlans: readonly KnownPlan[] = plans.map((plan) => ({
  fingerprint: planFingerprint(plan),
  stage_ids: plan.stages.map(({ id }) => id),
  stage_types: plan.stages.map(({ stage_type }) => stage_type),
}));
