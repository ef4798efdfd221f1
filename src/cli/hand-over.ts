import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long a reader may take for what is left of a line, in milliseconds. Then the line stays cut off. */
const longestWait = 60_000;

const passOn = `setTimeout(() => process.exit(), ${longestWait}).unref(); process.stdin.pipe(process.stdout);`;

/**
 * Leaves the rest of a text to a process that outlives this one, since a pipe that is full keeps no more for a reader who
 * comes back later. The file that the rest lies in has no name any more when this returns.
 */
export function handOver(rest: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'stageplan-'));
  const file = join(folder, 'rest');
  writeFileSync(file, rest);
  const descriptor = openSync(file, 'r');
  rmSync(folder, { recursive: true });
  const { execPath } = process;
  spawn(execPath, ['-e', passOn], { stdio: [descriptor, 'inherit', 'ignore'], detached: true }).unref();
}
