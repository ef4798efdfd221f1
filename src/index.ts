export { canonicalSequence } from '../machines/canonical-sequence.ts';
export { detailBeforeUpscale } from '../machines/detail-before-upscale.ts';
export type { Material, SequencePolicies, StateMeta } from '../machines/sequence-vocabulary.ts';
export { sequences } from '../machines/sequences.ts';
export { type ConfigProblem, InvalidRunConfigError } from './config/invalid-run-config-error.ts';
export { parseRunConfig } from './config/parse-run-config.ts';
export { RunConfig, type RunConfigInput } from './config/run-config.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { diffStagePlans, type StagePlanChange, type StagePlanDiff } from './plan/diff-stage-plans.ts';
export { planFingerprint, sequenceFingerprint } from './plan/fingerprint.ts';
export { StageConfig } from './plan/stage-config.ts';
export { StageExecution, StageExecutionPlan, StageInput } from './plan/stage-execution-plan.ts';
export { buildStagePlan, type StagePlanResult, safeBuildStagePlan } from './planner/build-stage-plan.ts';
export {
  definePlanner,
  type OwnRunConfigInput,
  type OwnStageExecution,
  type OwnStageExecutionPlan,
  type Planner,
} from './planner/define-planner.ts';
export { defineStage, type StageDefinition } from './planner/define-stage.ts';
export { explainStagePlan, type StagePlanExplanation } from './planner/explain-stage-plan.ts';
export { type MigratedStagePlan, migrateStagePlan } from './planner/migrate-stage-plan.ts';
export type { PlanProblem } from './planner/plan-problems.ts';
export { type PlanVerdict, type VerifyOptions, verifyStagePlan } from './planner/verify-stage-plan.ts';
export type { Decision, RejectedDecision } from './route/decisions.ts';
export type { Fix } from './route/fixes.ts';
export { InvalidStagePlanError } from './route/invalid-stage-plan-error.ts';
export type { Rejection } from './route/rejections.ts';
export {
  type LegalStageOrder,
  legalStageOrders,
  type RepairedStageOrder,
  repairStageOrder,
  type StageOrderVerdict,
  verifyStageOrder,
} from './route/stage-order.ts';
export { InvalidSequenceError, type SequenceProblem } from './sequence/invalid-sequence-error.ts';
export type { PlanOptions, SequenceOptions } from './sequence/options.ts';
export type { Entry, PassType, StageSequence, StageType } from './sequence/sequence.ts';
export { stageTypes } from './sequence/stage-types.ts';
