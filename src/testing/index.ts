export { checkSequence } from '../sequence/check-sequence.ts';
export type { SequenceProblem } from '../sequence/invalid-sequence-error.ts';
export { type Attempt, coverage, type Seen, type SequenceCoverage } from './coverage.ts';
export { type IllegalOrder, illegalOrders } from './illegal-orders.ts';
export { type LegalPlan, legalPlans } from './legal-plans.ts';
export { runConfigArbitrary } from './run-config-arbitrary.ts';
