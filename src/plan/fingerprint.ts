import { sha256 } from '../hash.ts';
import type { AnyStageExecutionPlan } from './stage-execution-plan.ts';

/** SHA-256 of a plan's canonical JSON, in hexadecimal: equal plans, and only those, have equal fingerprints. */
export function planFingerprint(plan: AnyStageExecutionPlan): string {
  return sha256(plan);
}
