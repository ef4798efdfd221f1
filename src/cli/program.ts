import { Command, CommanderError } from 'commander';
import { visible } from '../visible.ts';
import { type Desktop, noDesktop } from './desktop.ts';
import { exitCodes, type Io } from './io.ts';
import { paint, sentence } from './layout.ts';
import { isReaderGone, OutputError } from './output-error.ts';
import { redirect, type Settle } from './redirect.ts';

type AddCommand = (program: Command, io: Io, exit: (code: number) => void, desk: Desktop) => void;

/** Each command, in the order of the help, with what loads it: a run of one does not wait for the others. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  build: async () => (await import('./commands/build.ts')).addBuild,
  sweep: async () => (await import('./commands/sweep.ts')).addSweep,
  compile: async () => (await import('./commands/compile.ts')).addCompile,
  check: async () => (await import('./commands/check.ts')).addCheck,
  submit: async () => (await import('./commands/submit.ts')).addSubmit,
  import: async () => (await import('./commands/import.ts')).addImport,
  explain: async () => (await import('./commands/explain.ts')).addExplain,
  verify: async () => (await import('./commands/verify.ts')).addVerify,
  orders: async () => (await import('./commands/orders.ts')).addOrders,
  schema: async () => (await import('./commands/schema.ts')).addSchema,
  draw: async () => (await import('./commands/draw.ts')).addDraw,
  inspect: async () => (await import('./commands/inspect.ts')).addInspect,
  explore: async () => (await import('./commands/explore.ts')).addExplore,
};

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
      outputError: (text, write) => write(sentence(safeError(text), io.looks.err)),
    })
    .hook('preAction', async (_, command) => {
      refuseMissingValues(command);
      settle = await redirect(io, command);
    })
    .addHelpText('after', '\nExit codes: 0 fine, 1 rejected, 2 wrong usage or unreadable input.');
  for (const load of loadersFor(argv)) (await load())(program, io, exit, desk);
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

/** The command that is named; where none is, as for the help and a slip of the finger, all of them. */
function loadersFor([name = '']: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  const named = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return named === undefined ? Object.values(commands) : [named];
}

/**
 * Refuses an option that took another for its value, or nothing: `--import --json` would look for a file of that name, and `--out ""`,
 * as an unset variable of a shell makes it, would write to the root.
 */
function refuseMissingValues(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (!option.required || typeof value !== 'string') continue;
    const isOption = command.options.some(({ short, long }) => value === short || value === long);
    if (value !== '' && !isOption) continue;
    const why = isOption ? `${value} is an option itself` : 'it is empty';
    command.error(`error: option '${option.flags}' argument missing: ${why}`);
  }
}

/** What Commander says of arguments, which may be names of files, as `*` brings them. Advice stands on a line of its own. */
function safeError(text: string): string {
  return text
    .trimEnd()
    .split(/\n(?=\(|error: )/)
    .map(visible)
    .join('\n');
}
