import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import type { SequencePolicies } from '../../machines/sequence-vocabulary.ts';
import type { StageSequence } from './sequence.ts';
import { assertStructure } from './structure.ts';

/** What the caller allows, and the sequence to plan by. */
export interface SequenceOptions {
  /** The machine that knows the order. Default: `canonicalSequence`. */
  readonly sequence?: StageSequence;
  /** img2img may start from an existing image. Default: true. */
  readonly externalInput?: boolean;
  /** An upscale with no generation before it is a plan of its own. Default: false. */
  readonly standaloneUpscale?: boolean;
}

export interface PlanOptions extends SequenceOptions {
  /** What becomes of a stated order that the sequence does not have: rejected, or repaired with a record of each move. Default: 'reject'. */
  readonly order?: 'reject' | 'repair';
}

/**
 * The sequence and policies that options stand for, defaults included.
 *
 * @throws {InvalidSequenceError} when the machine cannot be read as a sequence.
 */
export function resolveSequence(options: SequenceOptions): {
  sequence: StageSequence;
  policies: SequencePolicies;
} {
  const { sequence = canonicalSequence, externalInput = true, standaloneUpscale = false } = options;
  assertStructure(sequence);
  return { sequence, policies: { externalInput, standaloneUpscale } };
}
