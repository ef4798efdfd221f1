import type { Command } from 'commander';
import { answerFiles } from '../answer.ts';
import { answerLines } from '../answer-stream.ts';
import type { Io } from '../io.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type SequenceFlags, withSequenceFlags } from '../plan-flags.ts';
import { refuseFiles, streamTask } from '../stream-task.ts';
import { verifier } from '../verify-answers.ts';

type VerifyFlags = SequenceFlags & OutputFlags & LineFlags & { readonly fingerprint?: string };

/** `stageplan verify`: whether a plan is one that its sequence would have built. */
export function addVerify(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('verify')
    .description('replay a plan through its sequence and say what does not agree')
    .argument('[plans...]', `plan files, ${otherNames}`)
    .option('--fingerprint <sha256>', 'refuse any plan but the one with this fingerprint');
  withLineFlags(command, 'read one plan per line from standard input, print one verdict per line');
  withOutputFlags(withSequenceFlags(command)).action(async (files: readonly string[], flags: VerifyFlags) => {
    const stream = await streamTask(command, flags, { verb: 'verify', flags });
    if (stream !== null) {
      refuseFiles(command, files);
      exit(await answerLines(io, stream, flags));
      return;
    }
    exit(await answerFiles(io, await namedDocuments(io, command, files), flags, verifier(flags)));
  });
}
