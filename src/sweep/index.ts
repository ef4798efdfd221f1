export type { Range, SweepAxis, SweepMode } from './axes.ts';
export { countSweep, type RejectionCount, type SweepCount, sweepTree } from './count-sweep.ts';
export { InvalidSweepError, type SweepProblem } from './invalid-sweep-error.ts';
export { planSweep, type Sweep, type SweepOptions, type SweepPlanner, type SweptPlan } from './plan-sweep.ts';
