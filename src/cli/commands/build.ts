import type { Command } from 'commander';
import { safeBuildStagePlan } from '../../planner/build-stage-plan.ts';
import { type Answerer, answerBytes, answerFiles, answerLines, refuse } from '../answer.ts';
import { exitCodes, type Io } from '../io.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { renderPlan } from '../render-plan.ts';

type BuildFlags = PlanFlags &
  OutputFlags & { readonly ndjson?: boolean; readonly import?: string; readonly strict?: boolean };

/** `stageplan build`: RunConfigs in, plans out. */
export function addBuild(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('build')
    .description('build the stage plan of a RunConfig')
    .argument('[files...]', `RunConfig files, ${otherNames}`)
    .option('--ndjson', 'read one RunConfig per line from standard input, print one plan or error per line')
    .option('--import <file>', 'build the plans of a preset, a job record, an infotext or an image')
    .option('--strict', 'with --import: refuse what loses anything');
  withOutputFlags(withPlanFlags(command)).action(async (files: readonly string[], flags: BuildFlags) => {
    if (flags.ndjson === true) {
      if (files.some((file) => file !== '-'))
        command.error('error: --ndjson reads standard input and takes no files');
      exit(await answerLines(io, planner(flags)));
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

function planner(flags: PlanFlags): Answerer {
  const options = planOptions(flags);
  return (document, source) => {
    const result = safeBuildStagePlan(document, options);
    if (!result.success) return refuse(result.error, source);
    return { code: exitCodes.fine, data: result.plan, text: renderPlan(result.plan, source.looks.out) };
  };
}
