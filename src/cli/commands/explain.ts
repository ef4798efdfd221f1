import type { Command } from 'commander';
import { answerFiles } from '../answer.ts';
import { answerLines } from '../answer-stream.ts';
import { explainer } from '../explain-answers.ts';
import type { Io } from '../io.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, withPlanFlags } from '../plan-flags.ts';
import { refuseFiles, streamTask } from '../stream-task.ts';

type ExplainFlags = PlanFlags & OutputFlags & LineFlags;

/** `stageplan explain`: why every stage and pass is planned, skipped or rejected. */
export function addExplain(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('explain')
    .description('explain what becomes of every stage and pass, and why')
    .argument('[files...]', `RunConfig files, ${otherNames}`);
  withLineFlags(command, 'read one RunConfig per line from standard input, print one explanation per line');
  withOutputFlags(withPlanFlags(command)).action(async (files: readonly string[], flags: ExplainFlags) => {
    const stream = await streamTask(command, flags, { verb: 'explain', flags });
    if (stream !== null) {
      refuseFiles(command, files);
      exit(await answerLines(io, stream, flags));
      return;
    }
    exit(await answerFiles(io, await namedDocuments(io, command, files), flags, explainer(flags)));
  });
}
