import {
  everyPolicy,
  everythingAllowed,
  policies,
  policyNames,
  type SequencePolicies,
} from '../../../machines/policies.ts';
import { isSequenceName, sequenceNames, sequences } from '../../../machines/sequences.ts';
import { planFingerprint, verifyStagePlan } from '../../../src/index.ts';
import { isPlainObject, JsonObject } from '../../../src/json.ts';
import { runOfPlan } from '../../../src/plan/run-of-plan.ts';
import { type Exploration, type SequenceChoice, sequenceOf } from '../exploration.ts';
import type { Taken } from './read-file.ts';

/** The policies, those first that differ least from what counts where nobody says anything. */
const byDistance = everyPolicy.toSorted((a, b) => distanceOf(a) - distanceOf(b));

function distanceOf(open: SequencePolicies): number {
  return policyNames.filter((name) => open[name] !== policies[name].default).length;
}

/** Verifies a plan, and reads its run out of it, with the policies that it needs. One that is not what its run gives is refused. */
export function readPlan(name: string, plan: unknown, now: Exploration): Taken {
  const sequence = choiceFor(plan, now);
  const machine = sequenceOf({ ...now, sequence });
  const open = byDistance.find((policies) => verifyStagePlan(plan, { sequence: machine, ...policies }).valid);
  const verdict = verifyStagePlan(plan, { sequence: machine, ...(open ?? everythingAllowed) });
  if (!verdict.valid) {
    const details = verdict.problems.map(({ message }) => message);
    return { sheets: [], refusal: { headline: `${name} is a plan that does not hold.`, details } };
  }
  const verified = verdict.plan;
  const config = JsonObject.parse(runOfPlan(verified));
  const isRepaired = verified.decisions.some(({ outcome }) => outcome === 'moved');
  return {
    sheets: [
      {
        name,
        exploration: { ...now, ...open, sequence, config, order: isRepaired ? 'repair' : 'reject' },
        brought: {
          headline: `Verified ${name}: ${verified.sequence.id} gives exactly this plan.`,
          details: [
            `Its fingerprint is ${planFingerprint(verified)}.`,
            'The run was read out of it, with every setting that it states.',
          ],
          tone: 'good',
          config,
        },
        draft: null,
      },
    ],
    refusal: null,
  };
}

/** The sequence that a plan says it is of, where it is a shipped one or that which was brought. */
function choiceFor(plan: unknown, now: Exploration): SequenceChoice {
  const said = isPlainObject(plan) && isPlainObject(plan.sequence) ? plan.sequence.id : undefined;
  if (now.machine !== undefined && sequenceOf({ ...now, sequence: 'own' }).id === said) return 'own';
  return (
    sequenceNames.find((name) => sequences[name].id === said) ??
    (isSequenceName(now.sequence) ? now.sequence : 'own')
  );
}
