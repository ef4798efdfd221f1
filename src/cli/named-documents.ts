import type { Command } from 'commander';
import { documents, findFiles } from './find-files.ts';
import type { Io } from './io.ts';
import { standardInput } from './read-json.ts';

/** What may stand in place of the name of a file, for the help of commands that take several. */
export const otherNames =
  'folders of them, patterns like "runs/*.json", or - for standard input, which is read by itself where something is piped in';

/** The documents that a command is to read. Without a name it is what is piped in; without that it is wrong usage. */
export async function namedDocuments(
  io: Io,
  command: Command,
  names: readonly string[],
): Promise<readonly string[]> {
  return findFiles(io, command, namedOrPiped(io, command, names), documents);
}

/** The one document that a command is to read. */
export function namedDocument(io: Io, command: Command, name: string | undefined): string {
  const [file = standardInput] = namedOrPiped(io, command, name === undefined ? [] : [name]);
  return file;
}

/** The names that a command is given, or standard input where something is piped in. */
export function namedOrPiped(io: Io, command: Command, names: readonly string[]): readonly string[] {
  if (names.length > 0) return names;
  if (!io.piped) command.error('error: name a file, or pipe one in');
  return [standardInput];
}
