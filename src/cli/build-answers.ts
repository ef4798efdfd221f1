import { safeBuildStagePlan } from '../planner/build-stage-plan.ts';
import { type Answer, refuseRun, type Source } from './answer.ts';
import { exitCodes } from './io.ts';
import { type PlanFlags, planOptions } from './plan-flags.ts';
import { renderPlan } from './render-plan.ts';

/** Answers with the plan of a RunConfig. */
export function planner(flags: PlanFlags): (document: unknown, source: Source) => Answer {
  const options = planOptions(flags);
  return (document, source) => {
    const result = safeBuildStagePlan(document, options);
    if (!result.success) return refuseRun(result.error, source, options);
    const { plan } = result;
    return { code: exitCodes.fine, data: plan, kind: 'plan', text: () => renderPlan(plan, source.looks.out) };
  };
}
