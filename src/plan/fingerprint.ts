import { sha256 } from '../hash.ts';
import { assertPlan } from './no-plan-error.ts';
import type { AnyStageExecutionPlan } from './stage-execution-plan.ts';

/**
 * SHA-256 of a plan's canonical JSON, in hexadecimal: equal plans, and only those, have equal fingerprints.
 *
 * @throws {NoPlanError} when it is handed anything else.
 */
export function planFingerprint(plan: AnyStageExecutionPlan): string {
  assertPlan(plan);
  return sha256(plan);
}
