export { canonicalSequence } from '../machines/canonical-sequence.ts';
export { detailBeforeUpscale } from '../machines/detail-before-upscale.ts';
export type { Material, SequencePolicies, StateMeta } from '../machines/sequence-vocabulary.ts';
export { buildStagePlan, type StagePlanResult, safeBuildStagePlan } from './build-stage-plan.ts';
export type { Decision, RejectedDecision } from './decisions.ts';
export {
  definePlanner,
  type OwnRunConfigInput,
  type OwnStageExecution,
  type OwnStageExecutionPlan,
  type Planner,
} from './define-planner.ts';
export { defineStage, type StageDefinition } from './define-stage.ts';
export { diffStagePlans, type StagePlanChange, type StagePlanDiff } from './diff-stage-plans.ts';
export { type ConfigProblem, InvalidRunConfigError } from './errors/invalid-run-config-error.ts';
export { InvalidSequenceError, type SequenceProblem } from './errors/invalid-sequence-error.ts';
export { InvalidStagePlanError } from './errors/invalid-stage-plan-error.ts';
export { explainStagePlan, type StagePlanExplanation } from './explain-stage-plan.ts';
export { planFingerprint, sequenceFingerprint } from './fingerprint.ts';
export type { Fix } from './fixes.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { type MigratedStagePlan, migrateStagePlan } from './migrate-stage-plan.ts';
export { parseRunConfig } from './parse-run-config.ts';
export type { PlanOptions, SequenceOptions } from './plan-options.ts';
export type { PlanProblem } from './plan-problems.ts';
export type { Rejection } from './rejections.ts';
export { RunConfig, type RunConfigInput } from './run-config.ts';
export type { Entry, PassType, StageSequence, StageType } from './sequence.ts';
export { sequences } from './sequences.ts';
export { StageConfig } from './stage-config.ts';
export { StageExecution, StageExecutionPlan, StageInput } from './stage-execution-plan.ts';
export {
  type LegalStageOrder,
  legalStageOrders,
  type RepairedStageOrder,
  repairStageOrder,
  type StageOrderVerdict,
  verifyStageOrder,
} from './stage-order.ts';
export { stageTypes } from './stage-types.ts';
export { type PlanVerdict, type VerifyOptions, verifyStagePlan } from './verify-stage-plan.ts';
