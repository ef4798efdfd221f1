import { type Command, Option } from 'commander';
import { sequences } from '../../machines/sequences.ts';
import type { PlanOptions } from '../sequence/options.ts';

/** The flags that choose the sequence and its policies, as commander reads them. */
export interface SequenceFlags {
  readonly sequence: keyof typeof sequences;
  readonly externalInput: boolean;
  readonly standaloneUpscale: boolean;
}

export interface PlanFlags extends SequenceFlags {
  readonly order: 'reject' | 'repair';
}

/** Adds the flags for the sequence and its policies to a command. */
export function withSequenceFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--sequence <name>', 'the order of stages to plan by')
        .choices(Object.keys(sequences))
        .default('canonical'),
    )
    .option('--no-external-input', 'refuse plans that start from an existing image')
    .option('--standalone-upscale', 'allow an upscale with no generation before it', false);
}

/** Adds the flags of everything that builds a plan. */
export function withPlanFlags(command: Command): Command {
  return withSequenceFlags(command).addOption(
    new Option('--order <what>', 'what becomes of a wrong stage_order')
      .choices(['reject', 'repair'])
      .default('reject'),
  );
}

/** The options of the library that flags stand for. */
export function planOptions(flags: SequenceFlags & Partial<PlanFlags>): PlanOptions {
  const { sequence, externalInput, standaloneUpscale, order = 'reject' } = flags;
  return { sequence: sequences[sequence], externalInput, standaloneUpscale, order };
}
