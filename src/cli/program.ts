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
import { addSubmit } from './commands/submit.ts';
import { addSweep } from './commands/sweep.ts';
import { addVerify } from './commands/verify.ts';
import { type Desktop, noDesktop } from './desktop.ts';
import { exitCodes, type Io } from './io.ts';
import { isReaderGone, OutputError } from './output-error.ts';

/** Runs `stageplan` with the arguments behind its name, and returns the exit code. */
export async function runCli(argv: readonly string[], io: Io, desk: Desktop = noDesktop): Promise<number> {
  let exitCode: number = exitCodes.fine;
  const exit = (code: number) => {
    exitCode = code;
  };
  const helped: Promise<void>[] = [];
  const program = new Command('stageplan')
    .description('Plan the stages of a Stable Diffusion run.')
    .version(io.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => helped.push(io.out(text)),
      writeErr: (text) => helped.push(io.err(text)),
    })
    .addHelpText('after', '\nExit codes: 0 fine, 1 rejected, 2 wrong usage or unreadable input.');
  addBuild(program, io, exit);
  addSweep(program, io, exit);
  addCompile(program, io, exit);
  addCheck(program, io, exit);
  addSubmit(program, io, exit);
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
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    if (isReaderGone(error)) return exitCode;
    await io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
  return exitCode;
}
