import type { AnyStageExecutionPlan } from './stage-execution-plan.ts';

/** The stages that carry hires fix, by their ids. An upscale among them has a redraw that runs all of its steps. */
export function hiresStages({ decisions }: Pick<AnyStageExecutionPlan, 'decisions'>): ReadonlySet<string> {
  return new Set(
    decisions.flatMap((decision) =>
      decision.pass === 'hires' && decision.outcome === 'planned' ? [decision.stage_id] : [],
    ),
  );
}
