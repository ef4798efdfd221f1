import type { Fix } from './fixes.ts';
import type { Rejection } from './rejections.ts';

/** The run asks for stages that its sequence cannot plan. Nothing was planned. */
export class InvalidStagePlanError extends Error {
  override readonly name = 'InvalidStagePlanError';
  /** Every reason, each with the state that the walk stood in. */
  readonly rejections: readonly Rejection[];
  /** The nearest legal runs. */
  readonly fixes: readonly Fix[];

  constructor(rejections: readonly Rejection[], fixes: readonly Fix[]) {
    const reasons = rejections.map(({ message }) => `- ${message}`);
    const ways = fixes.map(({ message }) => `- To fix it, ${message}.`);
    super(['The run has no legal stage plan.', ...reasons, ...ways].join('\n'));
    this.rejections = rejections;
    this.fixes = fixes;
  }
}
