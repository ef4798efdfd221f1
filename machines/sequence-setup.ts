import { setup } from 'xstate';
import { isOpen, type PolicyName, policiesBy, policyNames, type SequencePolicies } from './policies.ts';
import type { SequenceEvent, StateMeta } from './vocabulary.ts';

/** What the shipped sequences share: their types, and one guard for each policy, by its name. */
export const sequenceSetup = setup({
  types: {
    input: {} as SequencePolicies,
    context: {} as SequencePolicies,
    events: {} as SequenceEvent,
    meta: {} as StateMeta<SequenceEvent['type']>,
  },
  guards: guardsOf(policyNames),
});

/** The context of a sequence: the policies of its input, and no more. */
export function policyContext({ input }: { readonly input: SequencePolicies }): SequencePolicies {
  return policiesBy((name) => input[name]);
}

type PolicyGuards = Readonly<Record<PolicyName, (args: { readonly context: SequencePolicies }) => boolean>>;

function guardsOf(names: readonly PolicyName[]): PolicyGuards {
  // Object.fromEntries forgets which keys it was given.
  return Object.fromEntries(
    names.map((name) => [
      name,
      ({ context }: { readonly context: SequencePolicies }) => isOpen(name, context),
    ]),
  ) as PolicyGuards;
}
