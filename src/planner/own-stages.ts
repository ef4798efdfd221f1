import * as z from 'zod';
import { $ZodAsyncError } from 'zod/v4/core';
import { everythingAllowed } from '../../machines/policies.ts';
import { backendOptionsKey, likeFields, likeSections, stageOfField } from '../config/like-sections.ts';
import { readQuickly } from '../config/quick-read.ts';
import { RunConfig, sections, withCrossFieldRules } from '../config/run-config.ts';
import { keysOf } from '../config/run-schema.ts';
import { frozenCopy, JsonValue, sameJson } from '../json.ts';
import { quote } from '../path.ts';
import { likeConfig } from '../plan/like-stages.ts';
import { canCarry } from '../plan/passes.ts';
import { isStageType, stageConfig } from '../plan/stage-config.ts';
import {
  executionOf,
  type LikeStageExecution,
  planOf,
  type StageExecution,
  type StageExecutionPlan,
  stageExecutionOptions,
} from '../plan/stage-execution-plan.ts';
import { unknownPass } from '../plan/stage-executions.ts';
import {
  batchOf,
  noPasses,
  PassFreeFields,
  type StageContext,
  sharedFields,
} from '../plan/stages/stage-fields.ts';
import { sayThrown } from '../read-foreign.ts';
import { switchNamed } from '../sequence/events.ts';
import type { SequenceProblem } from '../sequence/invalid-sequence-error.ts';
import { materialProblems } from '../sequence/known-materials.ts';
import { readSequence } from '../sequence/reading.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { stageTypes } from '../sequence/stage-types.ts';
import type { LikeDefinition, StageDefinition } from './define-stage.ts';
import { knownPlans, type PlanCatalog } from './plan-catalog.ts';

/** What keeps stages of one's own from being added: clashes of names, and stages that nobody defined. */
export function ownStageProblems(
  sequence: StageSequence,
  stages: readonly StageDefinition[],
): readonly SequenceProblem[] {
  const names = new Map(stages.map(({ stage_type }, index) => [stage_type, index]));
  const likes = new Map(stages.flatMap((stage) => ('like' in stage ? [[stage.stage_type, stage.like]] : [])));
  const inSequence = new Set(stageTypes(sequence));
  const taken = new Set(Object.keys(RunConfig.shape));
  const clash = (state: string, message: string): SequenceProblem => ({ code: 'clash', state, message });
  return [
    ...stages.flatMap(({ stage_type, switch: name }, index) => [
      ...(/^\w+$/.test(stage_type)
        ? []
        : [clash(stage_type, `"${stage_type}" is no stage type: name it with letters, digits and _.`)]),
      ...(names.get(stage_type) === index
        ? []
        : [clash(stage_type, `${stage_type} is defined twice: leave one of the definitions out.`)]),
      ...(name === switchNamed(stage_type)
        ? []
        : [
            clash(
              stage_type,
              `The switch of ${stage_type} is ${switchNamed(stage_type)}, not ${name}: leave switch out.`,
            ),
          ]),
      ...(stage_type in Object.prototype
        ? [
            clash(
              stage_type,
              `Every object has a property ${stage_type} already. Give the stage another name.`,
            ),
          ]
        : []),
      ...[stage_type, name]
        .filter((key) => taken.has(key))
        .map((key) =>
          clash(
            stage_type,
            `${key} is a field of every RunConfig already. Give the stage ${stage_type} another name.`,
          ),
        ),
      ...stages
        .filter((other) => 'like' in other && backendOptionsKey(other.stage_type) === stage_type)
        .map((other) =>
          clash(
            stage_type,
            `${stage_type} is the field of the backend options of ${other.stage_type}. Give one of the two another name.`,
          ),
        ),
      ...stages
        .filter((other) => other.switch === stage_type)
        .map((other) =>
          clash(
            stage_type,
            `${stage_type} is the switch of ${other.stage_type}. Give one of the two another name.`,
          ),
        ),
    ]),
    ...[...inSequence]
      .filter((stage) => !names.has(stage) && !isStageType(stage))
      .map(
        (stage): SequenceProblem => ({
          code: 'unknown_stage',
          state: stage,
          message: `${stage} is a stage of ${sequence.id}, but no definition of it was given: hand over defineStage({ stage_type: '${stage}', ... }) in stages.`,
        }),
      ),
    ...[...names.keys()]
      .filter((name) => !inSequence.has(name))
      .map(
        (name): SequenceProblem => ({
          code: 'unknown_stage',
          state: name,
          message: `${name} is defined, but is no stage of ${sequence.id}: let an event stage.${name} lead to it, or leave the definition out.`,
        }),
      ),
    ...materialProblems(sequence, likes),
    ...passProblems(sequence, likes),
    ...jsonProblems(stages),
  ];
}

