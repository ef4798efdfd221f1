import { type Command, Option } from 'commander';
import * as z from 'zod';
import { sequences } from '../../../machines/sequences.ts';
import {
  drawJourney,
  drawSequence,
  type PictureFormat,
  pictureFormats,
} from '../../../visualizations/draw.ts';
import { journeyAlong, journeyOfPlan, named } from '../../../visualizations/journey.ts';
import { InvalidRunConfigError } from '../../config/invalid-run-config-error.ts';
import { planOfRun } from '../../planner/build-stage-plan.ts';
import { routeRun } from '../../planner/route-run.ts';
import { knownStages } from '../../planner/stage-catalog.ts';
import { type Answer, answerFiles, isPrinted, refuse, refuseRun, type Source } from '../answer.ts';
import { InputError } from '../input-error.ts';
import { exitCodes, type Io } from '../io.ts';
import { lines } from '../layout.ts';
import { withOutputFile } from '../output.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { refusedLines } from '../render-refusal.ts';
import { withSetup } from '../with-setup.ts';

type DrawFlags = PlanFlags & { readonly format: PictureFormat };

/** What tells a plan from a RunConfig, and all of a plan that is drawn. */
const DrawnPlan = z.object({
  format_version: z.string(),
  sequence: z.object({ id: z.string() }),
  events: z.array(z.string()),
  run_id: z.string().nullable().catch(null),
  stages: z.array(z.unknown()).catch([]),
});

/** `stageplan draw`: the sequence as a picture, with the way of a run or a plan lit up. */
export function addDraw(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('draw')
    .description('draw the sequence, and in it the way of a run or a plan')
    .argument('[file]', 'RunConfig or plan file, or - for standard input')
    .addOption(
      new Option('--format <name>', 'the form of the picture').choices(pictureFormats).default('mermaid'),
    );
  withOutputFile(withPlanFlags(command)).action(async (file: string | undefined, flags: DrawFlags) => {
    if (file !== undefined) {
      const draw = (document: unknown, source: Source) =>
        withSetup(io, () => drawDocument(document, flags, source));
      exit(await answerFiles(io, [file], { table: true }, draw));
      return;
    }
    const answer = await withSetup(io, () => drawBare(flags));
    await isPrinted(io, answer, { table: true });
    exit(answer.code);
  });
}

async function drawBare({ sequence, format }: DrawFlags): Promise<Answer> {
  const text = await drawSequence(sequences[sequence], format);
  return { code: exitCodes.fine, data: null, text: () => text };
}

async function drawDocument(document: unknown, flags: DrawFlags, source: Source): Promise<Answer> {
  const plan = DrawnPlan.safeParse(document);
  return plan.success ? drawPlan(plan.data, flags, source) : drawRun(document, flags, source);
}

/** A rejected run is drawn too, and complained of. */
async function drawRun(document: unknown, flags: DrawFlags, source: Source): Promise<Answer> {
  const routed = routeRun(knownStages, document, planOptions(flags));
  const result = planOfRun(routed);
  if (!result.success && result.error instanceof InvalidRunConfigError) return refuse(result.error, source);
  const picture = await drawJourney(named(journeyAlong(routed), source.name), flags.format);
  const text = () => picture;
  if (result.success) return { code: exitCodes.fine, data: null, text };
  return { ...refuseRun(result.error, source, planOptions(flags)), text };
}

/** A plan is drawn in the sequence that it names, whatever the flags say. */
async function drawPlan(
  plan: z.output<typeof DrawnPlan>,
  { format }: DrawFlags,
  source: Source,
): Promise<Answer> {
  const { id } = plan.sequence;
  const sequence = Object.values(sequences).find((known) => known.id === id);
  if (sequence === undefined)
    throw new InputError(`It is a plan of the sequence ${id}, which stageplan does not have.`);
  const journey = named(journeyOfPlan(plan, { sequence }), source.name);
  const picture = await drawJourney(journey, format);
  const text = () => picture;
  if (journey.legal) return { code: exitCodes.fine, data: null, text };
  const complaint = () =>
    lines(
      refusedLines(`${source.name} is not a valid plan.`, [{ message: journey.sentence }], source.looks.err),
    );
  return { code: exitCodes.rejected, data: null, text, complaint };
}
