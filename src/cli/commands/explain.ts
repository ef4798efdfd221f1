import type { Command } from 'commander';
import { sayWarning } from '../../plan/say-warning.ts';
import { explainStagePlan, type StagePlanExplanation } from '../../planner/explain-stage-plan.ts';
import { sayDecision } from '../../route/sentences.ts';
import { answerFiles } from '../answer.ts';
import { exitCodes, type Io } from '../io.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { align } from '../render-plan.ts';
import { fixLines, lines, problemLines } from '../render-refusal.ts';

/** `stageplan explain`: why every stage and pass is planned, skipped or rejected. */
export function addExplain(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('explain')
    .description('explain what becomes of every stage and pass, and why')
    .argument('<files...>', 'RunConfig files, or - for standard input');
  withOutputFlags(withPlanFlags(command)).action(
    async (files: readonly string[], flags: PlanFlags & OutputFlags) => {
      exit(
        await answerFiles(io, files, flags, (document) => {
          const explanation = explainStagePlan(document, planOptions(flags));
          const code = explanation.legal ? exitCodes.fine : exitCodes.rejected;
          return { code, data: explanation, text: renderExplanation(explanation) };
        }),
      );
    },
  );
}

function renderExplanation(explanation: StagePlanExplanation): string {
  const { sequence_id, legal, problems, more, decisions, warnings, rejections } = explanation;
  const rows = decisions.map((decision) => [
    String(decision.stage ?? decision.pass),
    decision.outcome,
    sayDecision(decision, sequence_id),
  ]);
  return lines([
    legal ? 'The run has a plan.' : 'The run has no plan.',
    ...problemLines([...problems, ...rejections], false, more),
    ...(rows.length === 0 ? [] : ['', align(rows)]),
    ...warnings.map((warning) => `warning: ${sayWarning(warning)}`),
    ...fixLines(explanation),
  ]);
}
