import type { Command } from 'commander';
import { answerBytes } from '../answer.ts';
import { findFiles, images } from '../find-files.ts';
import type { Io } from '../io.ts';
import { namedOrPiped } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';

interface ImportFlags extends OutputFlags {
  readonly strict?: boolean;
  readonly ndjson?: boolean;
}

/** `stageplan import`: images, infotexts, graphs and presets in, RunConfigs with notes out. */
export function addImport(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('import')
    .description('import images, infotexts, graphs and presets of any writer as RunConfigs')
    .argument('[files...]', 'files, folders of images, patterns like "out/*.png", or - for standard input')
    .option('--ndjson', 'print one line of JSON for each file, errors as well')
    .option('--strict', 'refuse what loses anything');
  withOutputFlags(command).action(async (names: readonly string[], flags: ImportFlags) => {
    const files = await findFiles(io, command, namedOrPiped(io, command, names), images);
    // Loaded only here: the reader of images would slow down every other command.
    const { importer, largestImport, lineImporter } = await import('../import-answers.ts');
    const answers =
      flags.ndjson === true
        ? answerBytes(io, files, { json: true, compact: true }, largestImport, lineImporter(flags))
        : answerBytes(io, files, flags, largestImport, importer(flags));
    exit(await answers);
  });
}
