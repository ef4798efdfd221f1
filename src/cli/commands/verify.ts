import type { Command } from 'commander';
import { answerDocuments } from '../answer-documents.ts';
import type { Io } from '../io.ts';
import { type LineFlags, withLineFlags } from '../line-flags.ts';
import { otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type SequenceFlags, withSequenceFlags } from '../plan-flags.ts';
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
    exit(await answerDocuments(io, command, files, flags, { verb: 'verify', flags }, verifier(flags)));
  });
}
