import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PictureFormat, pictureFormats } from '../../../visualizations/draw.ts';
import { type SweepMode, sweepModes } from '../../sweep/axes.ts';
import { answerFiles, readBeside, type Source } from '../answer.ts';
import { answerSeries } from '../answer-series.ts';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { namedDocument } from '../named-documents.ts';
import { type OutputFlags, wantsJson, withOutputFlags } from '../output.ts';
import { type AxisText, partAxis } from '../parse-axis.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { readJson } from '../read-json.ts';
import { withSetup } from '../with-setup.ts';

type Flags = PlanFlags &
  OutputFlags & {
    readonly axis: readonly AxisText[];
    readonly axisFile?: string;
    readonly mode: SweepMode;
    readonly dryRun?: boolean;
    readonly tree?: boolean;
    readonly format?: PictureFormat;
  };

/** `stageplan sweep`: one run, planned once for each combination of some values. */
export function addSweep(program: Command, io: Io, exit: (code: number) => void): void {
  const command: Command = program
    .command('sweep')
    .description('plan a RunConfig once for each combination of the values of some fields')
    .argument('[file]', 'RunConfig file, or - for standard input')
    .addOption(
      new Option(
        '--axis <field=values>',
        'values with commas between, or a range 0.2..0.5:0.1; may be repeated',
      )
        .argParser(addAxis)
        .default([]),
    )
    .option('--axis-file <file>', 'JSON with a list of axes, which come before those of --axis')
    .addOption(new Option('--mode <name>', 'how the axes are combined').choices(sweepModes).default('grid'))
    .addOption(
      new Option('--dry-run', 'count plans, rejections, images and stages').conflicts(['tree', 'format']),
    )
    .option('--tree', 'merge what the plans have in common')
    .addOption(
      new Option('--format <name>', 'draw the tree')
        .choices(pictureFormats)
        .conflicts(['json', 'table', 'compact']),
    );
  withOutputFlags(withPlanFlags(command)).action(async (named: string | undefined, flags: Flags) => {
    if (flags.axis.length === 0 && flags.axisFile === undefined)
      command.error('error: say what to sweep with --axis or --axis-file');
    const file = namedDocument(io, command, named);
    const { answerCount, answerEachPlan, answerTree, tabulate } = await import('../sweep-answers.ts');
    const { dryRun = false, format, axisFile } = flags;
    const read =
      axisFile === undefined
        ? { value: [] }
        : await readBeside(io, axisFile, flags, () => readAxes(io, axisFile));
    if ('code' in read) return exit(read.code);
    const request = {
      axes: { texts: flags.axis, listed: read.value },
      options: { ...planOptions(flags), mode: flags.mode },
    };
    const tree = flags.tree === true || format !== undefined;
    if (!dryRun && !tree && wantsJson(io, flags)) {
      const series = async (document: unknown) => answerEachPlan(document, request);
      exit(await answerSeries(io, file, series));
      return;
    }
    const answer = async (document: unknown, { looks }: Source) => {
      if (dryRun) return answerCount(document, request, looks.out);
      return tree
        ? withSetup(io, () => answerTree(document, request, format, looks.out))
        : tabulate(document, request, looks.out);
    };
    exit(await answerFiles(io, [file], format === undefined ? flags : { table: true }, answer));
  });
}

function addAxis(text: string, before: readonly AxisText[]): readonly AxisText[] {
  const axis = partAxis(text);
  if (axis !== undefined) return [...before, axis];
  throw new InvalidArgumentError('It must be a field and its values: steps=20,30.');
}

async function readAxes(io: Io, file: string): Promise<readonly unknown[]> {
  const axes = await readJson(io, file);
  if (Array.isArray(axes)) return axes;
  throw new InputError(`It must hold a list of axes: [{ "field": "steps", "values": [20, 30] }].`);
}
