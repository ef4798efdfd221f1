import { type Command, Option } from 'commander';
import { type PolicyName, policies, policyNames } from '../../machines/policies.ts';
import { type SequenceName, sequenceNames } from '../../machines/sequences.ts';
import { policyFlag } from '../names/policy-flags.ts';
import type { OrderOption, PlanOptions, PolicyOptions, SequenceOptions } from '../sequence/options.ts';

/** The flags that choose the sequence and its policies, as commander reads them. */
export type SequenceFlags = PolicyOptions & { readonly sequence: SequenceName };

export type PlanFlags = SequenceFlags & { readonly order: OrderOption };

/** Adds the flags for the sequence and its policies to a command. */
export function withSequenceFlags(command: Command): Command {
  command.addOption(
    new Option('--sequence <name>', 'the order of stages to plan by')
      .choices(sequenceNames)
      .default('canonical' satisfies SequenceName),
  );
  for (const name of policyNames) command.addOption(policyOption(name));
  return command;
}

/** Adds the flags of everything that builds a plan. */
export function withPlanFlags(command: Command): Command {
  return withSequenceFlags(command).addOption(
    new Option('--order <what>', 'what becomes of a wrong stage_order')
      .choices(['reject', 'repair'])
      .default('reject'),
  );
}

/** The options of the library that the flags for the sequence stand for. */
export function sequenceOptions(flags: SequenceFlags): SequenceOptions {
  const { sequence } = flags;
  return { sequence, ...Object.fromEntries(policyNames.map((name) => [name, flags[name]])) };
}

/** The options of the library that flags stand for. */
export function planOptions(flags: PlanFlags): PlanOptions {
  return { ...sequenceOptions(flags), order: flags.order };
}

/** A policy that is on by default has a flag that forbids it: `--no-external-input`. */
function policyOption(name: PolicyName): Option {
  const { default: allowed, allows } = policies[name];
  return new Option(policyFlag(name), `${allowed ? 'forbid' : 'allow'} ${allows}`);
}
