export { canonicalSequence } from './canonical-sequence.ts';
export type { Material, SequencePolicies, StateMeta } from './sequence-vocabulary.ts';
