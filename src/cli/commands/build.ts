import { type Command, Option } from 'commander';
import { answerBytes, answerFiles } from '../answer.ts';
import { answerLines } from '../answer-stream.ts';
import { planner } from '../build-answers.ts';
import type { Io } from '../io.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { refuseFiles, streamTask } from '../stream-task.ts';

type BuildFlags = PlanFlags &
  OutputFlags &
  LineFlags & { readonly import?: string; readonly strict?: boolean };

/** `stageplan build`: RunConfigs in, plans out. */
export function addBuild(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('build')
    .description('build the stage plan of a RunConfig')
    .argument('[files...]', `RunConfig files, ${otherNames}`)
    .addOption(
      new Option(
        '--import <file>',
        'build the plans of a preset, a job record, an infotext or an image',
      ).conflicts('ndjson'),
    )
    .option('--strict', 'with --import: refuse what loses anything');
  withLineFlags(command, 'read one RunConfig per line from standard input, print one plan or error per line');
  withOutputFlags(withPlanFlags(command)).action(async (files: readonly string[], flags: BuildFlags) => {
    const stream = await streamTask(command, flags, { verb: 'build', flags });
    if (stream !== null) {
      refuseFiles(command, files);
      exit(await answerLines(io, stream, flags));
      return;
    }
    if (flags.import !== undefined) {
      if (files.length > 0) command.error('error: --import takes the place of RunConfig files');
      // Loaded only here: the reader of images would slow down every other command.
      const { importPlanner, largestImport } = await import('../import-answers.ts');
      const { sequence, ...others } = planOptions(flags);
      const isTold = command.getOptionValueSource('sequence') === 'cli';
      const options = isTold ? { ...others, sequence } : others;
      exit(await answerBytes(io, [flags.import], flags, largestImport, importPlanner(flags, options)));
      return;
    }
    exit(await answerFiles(io, await namedDocuments(io, command, files), flags, planner(flags)));
  });
}