/** The passes of a sequence that happen in a stage whose config has no place for them. */
function passProblems(
  sequence: StageSequence,
  likeOf: ReadonlyMap<string, string>,
): readonly SequenceProblem[] {
  return readSequence(sequence, everythingAllowed).states.flatMap(({ outer, inner }) => {
    const { stage_type: stage } = outer;
    const { pass } = inner;
    if (stage === null || pass === null || canCarry(likeOf.get(stage) ?? stage, pass)) return [];
    return [unknownPass(stage, pass)];
  });
}

/** The catalog of the known stages and these. */
export function catalogWith(sequence: StageSequence, stages: readonly StageDefinition[]): PlanCatalog {
  const order = z.array(z.enum(stageTypes(sequence)));
  const own = stages.filter((stage) => 'settings' in stage);
  const likes = stages.filter((stage) => 'like' in stage);
  const { shape } = RunConfig;
  const switches = stages.map(({ switch: name }) => [name, z.boolean().default(false)] as const);
  const Ruled = withCrossFieldRules(
    z.strictObject({
      ...shape,
      stage_order: order.describe(String(shape.stage_order.description)).optional(),
      keep: order.describe(String(shape.keep.description)).default([]),
      ...Object.fromEntries(switches),
      ...Object.fromEntries(own.map(({ stage_type, settings }) => [stage_type, bare(settings).prefault({})])),
      ...Object.assign({}, ...likes.map((like) => likeFields(like, shape))),
    }),
    likeSections(likes),
  ).superRefine((run, context) => {
    for (const { stage_type, switch: name, settings } of own) {
      if (run[name] !== true) continue;
      const issues = complaintsOf(stage_type, settings, run[stage_type]);
      if (!JsonValue.safeParse(run[stage_type]).success)
        context.addIssue({ code: 'custom', path: [stage_type], message: 'must be plain JSON' });
      else if (
        !context.issues.some(({ path }) => path?.[0] === stage_type) &&
        !readsBack(settings, run[stage_type])
      )
        context.addIssue({ code: 'custom', path: [stage_type], message: readBack });
      for (const { path, message } of issues)
        context.addIssue({
          code: 'custom',
          path: [stage_type, ...path],
          message,
          params: { standsAlone: true },
        });
    }
  });
  const Extended = readQuickly(
    Ruled,
    own.map(({ stage_type }) => stage_type),
  );
  const executions = own.map(({ stage_type, switch: name, settings }) =>
    executionOf(
      stage_type,
      z.strictObject({
        ...PassFreeFields.shape,
        stage_type: z.literal(stage_type),
        [name]: z.literal(true),
        settings,
      }),
    ),
  );
  const likeOf = new Map(likes.map(({ stage_type, like }) => [stage_type, like]));
  const ownOf = new Map(own.map((definition) => [definition.stage_type, definition]));
  const catalog = {
    sequence,
    RunConfig: Extended,
    StageExecutionPlan: planOf(z.discriminatedUnion('stage_type', [...stageExecutionOptions, ...executions])),
    keys: keysOf({
      '': Extended,
      ...sections,
      ...Object.fromEntries(own.map(({ stage_type, settings }) => [stage_type, settings])),
      ...Object.fromEntries(likes.map(({ stage_type, like }) => [stage_type, sections[like]])),
    }),
    likes: likeSections(likes),
    stageConfig: (stage: string, run: RunConfig, context: StageContext) => {
      const like = likeOf.get(stage);
      if (like !== undefined) return likeConfig(stage, like, run, context);
      const definition = ownOf.get(stage);
      if (definition === undefined) return stageConfig(stage, run, context);
      return Object.freeze(
        Object.assign(
          sharedFields(stage, run, context, {}),
          batchOf(run, { starts: context.generates }),
          { [definition.switch]: true },
          noPasses,
          { settings: frozenCopy(Reflect.get(run, stage)) },
        ),
      );
    },
    keepingSize: new Set(
      own.flatMap(({ stage_type, keeps_size }) => (keeps_size === true ? stage_type : [])),
    ),
  } satisfies Record<keyof PlanCatalog, unknown>;
  // Stages of one's own are known at run time only: to the core's types their runs and plans are runs and plans.
  return catalog as unknown as PlanCatalog;
}

