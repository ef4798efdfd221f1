import { sha256 } from '../hash.ts';
import type { StageExecutionPlan } from './stage-execution-plan.ts';

/** SHA-256 of a plan's canonical JSON, in hexadecimal: equal plans, and only those, have equal fingerprints. */
export function planFingerprint(plan: StageExecutionPlan): string {
  return sha256(plan);
}
