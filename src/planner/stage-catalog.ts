import { knownRun, type RunSchema } from '../config/run-schema.ts';
import { stageConfig } from '../plan/stage-config.ts';
import type { StageKinds } from '../plan/stage-executions.ts';
import {
  type OptionRules,
  policyRules,
  type SequenceOptions,
  sequenceRule,
  takeOptions,
} from '../sequence/options.ts';
import type { StageSequence } from '../sequence/sequence.ts';

/** All that building a plan needs to know of stages beside their order. */
export interface StageCatalog extends RunSchema, StageKinds {
  /** The one sequence that it plans by, which is no option then. undefined: whichever the options name. */
  readonly sequence?: StageSequence;
}

/** The stages that every plan is built of. */
export const knownStages: StageCatalog = {
  ...knownRun,
  stageConfig,
  keepingSize: new Set(),
};

/**
 * Takes the options of a call: the policies, the sequence unless the catalog has its own, and one more.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 */
export function takeFor<Options extends SequenceOptions>(
  { sequence }: StageCatalog,
  options: Options,
  rule: OptionRules,
): Options {
  if (sequence === undefined) return takeOptions(options, sequenceRule, policyRules, rule);
  return { ...takeOptions(options, policyRules, rule), sequence };
}
