export { canonicalSequence } from './canonical-sequence.ts';
export { detailBeforeUpscale } from './detail-before-upscale.ts';
export type { Material, SequencePolicies, StateMeta } from './sequence-vocabulary.ts';
