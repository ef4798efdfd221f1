import type { Command } from 'commander';
import { planFingerprint } from '../../plan/fingerprint.ts';
import { verifyStagePlan } from '../../planner/verify-stage-plan.ts';
import { type Answer, answerFiles, type Source } from '../answer.ts';
import { exitCodes, type Io } from '../io.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type SequenceFlags, sequenceOptions, withSequenceFlags } from '../plan-flags.ts';
import { lines, problemLines } from '../render-refusal.ts';

type VerifyFlags = SequenceFlags & OutputFlags & { readonly fingerprint?: string };

/** `stageplan verify`: whether a plan is one that its sequence would have built. */
export function addVerify(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('verify')
    .description('replay a plan through its sequence and say what does not agree')
    .argument('<plans...>', 'plan files, or - for standard input')
    .option('--fingerprint <sha256>', 'refuse any plan but the one with this fingerprint');
  withOutputFlags(withSequenceFlags(command)).action(async (files: readonly string[], flags: VerifyFlags) => {
    exit(await answerFiles(io, files, flags, (document, source) => verdict(document, flags, source)));
  });
}

function verdict(document: unknown, flags: VerifyFlags, { name }: Source): Answer {
  const { fingerprint } = flags;
  const result = verifyStagePlan(document, {
    ...sequenceOptions(flags),
    ...(fingerprint !== undefined && { fingerprint }),
  });
  if (!result.valid) {
    const text = lines([
      `${name} is not a valid plan.`,
      ...problemLines(result.problems, false, result.more),
    ]);
    return { code: exitCodes.rejected, data: result, text };
  }
  const own = planFingerprint(result.plan);
  const text = lines([`${name} is a valid plan of ${result.plan.sequence.id}.`, `fingerprint ${own}`]);
  return { code: exitCodes.fine, data: { valid: true, fingerprint: own, problems: [] }, text };
}
