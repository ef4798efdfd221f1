import { Command, CommanderError } from 'commander';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addCompile } from './commands/compile.ts';
import { addDraw } from './commands/draw.ts';
import { addExplain } from './commands/explain.ts';
import { addExplore } from './commands/explore.ts';
import { addImport } from './commands/import.ts';
import { addInspect } from './commands/inspect.ts';
import { addOrders } from './commands/orders.ts';
import { addSchema } from './commands/schema.ts';
import { addSweep } from './commands/sweep.ts';
import { addVerify } from './commands/verify.ts';
import { type Desktop, noDesktop } from './desktop.ts';
import { exitCodes, type Io } from './io.ts';
import { paint } from './layout.ts';
import { isReaderGone, OutputError } from './output-error.ts';
import { redirect, type Settle } from './redirect.ts';

/** Runs `stageplan` with the arguments behind its name, and returns the exit code. */
export async function runCli(
  argv: readonly string[],
  outside: Io,
  desk: Desktop = noDesktop,
): Promise<number> {
  const io = { ...outside };
  let settle: Settle = async () => {};
  let exitCode: number = exitCodes.fine;
  const exit = (code: number) => {
    exitCode = code;
  };
  const helped: Promise<void>[] = [];
  const program = new Command('stageplan')
    .description('Plan the stages of a Stable Diffusion run.')
    .version(io.version, '-v, --version')
    .configureHelp({ styleTitle: (title) => paint('bold', title, io.looks.out) })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => helped.push(io.out(text)),
      writeErr: (text) => helped.push(io.err(text)),
      getOutHasColors: () => io.looks.out.color,
    })
    .hook('preAction', async (_, command) => {
      settle = await redirect(io, command);
    })
    .addHelpText('after', '\nExit codes: 0 fine, 1 rejected, 2 wrong usage or unreadable input.');
  addBuild(program, io, exit);
  addSweep(program, io, exit);
  addCompile(program, io, exit);
  addCheck(program, io, exit);
  addImport(program, io, exit);
  addExplain(program, io, exit);
  addVerify(program, io, exit);
  addOrders(program, io);
  addSchema(program, io);
  addDraw(program, io, exit);
  addInspect(program, io, exit, desk);
  addExplore(program, io, exit, desk);
  try {
    await program.parseAsync(argv, { from: 'user' }).catch((error) => {
      if (!(error instanceof CommanderError)) throw error;
      exit(error.exitCode === 0 ? exitCodes.fine : exitCodes.unusable);
    });
    await Promise.all(helped);
    await settle(exitCode);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    if (isReaderGone(error)) return exitCode;
    await io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
  return exitCode;
}
