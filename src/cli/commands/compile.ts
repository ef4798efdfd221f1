import { type Command, Option } from 'commander';
import { type Answer, answerBytes, answerFiles, readBeside } from '../answer.ts';
import { answerLines } from '../answer-stream.ts';
import type { CompileAnswer, CompileFlags } from '../compile-answers.ts';
import { compileTargets } from '../compile-targets.ts';
import { InputError } from '../input-error.ts';
import { exitCodes, type Io } from '../io.ts';
import { lines } from '../layout.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { namedDocument } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { readNames } from '../read-names.ts';
import { refuseFiles, streamTask } from '../stream-task.ts';

type Flags = PlanFlags &
  OutputFlags &
  CompileFlags &
  LineFlags & {
    readonly import?: string;
    readonly strict?: boolean;
    readonly names?: string;
    readonly out?: string;
  };

/** `stageplan compile`: what a run becomes for a backend. Nothing is sent. */
export function addCompile(program: Command, io: Io, exit: (code: number) => void): void {
  const command: Command = program
    .command('compile')
    .description('compile a RunConfig or a plan into the requests of a WebUI, or a graph of ComfyUI')
    .argument('[file]', 'RunConfig or plan file, or - for standard input')
    .addOption(new Option('--to <target>', 'the backend').choices(compileTargets).makeOptionMandatory())
    .addOption(
      new Option('--format <form>', 'data, or a shell script that sends it')
        .choices(['json', 'curl'])
        .default('json'),
    )
    .addOption(new Option('--out <folder>', 'write files into a folder').conflicts('ndjson'))
    .option('--url <address>', 'where the server listens, for the script')
    .option('--fan-out', 'ask a WebUI once for each of several images')
    .option('--names <file>', 'JSON with the detectors, upscalers and loras of the backend by our names')
    .addOption(
      new Option('--import <file>', 'compile a preset, a job record, an infotext or an image').conflicts(
        'ndjson',
      ),
    )
    .option('--strict', 'with --import: refuse what loses anything');
  withLineFlags(
    command,
    'read one RunConfig or plan per line from standard input, print what it becomes or an error per line',
  );
  withOutputFlags(withPlanFlags(command)).action(async (named: string | undefined, flags: Flags) => {
    const { import: imported, names: file } = flags;
    const output = flags.format === 'curl' && flags.out === undefined ? { table: true } : flags;
    const stream = await streamTask(command, flags, { verb: 'compile', flags, names: {} });
    const shown = stream === null ? output : { compact: true };
    const read =
      file === undefined ? { value: {} } : await readBeside(io, file, shown, () => readNames(io, file));
    if ('code' in read) return exit(read.code);
    const names = read.value;
    if (stream !== null) {
      refuseFiles(command, named === undefined ? [] : [named]);
      exit(await answerLines(io, { ...stream, verb: 'compile', flags, names }, flags));
      return;
    }
    const { compileDocument, compilePlan } = await import('../compile-answers.ts');
    if (imported === undefined) {
      const answer = answerFiles(io, [namedDocument(io, command, named)], output, async (document, source) =>
        saved(compileDocument(document, flags, names, source), io, flags),
      );
      exit(await answer);
      return;
    }
    if (named !== undefined) command.error('error: --import takes the place of a RunConfig or a plan');
    const { importPlanner, largestImport } = await import('../import-answers.ts');
    const { sequence, ...others } = planOptions(flags);
    const options = command.getOptionValueSource('sequence') === 'cli' ? { ...others, sequence } : others;
    const answer = answerBytes(io, [imported], output, largestImport, async (bytes, source) => {
      const planner = importPlanner(flags, options, (plan, place) => compilePlan(plan, flags, names, place));
      return saved(planner(bytes, source), io, flags);
    });
    exit(await answer);
  });
}

/** Writes the files of an answer, and says which instead of what is in them. */
async function saved(answer: CompileAnswer, io: Io, { out }: { readonly out?: string }): Promise<Answer> {
  const { files, ...said } = answer;
  if (out === undefined || said.code !== exitCodes.fine) return said;
  if (files === undefined) throw new InputError('It holds several runs: --out writes the files of one.');
  const paths: string[] = [];
  for (const { name, text } of files()) {
    const path = `${out.replace(/\/$/, '')}/${name}`;
    const file = await io.create(path);
    await file.write(text);
    await file.keep();
    paths.push(path);
  }
  return { ...said, data: { files: paths }, text: () => lines(paths) };
}
