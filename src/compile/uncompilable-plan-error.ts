import { type CompileRefusal, sayRefusal } from './refusals.ts';

/** A backend cannot do what the plan says. Nothing was compiled; every reason is listed. */
export class UncompilablePlanError extends Error {
  override readonly name = 'UncompilablePlanError';
  /** The backend: "a1111". */
  readonly target: string;
  readonly refusals: readonly CompileRefusal[];

  constructor(target: string, refusals: readonly CompileRefusal[]) {
    const reasons = refusals.map((refusal) => `- ${refusal.stage_id}: ${sayRefusal(refusal, target)}`);
    super([`${target} cannot do what the plan says.`, ...reasons].join('\n'));
    this.target = target;
    this.refusals = refusals;
  }
}
