import { type Command, Option } from 'commander';
import { visibleLines } from '../visible.ts';
import type { Io } from './io.ts';

/** The flags that choose between a table for people and JSON for programs. */
export interface OutputFlags {
  readonly json?: boolean;
  readonly table?: boolean;
  readonly compact?: boolean;
}

/** Adds the flags for the form of the output to a command. */
export function withOutputFlags(command: Command): Command {
  return withOutputFile(command)
    .addOption(
      new Option('--json', 'print JSON (the default where standard output is no terminal)').conflicts(
        'table',
      ),
    )
    .option('--table', 'print a table (the default on a terminal)')
    .option('--compact', 'print JSON on one line');
}

/** Adds the flag that names a file for the output. */
export function withOutputFile(command: Command): Command {
  return command.option('-o, --output <file>', 'write into a file, whole or not at all');
}

/** Whether JSON is wanted. */
export function wantsJson(io: Io, flags: OutputFlags): boolean {
  return flags.json === true || flags.compact === true || (flags.table !== true && !io.terminal);
}

/** JSON as it is printed: indented, or on one line, with what a terminal would obey as escapes. */
export function toJson(value: unknown, flags: OutputFlags): string {
  return flags.compact === true ? toLine(value) : `${visibleLines(JSON.stringify(value, null, 2))}\n`;
}

/** JSON on one line. */
function toLine(value: unknown): string {
  return `${visibleLines(JSON.stringify(value))}\n`;
}

const deleted = 0x7f;

/** Lines of JSON as they are written. */
export function toBytes(lines: readonly string[]): Uint8Array {
  const text = `${lines.join('\n')}\n`;
  const bytes = Buffer.from(text);
  // Of what a terminal obeys, JSON has all but this as escapes where it is ASCII: bytes tell that in a tenth of the time.
  const printable = bytes.length === text.length && !bytes.includes(deleted);
  return printable ? bytes : Buffer.from(visibleLines(text));
}
