import { explanationOfRun } from '../planner/explain-stage-plan.ts';
import { routeRun } from '../planner/route-run.ts';
import { knownStages } from '../planner/stage-catalog.ts';
import type { Answer, Source } from './answer.ts';
import { exitCodes } from './io.ts';
import { type PlanFlags, planOptions } from './plan-flags.ts';
import { renderExplanation } from './render-explanation.ts';

/** Answers with what becomes of every stage and pass of a RunConfig. */
export function explainer(flags: PlanFlags): (document: unknown, source: Source) => Answer {
  const options = planOptions(flags);
  return (document, { name, looks }) => {
    const routed = routeRun(knownStages, document, options);
    const explanation = explanationOfRun(routed);
    return {
      code: explanation.legal ? exitCodes.fine : exitCodes.rejected,
      data: explanation,
      text: () => renderExplanation(name, explanation, routed.reading, looks.out),
      namesIt: true,
    };
  };
}
