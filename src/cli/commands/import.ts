import type { Command } from 'commander';
import { answerBytes } from '../answer.ts';
import { answerFileLines, answerLines } from '../answer-stream.ts';
import { findFiles, images } from '../find-files.ts';
import type { Io } from '../io.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { namedOrPiped } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { standardInput } from '../read-json.ts';
import { streamTask } from '../stream-task.ts';

interface ImportFlags extends OutputFlags, LineFlags {
  readonly strict?: boolean;
}

/** `stageplan import`: images, infotexts, graphs and presets in, RunConfigs with notes out. */
export function addImport(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('import')
    .description('import images, infotexts, graphs and presets of any writer as RunConfigs')
    .argument('[files...]', 'files, folders of images, patterns like "out/*.png", or - for standard input')
    .option('--strict', 'refuse what loses anything');
  withLineFlags(
    command,
    'print one line for each file, errors as well; without files, for each line of standard input',
  );
  withOutputFlags(command).action(async (names: readonly string[], flags: ImportFlags) => {
    const stream = await streamTask(command, flags, { verb: 'import', flags });
    if (stream !== null && names.every((name) => name === standardInput)) {
      exit(await answerLines(io, stream, flags));
      return;
    }
    const files = await findFiles(io, command, namedOrPiped(io, command, names), images);
    // Loaded only here: the reader of images would slow down every other command.
    const { importer, largestImport, listImporter } = await import('../import-answers.ts');
    if (stream !== null) {
      exit(await answerFileLines(io, files, stream, { ...flags, largest: largestImport }));
      return;
    }
    const answerer = files.length > 1 ? listImporter(flags) : importer(flags);
    exit(await answerBytes(io, files, flags, largestImport, answerer));
  });
}
