import type { Command } from 'commander';
import { answerBytes } from '../answer.ts';
import { findFiles } from '../find-files.ts';
import type { Io } from '../io.ts';
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
    .argument('<files...>', 'files, folders of images, patterns like "out/*.png", or - for standard input')
    .option('--ndjson', 'print one line of JSON for each file, errors as well')
    .option('--strict', 'refuse what loses anything');
  withOutputFlags(command).action(async (names: readonly string[], flags: ImportFlags) => {
    const found = await Promise.all(names.map((name) => findFiles(io, name)));
    const empty = names.find((_, index) => found[index]?.length === 0);
    if (empty !== undefined) command.error(`error: there is no image in ${empty}`);
    // Loaded only here: the reader of images would slow down every other command.
    const { importer, largestImport, lineImporter } = await import('../import-answers.ts');
    const files = found.flat();
    const answers =
      flags.ndjson === true
        ? answerBytes(io, files, { json: true, compact: true }, largestImport, lineImporter(flags))
        : answerBytes(io, files, flags, largestImport, importer(flags));
    exit(await answers);
  });
}
