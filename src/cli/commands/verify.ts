import type { Command } from 'commander';
import { planFingerprint } from '../../plan/fingerprint.ts';
import { verifyStagePlan } from '../../planner/verify-stage-plan.ts';
import { type Answer, answerFiles, type Source } from '../answer.ts';
import { exitCodes, type Io } from '../io.ts';
import { fine, lines, verdict, wrong } from '../layout.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type SequenceFlags, sequenceOptions, withSequenceFlags } from '../plan-flags.ts';
import { problemLines } from '../render-refusal.ts';

type VerifyFlags = SequenceFlags & OutputFlags & { readonly fingerprint?: string };

/** `stageplan verify`: whether a plan is one that its sequence would have built. */
export function addVerify(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('verify')
    .description('replay a plan through its sequence and say what does not agree')
    .argument('[plans...]', `plan files, ${otherNames}`)
    .option('--fingerprint <sha256>', 'refuse any plan but the one with this fingerprint');
  withOutputFlags(withSequenceFlags(command)).action(async (files: readonly string[], flags: VerifyFlags) => {
    const plans = await namedDocuments(io, command, files);
    exit(await answerFiles(io, plans, flags, (document, source) => answerVerdict(document, flags, source)));
  });
}

function answerVerdict(document: unknown, flags: VerifyFlags, { name, looks }: Source): Answer {
  const { fingerprint } = flags;
  const result = verifyStagePlan(document, {
    ...sequenceOptions(flags),
    ...(fingerprint !== undefined && { fingerprint }),
  });
  if (!result.valid) {
    const text = lines([
      verdict(wrong, `${name} is not a valid plan.`, looks.out),
      ...problemLines(result.problems, looks.out),
    ]);
    return { code: exitCodes.rejected, data: result, text, namesIt: true };
  }
  const own = planFingerprint(result.plan);
  const text = lines([
    verdict(fine, `${name} is a valid plan of ${result.plan.sequence.id}.`, looks.out),
    `  fingerprint ${own}`,
  ]);
  return { code: exitCodes.fine, data: { valid: true, fingerprint: own, problems: [] }, text, namesIt: true };
}
