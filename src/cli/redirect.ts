import type { Command } from 'commander';
import * as z from 'zod';
import { visible } from '../visible.ts';
import { exitCodes, type Io } from './io.ts';
import { sentence } from './layout.ts';
import { plainLook } from './look.ts';
import { standardInput as standardOutput } from './read-json.ts';

const Flags = z.object({ output: z.string().optional(), ndjson: z.boolean().default(false) });

/**
 * Commands that report on an input: a refusal is a report as well. What the others make of an input is whole or worth nothing; in a
 * stream each line is a report, also where one cannot be read.
 */
const reports: readonly string[] = ['check', 'draw', 'explain', 'submit', 'sweep', 'verify'];

/** Ends what a command prints, by its exit code. */
export type Settle = (exitCode: number) => Promise<void>;

/**
 * Turns `io` to the file that `--output` names, if it does. Settling puts that file in its place, or leaves what stands there as it
 * was when something is refused.
 *
 * @throws {OutputError} when the file cannot be written.
 */
export async function redirect(
  io: { -readonly [Key in keyof Io]: Io[Key] },
  command: Command,
): Promise<Settle> {
  const { output = standardOutput, ndjson } = Flags.parse(command.opts());
  if (output === standardOutput) return async () => {};
  const file = await io.create(output);
  let written = false;
  io.out = (text) => {
    written = true;
    return file.write(text);
  };
  io.terminal = false;
  io.looks = { ...io.looks, out: plainLook };
  const worstKept = reports.includes(command.name()) ? exitCodes.rejected : exitCodes.fine;
  return async (exitCode) => {
    if (exitCode <= worstKept || (ndjson && written)) return file.keep();
    await file.drop();
    await io.err(sentence(`${visible(output)} is not written.`, io.looks.err));
  };
}
