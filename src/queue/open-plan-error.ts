import type { AnyStageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { type OpenStage, type OpenWork, openStages } from '../plan/work.ts';

const remedies: Readonly<Record<OpenWork, string>> = {
  random_seed: 'State the seed, or draw it with resolveSeeds(plan, randomInt)',
  open_prompt: 'Expand the wildcards and variants of its prompts',
  unnamed_image: 'Name the image that it takes',
};

/**
 * A plan says not yet what it will give. Jobs are known by the fingerprint of their plan, so that two runs which were both
 * wanted would be taken for one. Nothing was handed in; every stage is listed.
 */
export class OpenPlanError extends Error {
  override readonly name = 'OpenPlanError';
  readonly stages: readonly OpenStage[];

  constructor(stages: readonly OpenStage[]) {
    const reasons = stages.map(({ stage_id, reason }) => `- ${stage_id}: ${remedies[reason]}.`);
    super(
      ['The plan is not settled: it would be handed in as one run, whatever it draws.', ...reasons].join(
        '\n',
      ),
    );
    this.stages = stages;
  }
}

/** @throws {OpenPlanError} when a seed is random, a prompt has something to expand, or an image is not named. */
export function assertSettled(plan: AnyStageExecutionPlan): void {
  const open = openStages(plan);
  if (open.length > 0) throw new OpenPlanError(open);
}
