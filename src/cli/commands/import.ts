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
    const empty = names.find((_, index) => found[index]?.files.length === 0);
    if (empty !== undefined) command.error(`error: there is no image in ${empty}`);
    // Loaded only here: the reader of images would slow down every other command.
    const { importer, largestImport, lineImporter } = await import('../import-answers.ts');
    const files = found.flatMap((each) => each.files);
    const passedOver = found.flatMap((each) => each.passedOver);
    if (passedOver.length > 0) await io.err(sayPassedOver(passedOver));
    const answers =
      flags.ndjson === true
        ? answerBytes(io, files, { json: true, compact: true }, largestImport, lineImporter(flags))
        : answerBytes(io, files, flags, largestImport, importer(flags));
    exit(await answers);
  });
}

/** How many of the files that are passed over are named. */
const mostNamed = 5;

function sayPassedOver(files: readonly string[]): string {
  const named = files.slice(0, mostNamed).join(', ');
  const more = files.length > mostNamed ? ` and ${files.length - mostNamed} more` : '';
  const count = files.length === 1 ? '1 file is' : `${files.length} files are`;
  return `${count} passed over, being no PNG, JPEG, WebP or AVIF by name: ${named}${more}. Name them to read them.\n`;
}
