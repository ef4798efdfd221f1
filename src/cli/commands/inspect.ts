import type { Command } from 'commander';
import { type Ending, type ShownStep, showWalk } from '../../../visualizations/inspector/show-walk.ts';
import { journeyAlong, named } from '../../../visualizations/journey.ts';
import { InvalidRunConfigError } from '../../config/invalid-run-config-error.ts';
import { planOfRun } from '../../planner/build-stage-plan.ts';
import { routeRun } from '../../planner/route-run.ts';
import { knownStages } from '../../planner/stage-catalog.ts';
import { type Answer, answerFiles, refuse, refuseRun, type Source } from '../answer.ts';
import type { Desktop } from '../desktop.ts';
import { exitCodes, type Io } from '../io.ts';
import { namedDocument } from '../named-documents.ts';
import { type PlanFlags, planOptions, withPlanFlags } from '../plan-flags.ts';
import { highestPort, wholeNumber } from '../whole-number.ts';
import { withSetup } from '../with-setup.ts';

type InspectFlags = PlanFlags & {
  readonly port: number;
  readonly speed: number;
  readonly wait: number;
  readonly offline: boolean;
  readonly open: boolean;
};

/** `stageplan inspect`: the walk of a run, played event by event in the Stately inspector or a page of our own. */
export function addInspect(program: Command, io: Io, exit: (code: number) => void, desk: Desktop): void {
  const command = program
    .command('inspect')
    .description('play the walk of a run, event by event, in a page on 127.0.0.1')
    .argument('[file]', 'RunConfig file, or - for standard input')
    .addOption(
      wholeNumber('--port <number>', 'the port to serve on; 0: any free one', highestPort).default(0),
    )
    .addOption(wholeNumber('--speed <ms>', 'the time between two events', 60_000).default(800))
    .addOption(wholeNumber('--wait <seconds>', 'how long to wait for a page to connect', 86_400).default(30))
    .option('--offline', 'serve a page of our own; without it the events are shown by stately.ai', false)
    .option('--no-open', 'print the address, but open no browser');
  withPlanFlags(command).action(async (named: string | undefined, flags: InspectFlags) => {
    const file = namedDocument(io, command, named);
    const show = (document: unknown, source: Source) =>
      withSetup(io, () => inspect(io, desk, document, flags, source));
    exit(await answerFiles(io, [file], { table: true }, show));
  });
}

async function inspect(
  io: Io,
  desk: Desktop,
  document: unknown,
  flags: InspectFlags,
  source: Source,
): Promise<Answer> {
  const routed = routeRun(knownStages, document, planOptions(flags));
  const result = planOfRun(routed);
  if (!result.success && result.error instanceof InvalidRunConfigError) return refuse(result.error, source);
  const { port, speed, offline, wait, open } = flags;
  const ending = await showWalk(named(journeyAlong(routed), source.name), {
    port,
    speed,
    offline,
    wait: wait * 1000,
    signal: desk.interrupted(),
    onServing: async (url) => {
      await io.out(`${url} shows the walk once it is open. Ctrl-C ends it.\n`);
      if (open) await desk.openPage(url);
    },
    onStep: async (step) => io.out(renderStep(step)),
  });
  await io.out(`${sayEnding(ending, wait)}\n`);
  return result.success
    ? { code: exitCodes.fine, data: null }
    : refuseRun(result.error, source, planOptions(flags));
}

function renderStep({ event, state, refused }: ShownStep): string {
  return refused ? `  ${event} is refused in ${state}\n` : `  ${event} -> ${state}\n`;
}

function sayEnding(ending: Ending, wait: number): string {
  switch (ending) {
    case 'played':
      return 'The walk is over, and every page has all of it.';
    case 'nobody came':
      return `No page was opened within ${wait} s. Nothing was played; --wait sets the time.`;
    case 'interrupted':
      return 'Interrupted.';
  }
}
