import { type Command, Option } from 'commander';
import { type PolicyName, policies, policyNames } from '../../machines/policies.ts';
import { type SequenceName, sequenceNames } from '../../machines/sequences.ts';
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
  for (const name of policyNames) command.addOption(policyFlag(name));
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

/** The words of a policy's flag: `standalone-upscale`. */
export function flagWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A policy that is on by default has a flag that forbids it: `--no-external-input`. */
function policyFlag(name: PolicyName): Option {
  const { default: allowed, allows } = policies[name];
  const words = flagWords(name);
  return allowed
    ? new Option(`--no-${words}`, `forbid ${allows}`)
    : new Option(`--${words}`, `allow ${allows}`);
}
