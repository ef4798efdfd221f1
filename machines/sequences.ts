import { canonicalSequence } from './canonical-sequence.ts';
import { detailBeforeUpscale } from './detail-before-upscale.ts';

/** The sequences that are shipped, by the name that the command line knows them by. */
export const sequences = {
  canonical: canonicalSequence,
  'detail-before-upscale': detailBeforeUpscale,
} as const;
