import { sayWarning } from '../plan/say-warning.ts';
import { explainStagePlan, type StagePlanExplanation } from '../planner/explain-stage-plan.ts';
import { sayDecision } from '../route/sentences.ts';
import type { Answer } from './answer.ts';
import { exitCodes } from './io.ts';
import { type PlanFlags, planOptions } from './plan-flags.ts';
import { align } from './render-plan.ts';
import { fixLines, lines, problemLines } from './render-refusal.ts';

/** Answers with what becomes of every stage and pass of a RunConfig. */
export function explainer(flags: PlanFlags): (document: unknown) => Answer {
  const options = planOptions(flags);
  return (document) => {
    const explanation = explainStagePlan(document, options);
    const code = explanation.legal ? exitCodes.fine : exitCodes.rejected;
    return { code, data: explanation, text: () => renderExplanation(explanation) };
  };
}

function renderExplanation(explanation: StagePlanExplanation): string {
  const { sequence_id, legal, problems, decisions, warnings, rejections } = explanation;
  const rows = decisions.map((decision) => [
    String(decision.stage ?? decision.pass),
    decision.outcome,
    sayDecision(decision, sequence_id),
  ]);
  return lines([
    legal ? 'The run has a plan.' : 'The run has no plan.',
    ...problemLines([...problems, ...rejections]),
    ...(rows.length === 0 ? [] : ['', align(rows)]),
    ...warnings.map((warning) => `warning: ${sayWarning(warning)}`),
    ...fixLines(explanation),
  ]);
}