/** The schema of settings without what a stage of one's own demands of them besides: that counts only where the stage is on. */
function bare(settings: z.ZodObject): z.ZodObject {
  return settings.clone({ ...settings.def, checks: [] });
}

/** What a stage of one's own demands of its settings besides. A check that throws, or makes one wait, is complained of as that. */
function complaintsOf(
  stage: string,
  settings: z.ZodObject,
  given: unknown,
): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  try {
    const { issues = [] } = settings.safeParse(given).error ?? {};
    return issues.filter(({ code }) => code === 'custom');
  } catch (error) {
    const why = error instanceof $ZodAsyncError ? 'is asynchronous' : `throws ${quote(sayThrown(error))}`;
    return [
      {
        path: [],
        message: `The settings of ${stage} cannot be checked: a check of theirs ${why}. Let it give true or false.`,
      },
    ];
  }
}

/** Whether the schema of settings takes what it gave, as whoever verifies a plan reads it. */
function readsBack(settings: z.ZodObject, given: unknown): boolean {
  const { success, data } = bare(settings).safeParse(given);
  return success && sameJson(data, given);
}

const readBack = 'must be read as the same a second time: let its settings take what they give';

/** Settings become part of a plan, which is JSON and is read again: what does not survive that is refused before anything is planned. */
function jsonProblems(stages: readonly StageDefinition[]): readonly SequenceProblem[] {
  return stages.flatMap((stage): readonly SequenceProblem[] => {
    if (!('settings' in stage)) return [];
    const { data } = bare(stage.settings).safeParse({});
    if (data === undefined) return [];
    const { stage_type: state, settings } = stage;
    const problem = (message: string) => [{ code: 'wrong_definition', state, message } as const];
    if (!JsonValue.safeParse(data).success)
      return problem(`The settings of ${state} do not survive JSON: a plan could not carry them.`);
    return readsBack(settings, data)
      ? []
      : problem(`Let the settings of ${state} take what they give: a plan could not be verified by them.`);
  });
}

const catalogs = new WeakMap<StageSequence, Map<string, PlanCatalog>>();
const mostCatalogs = 16;

/** The catalog that reads a plan: with the stages that are like known ones, which the plan tells of, also where they are off. */
export function catalogOfPlan(
  catalog: PlanCatalog,
  sequence: StageSequence,
  { stages, warnings }: StageExecutionPlan,
): PlanCatalog {
  if (catalog !== knownPlans) return catalog;
  // The core's types list the stages that are like known ones apart.
  const all = stages as readonly (StageExecution | LikeStageExecution)[];
  // One that bears the name of a known stage is none, and is seen where the plan is held against the one that is built.
  const planned = all.flatMap((stage) =>
    'like' in stage && !isStageType(stage.stage_type) ? [likeDefinition(stage)] : [],
  );
  const off = new Map(
    warnings.flatMap((warning) => {
      if (warning.code !== 'no_effect' || warning.like === undefined) return [];
      const stage_type = stageOfField(warning.field);
      return [[stage_type, likeDefinition({ stage_type, like: warning.like })] as const];
    }),
  );
  const likes = [...planned, ...off.values()];
  // The stages of the sequence that the plan does not have are none of its business, nor are the passes in them.
  const problems = ownStageProblems(sequence, likes).filter(({ code }) => code === 'clash');
  if (likes.length === 0 || problems.length > 0) return catalog;
  const ofSequence = catalogs.get(sequence) ?? new Map<string, PlanCatalog>();
  catalogs.set(sequence, ofSequence);
  const key = likes.map(({ stage_type, like }) => `${stage_type} ${like}`).join();
  const known = ofSequence.get(key);
  if (known !== undefined) return known;
  if (ofSequence.size >= mostCatalogs) ofSequence.clear();
  const made = catalogWith(sequence, likes);
  ofSequence.set(key, made);
  return made;
}

function likeDefinition({ stage_type, like }: Omit<LikeDefinition, 'switch'>): LikeDefinition {
  return { stage_type, like, switch: switchNamed(stage_type) };
}
