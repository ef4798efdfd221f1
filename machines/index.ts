export { canonicalSequence } from './canonical-sequence.ts';
export { detailBeforeUpscale } from './detail-before-upscale.ts';
export { type PolicyName, policies, type SequencePolicies } from './policies.ts';
export { type SequenceName, sequences } from './sequences.ts';
export type { Material, StateMeta } from './vocabulary.ts';
