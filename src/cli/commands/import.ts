import type { Command } from 'commander';
import { answerBytes } from '../answer.ts';
import type { Io } from '../io.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';

interface ImportFlags extends OutputFlags {
  readonly strict?: boolean;
}

/** `stageplan import`: presets, job records, infotexts and images in, RunConfigs with notes out. */
export function addImport(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('import')
    .description('import StableNew files, infotexts and images as RunConfigs')
    .argument('<files...>', 'files of any of these kinds, or - for standard input')
    .option('--strict', 'refuse what loses anything');
  withOutputFlags(command).action(async (files: readonly string[], flags: ImportFlags) => {
    // Loaded only here: the reader of images would slow down every other command.
    const { importer, largestImport } = await import('../import-answers.ts');
    exit(await answerBytes(io, files, flags, largestImport, importer(flags)));
  });
}
