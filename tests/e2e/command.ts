import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A `stageplan` command that serves until it is ended. */
export interface RunningCommand {
  readonly address: string;
  /** Ends it as Ctrl-C does, and gives its exit code. */
  readonly interrupt: () => Promise<number | null>;
}

/** Starts the built command, and waits for the address that it prints. */
export async function startCommand(argv: readonly string[]): Promise<RunningCommand> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    address: await printedAddress(child),
    interrupt: async () => {
      child.kill('SIGINT');
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}

async function printedAddress(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const piece of child.stdout ?? []) {
    printed += piece;
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(printed) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`No address was printed: ${printed}`);
}
