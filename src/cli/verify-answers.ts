import { planFingerprint } from '../plan/fingerprint.ts';
import { verifyStagePlan } from '../planner/verify-stage-plan.ts';
import type { Answer, Source } from './answer.ts';
import { exitCodes } from './io.ts';
import { type SequenceFlags, sequenceOptions } from './plan-flags.ts';
import { lines, problemLines } from './render-refusal.ts';

/** Answers whether a plan is one that its sequence would have built. */
export function verifier(
  flags: SequenceFlags & { readonly fingerprint?: string },
): (document: unknown, source: Source) => Answer {
  const { fingerprint } = flags;
  const options = { ...sequenceOptions(flags), ...(fingerprint !== undefined && { fingerprint }) };
  return (document, { name }) => {
    const result = verifyStagePlan(document, options);
    if (!result.valid) {
      const text = () => lines([`${name} is not a valid plan.`, ...problemLines(result.problems)]);
      return { code: exitCodes.rejected, data: result, text };
    }
    const { plan } = result;
    const own = planFingerprint(plan);
    return {
      code: exitCodes.fine,
      data: { valid: true, fingerprint: own, problems: [] },
      text: () => lines([`${name} is a valid plan of ${plan.sequence.id}.`, `fingerprint ${own}`]),
    };
  };
}
