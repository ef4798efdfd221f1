import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundle } from './bundle.ts';

/** Runs a program of the tests in a process of its own, where `stageplan` is the built package, and reads the JSON that it prints. */
export async function runBuilt(file: string, ...flags: readonly string[]): Promise<unknown> {
  const args = [...flags, '--input-type=module', '--eval', await bundle(file)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}
