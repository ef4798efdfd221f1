export type { OpenStage } from '../plan/work.ts';
export { MissingPackageError } from '../require-package.ts';
export {
  createStageWorker,
  type StageWorker,
  type StageWorkerOptions,
  type WorkerModule,
} from './create-stage-worker.ts';
export type { FetchedJob, Fetcher } from './fetched-job.ts';
export type { HandedJob, HandlerContext, SkipIfDone, StageHandler, WorkerEvent } from './handler.ts';
export type { TryOptions } from './job-options.ts';
export { LockLostError } from './keep-lock.ts';
export { OpenPlanError } from './open-plan-error.ts';
export { type FindOptions, MissingQueueError, type PlanJob, type PlanQueue } from './plan-jobs.ts';
export { planStatus, type StageState, type StageStatus } from './plan-status.ts';
export {
  checkpointQueue,
  NoBoxError,
  type QueueOf,
  queueByCheckpoint,
  queueByInventory,
} from './queue-of.ts';
export { PlanInUseError, removePlan } from './remove-plan.ts';
export { retryPlan } from './retry-plan.ts';
export { jobsOf, type StageFlow, type StageJobOptions } from './stage-flow.ts';
export { StageJob } from './stage-job.ts';
export {
  type FlowAdder,
  type PlanRefusal,
  type SubmitOptions,
  type SubmitProgress,
  type Submitted,
  submitPlans,
} from './submit-plans.ts';
export { type FlowOptions, type QueueTarget, toFlow } from './to-flow.ts';
export { UnrecoverableError } from './unrecoverable-error.ts';
