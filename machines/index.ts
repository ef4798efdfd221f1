export { canonicalSequence } from './canonical-sequence.ts';
export { detailBeforeUpscale } from './detail-before-upscale.ts';
export { everythingAllowed, type PolicyName, policies, type SequencePolicies } from './policies.ts';
export { policyContext, sequenceSetup } from './sequence-setup.ts';
export { type SequenceName, sequences } from './sequences.ts';
export { txt2imgPasses } from './txt2img-passes.ts';
export type { Material, StateMeta } from './vocabulary.ts';
