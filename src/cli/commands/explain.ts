import type { Command } from 'commander';
import { answerDocuments } from '../answer-documents.ts';
import { explainer } from '../explain-answers.ts';
import type { Io } from '../io.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, withPlanFlags } from '../plan-flags.ts';

type ExplainFlags = PlanFlags & OutputFlags & LineFlags;

/** `stageplan explain`: why every stage and pass is planned, skipped or rejected. */
export function addExplain(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('explain')
    .description('explain what becomes of every stage and pass, and why')
    .argument('[files...]', `RunConfig files, ${otherNames}`);
  withLineFlags(command, 'read one RunConfig per line from standard input, print one explanation per line');
  withOutputFlags(withPlanFlags(command)).action(async (files: readonly string[], flags: ExplainFlags) => {
    exit(await answerDocuments(io, command, files, flags, { verb: 'explain', flags }, explainer(flags)));
  });
}
