export { canonicalSequence } from '../machines/canonical-sequence.ts';
export { detailBeforeUpscale } from '../machines/detail-before-upscale.ts';
export type { PolicyName, SequencePolicies } from '../machines/policies.ts';
export { type SequenceName, sequences } from '../machines/sequences.ts';
export type { Material, StateMeta } from '../machines/vocabulary.ts';
export { type ConfigProblem, InvalidRunConfigError } from './config/invalid-run-config-error.ts';
export { parseRunConfig, type RunConfigResult, safeParseRunConfig } from './config/parse-run-config.ts';
export { RunConfig, type RunConfigInput } from './config/run-config.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { countWork, type StageCount, type WorkCount } from './plan/count-work.ts';
export { diffStagePlans, type StagePlanChange, type StagePlanDiff } from './plan/diff-stage-plans.ts';
export { planFingerprint } from './plan/fingerprint.ts';
export { NoPlanError } from './plan/no-plan-error.ts';
export { type PlanTree, type PlanTreeNode, planTree } from './plan/plan-tree.ts';
export { type ResolvedSeeds, resolveSeeds } from './plan/resolve-seeds.ts';
export { saySize, sayWarning } from './plan/say-warning.ts';
export { sayWork } from './plan/say-work.ts';
export { StageConfig } from './plan/stage-config.ts';
export {
  type AdetailerExecution,
  type AnyStageExecutionPlan,
  type Img2imgExecution,
  type LikeStageExecution,
  StageExecution,
  StageExecutionPlan,
  StageInput,
  type Txt2imgExecution,
  type UpscaleExecution,
} from './plan/stage-execution-plan.ts';
export { TooMuchWorkError } from './plan/too-much-work-error.ts';
export { PlanWarning } from './plan/warnings.ts';
export { type OpenWork, workFingerprints } from './plan/work.ts';
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
export { type MigratedStagePlan, migrateStagePlan, PlanFormatError } from './planner/migrate-stage-plan.ts';
export type { PlanProblem } from './planner/plan-problems.ts';
export { type PlanVerdict, type VerifyOptions, verifyStagePlan } from './planner/verify-stage-plan.ts';
export { type PromptLora, type ReadPrompt, readPrompt } from './prompt.ts';
export type { Decision, RejectedDecision } from './route/decision.ts';
export type { Fix, Fixes } from './route/fixes.ts';
export { InvalidStagePlanError } from './route/invalid-stage-plan-error.ts';
export type { Rejection } from './route/rejections.ts';
export { sayDecision } from './route/sentences.ts';
export {
  type LegalStageOrder,
  type LegalStageOrders,
  legalStageOrders,
  type RepairedStageOrder,
  repairStageOrder,
  type StageOrderVerdict,
  verifyStageOrder,
} from './route/stage-order.ts';
export { sequenceFingerprint } from './sequence/fingerprint.ts';
export { InvalidOptionsError, type OptionProblem } from './sequence/invalid-options-error.ts';
export { InvalidSequenceError, type SequenceProblem } from './sequence/invalid-sequence-error.ts';
export type { PlanOptions, SequenceOptions } from './sequence/options.ts';
export type { PassType, StageSequence, StageType } from './sequence/sequence.ts';
export { stageTypes } from './sequence/stage-types.ts';
export type { Entry } from './sequence/states.ts';
export type { WayCount } from './sequence/ways.ts';
export { Size } from './size.ts';
