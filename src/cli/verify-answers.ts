import { planFingerprint } from '../plan/fingerprint.ts';
import { verifyStagePlan } from '../planner/verify-stage-plan.ts';
import type { Answer, Source } from './answer.ts';
import { exitCodes } from './io.ts';
import { fine, lines, verdict } from './layout.ts';
import { type SequenceFlags, sequenceOptions } from './plan-flags.ts';
import { refusedLines } from './render-refusal.ts';

/** Answers whether a plan is one that its sequence would have built. */
export function verifier(
  flags: SequenceFlags & { readonly fingerprint?: string },
): (document: unknown, source: Source) => Answer {
  const { fingerprint } = flags;
  const options = { ...sequenceOptions(flags), ...(fingerprint !== undefined && { fingerprint }) };
  return (document, { name, looks }) => {
    const result = verifyStagePlan(document, options);
    if (!result.valid) {
      const text = () =>
        lines(refusedLines(`${name} is not a valid plan.`, result.problems, looks.out, result.more));
      return { code: exitCodes.rejected, data: result, text, namesIt: true };
    }
    const { plan } = result;
    const own = planFingerprint(plan);
    const text = () =>
      lines([
        verdict(fine, `${name} is a valid plan of ${plan.sequence.id}.`, looks.out),
        `  fingerprint ${own}`,
      ]);
    return {
      code: exitCodes.fine,
      data: { valid: true, fingerprint: own, problems: [] },
      text,
      namesIt: true,
    };
  };
}
