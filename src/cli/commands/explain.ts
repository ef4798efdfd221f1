import type { Command } from 'commander';
import { explanationOfRun } from '../../planner/explain-stage-plan.ts';
import { routeRun } from '../../planner/route-run.ts';
import { knownStages } from '../../planner/stage-catalog.ts';
import { type Answerer, answerFiles } from '../answer.ts';
import { exitCodes, type Io } from '../io.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { renderExplanation } from '../render-explanation.ts';

/** `stageplan explain`: why every stage and pass is planned, skipped or rejected. */
export function addExplain(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('explain')
    .description('explain what becomes of every stage and pass, and why')
    .argument('[files...]', `RunConfig files, ${otherNames}`);
  withOutputFlags(withPlanFlags(command)).action(
    async (files: readonly string[], flags: PlanFlags & OutputFlags) => {
      exit(await answerFiles(io, await namedDocuments(io, command, files), flags, explainer(flags)));
    },
  );
}

function explainer(flags: PlanFlags): Answerer {
  const options = planOptions(flags);
  return (document, { name, looks }) => {
    const routed = routeRun(knownStages, document, options);
    const explanation = explanationOfRun(routed);
    const code = explanation.legal ? exitCodes.fine : exitCodes.rejected;
    return {
      code,
      data: explanation,
      text: renderExplanation(name, explanation, routed.reading, looks.out),
      namesIt: true,
    };
  };
}
