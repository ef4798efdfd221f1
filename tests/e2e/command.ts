import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A `stageplan` command that serves until it is ended. */
export interface RunningCommand {
  readonly address: string;
  /** Ends it as Ctrl-C does, and gives its exit code. */
  readonly interrupt: () => Promise<number | null>;
  /** Waits until it ends by itself, and gives its exit code. */
  readonly ended: () => Promise<number | null>;
}

/** Starts the built command, and waits for the address that it prints. */
export async function startCommand(argv: readonly string[]): Promise<RunningCommand> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', ...argv], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit').then(() => child.exitCode);
  return {
    address: await printedAddress(child),
    interrupt: () => {
      child.kill('SIGINT');
      return ended;
    },
    ended: () => ended,
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (piece) => {
      printed += piece;
      const [address] = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`No address was printed: ${printed}`)));
  });
}
