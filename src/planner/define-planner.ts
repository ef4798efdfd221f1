import type { z } from 'zod';
import type { RunConfigInput } from '../config/run-config.ts';
import { diffStagePlans, type StagePlanDiff } from '../plan/diff-stage-plans.ts';
import type { LikeStageExecution, StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { PassFreeFields } from '../plan/stages/stage-fields.ts';
import type { DeepReadonly } from '../readonly.ts';
import { checkSequence } from '../sequence/check-sequence.ts';
import { InvalidSequenceError } from '../sequence/invalid-sequence-error.ts';
import {
  type OptionRules,
  type PlanOptions,
  type SequenceOptions,
  sequenceOf,
  sequenceRule,
  takeOptions,
} from '../sequence/options.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { buildWith, type StagePlanResult } from './build-stage-plan.ts';
import type { LikeDefinition, SettingsDefinition, StageDefinition } from './define-stage.ts';
import { definitionProblems } from './definition-problems.ts';
import { explainWith, type StagePlanExplanation } from './explain-stage-plan.ts';
import { jsonSchema } from './json-schemas.ts';
import { type MigratedStagePlan, migrateWith } from './migrate-stage-plan.ts';
import { catalogWith, ownStageProblems } from './own-stages.ts';
import { takeFor } from './stage-catalog.ts';
import { type PlanVerdict, type VerifyOptions, verifyWith } from './verify-stage-plan.ts';

/** A RunConfig with the switches and settings of stages of one's own. */
export type OwnRunConfigInput<Stage extends StageDefinition> = Omit<
  RunConfigInput,
  'stage_order' | 'keep'
> & {
  readonly stage_order?: readonly string[] | undefined;
  readonly keep?: readonly string[] | undefined;
} & { readonly [Each in Stage as Each['switch']]?: boolean } & {
  readonly [Each in Stage as Each['stage_type']]?: SettingsInput<Each>;
} & {
  readonly [Each in Stage as BackendOptionsKey<Each>]?: RunConfigInput['backend_options'];
};

/** The key of a stage's backend options, where those of the stage that it is like stand beside its section. */
type BackendOptionsKey<Each extends StageDefinition> = Each extends LikeDefinition
  ? `${Each['like']}_backend_options` extends keyof RunConfigInput
    ? `${Each['stage_type']}_backend_options`
    : never
  : never;

type SettingsInput<Each extends StageDefinition> = Each extends LikeDefinition
  ? RunConfigInput[Each['like']]
  : Each extends SettingsDefinition
    ? DeepReadonly<z.input<Each['settings']>>
    : never;

/** The config of a stage of one's own in a plan: what every stage has, its switch, and its settings. */
type OwnStageConfig<Each extends SettingsDefinition> = DeepReadonly<PassFreeFields> & {
  readonly stage_type: Each['stage_type'];
  readonly settings: DeepReadonly<z.output<Each['settings']>>;
} & {
  readonly [Key in Each['switch']]: true;
};

/** A stage of a plan, known or of one's own. */
export type OwnStageExecution<Stage extends StageDefinition> =
  | StageExecution
  | (Stage extends LikeDefinition<infer Type, infer Like>
      ? Extract<LikeStageExecution, { readonly like: Like }> & { readonly stage_type: Type }
      : Stage extends SettingsDefinition
        ? Omit<LikeStageExecution, 'stage_type' | 'like' | 'stage_config'> & {
            readonly stage_type: Stage['stage_type'];
            readonly stage_config: OwnStageConfig<Stage>;
          }
        : never);

/** A plan that may have stages of one's own. */
export type OwnStageExecutionPlan<Stage extends StageDefinition> = Omit<StageExecutionPlan, 'stages'> & {
  readonly stages: readonly OwnStageExecution<Stage>[];
};

type Options<All> = Omit<All, 'sequence'>;

/** The library for one sequence and the stages of one's own in it. */
export interface Planner<Stage extends StageDefinition> {
  readonly sequence: StageSequence;
  /** As `buildStagePlan`. */
  readonly buildStagePlan: (
    config: OwnRunConfigInput<Stage>,
    options?: Options<PlanOptions>,
  ) => OwnStageExecutionPlan<Stage>;
  /** As `safeBuildStagePlan`. */
  readonly safeBuildStagePlan: (
    config: unknown,
    options?: Options<PlanOptions>,
  ) => StagePlanResult<OwnStageExecutionPlan<Stage>>;
  /** As `explainStagePlan`. */
  readonly explainStagePlan: (config: unknown, options?: Options<PlanOptions>) => StagePlanExplanation;
  /** As `verifyStagePlan`. */
  readonly verifyStagePlan: (
    plan: unknown,
    options?: Options<VerifyOptions>,
  ) => PlanVerdict<OwnStageExecutionPlan<Stage>>;
  /** As `migrateStagePlan`, into the sequence of the planner. */
  readonly migrateStagePlan: (
    plan: StageExecutionPlan | OwnStageExecutionPlan<Stage>,
    options?: Options<SequenceOptions>,
  ) => MigratedStagePlan<OwnStageExecutionPlan<Stage>>;
  /** As `diffStagePlans`. */
  readonly diffStagePlans: (
    before: StageExecutionPlan | OwnStageExecutionPlan<Stage>,
    after: StageExecutionPlan | OwnStageExecutionPlan<Stage>,
  ) => StagePlanDiff;
  readonly runConfigJsonSchema: () => z.core.JSONSchema.JSONSchema;
  readonly stagePlanJsonSchema: () => z.core.JSONSchema.JSONSchema;
}

/**
 * Makes the library for a sequence with stages of one's own.
 *
 * Their switches and settings become fields of the RunConfig, and their stages parts of plans, of verification, of
 * explanations and of the JSON Schemas.
 *
 * @throws {InvalidSequenceError} when the machine fails {@link checkSequence}, a stage of it is not defined, or a
 * definition is none, is of no stage of the machine, or clashes with a field that every RunConfig has.
 * @throws {InvalidOptionsError} when it is handed anything but a sequence and a list of stages.
 */
export function definePlanner<const Stage extends StageDefinition = never>(planner: {
  readonly sequence: NonNullable<SequenceOptions['sequence']>;
  readonly stages?: readonly Stage[];
}): Planner<Stage> {
  const { stages = [], ...taken } = takeOptions(planner, plannerRules);
  const sequence = sequenceOf(taken);
  const broken = [...definitionProblems(stages), ...checkSequence(sequence)];
  const problems = broken.length > 0 ? broken : ownStageProblems(sequence, stages);
  if (problems.length > 0) throw new InvalidSequenceError(sequence.id, problems);
  const catalog = catalogWith(sequence, stages);
  // The catalog's schemas are made of the definitions at run time, so that its plans have types that tsc cannot follow.
  const safeBuildStagePlan = (config: unknown, options: Options<PlanOptions> = {}) =>
    buildWith(catalog, config, options) as StagePlanResult<OwnStageExecutionPlan<Stage>>;
  return {
    sequence,
    safeBuildStagePlan,
    buildStagePlan: (config, options) => {
      const result = safeBuildStagePlan(config, options);
      if (!result.success) throw result.error;
      return result.plan;
    },
    explainStagePlan: (config, options = {}) => explainWith(catalog, config, options),
    verifyStagePlan: (plan, options = {}) =>
      verifyWith(catalog, plan, options) as PlanVerdict<OwnStageExecutionPlan<Stage>>,
    migrateStagePlan: (plan, options = {}) =>
      migrateWith(catalog, plan as StageExecutionPlan, takeFor(catalog, options, {})) as MigratedStagePlan<
        OwnStageExecutionPlan<Stage>
      >,
    diffStagePlans,
    runConfigJsonSchema: () => jsonSchema('RunConfig', catalog.RunConfig, 'input'),
    stagePlanJsonSchema: () => jsonSchema('StageExecutionPlan', catalog.StageExecutionPlan, 'output'),
  };
}

const plannerRules: OptionRules = {
  ...sequenceRule,
  stages: { must: 'a list of what defineStage gives', takes: Array.isArray },
};
