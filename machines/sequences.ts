import { canonicalSequence } from './canonical-sequence.ts';
import { detailBeforeUpscale } from './detail-before-upscale.ts';

/** The sequences that are shipped, by the name that options and the command line know them by. */
export const sequences = Object.freeze({
  canonical: canonicalSequence,
  'detail-before-upscale': detailBeforeUpscale,
} as const);

/** The name of a shipped sequence. */
export type SequenceName = keyof typeof sequences;

/** The names of the shipped sequences. */
export const sequenceNames: readonly SequenceName[] = Object.keys(sequences).filter(isSequenceName);

/** Tells the name of a shipped sequence from any other value. */
export function isSequenceName(name: unknown): name is SequenceName {
  return typeof name === 'string' && Object.hasOwn(sequences, name);
}
