import { isPlainObject, sameJson } from '../json.ts';
import { assertPlan } from './no-plan-error.ts';
import type { AnyStageExecution, AnyStageExecutionPlan } from './stage-execution-plan.ts';
import type { PlanWarning } from './warnings.ts';

/** One difference between two plans. A stage is known by its type, which a plan has once. */
export interface StagePlanChange {
  readonly kind: 'sequence' | 'added' | 'removed' | 'moved' | 'changed';
  /** The stage that it is about, or null for the plan as a whole. */
  readonly stage: string | null;
  /** The field within the stage or the plan: `stage_config.steps`. "": the stage or plan itself. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly message: string;
}

export interface StagePlanDiff {
  readonly changes: readonly StagePlanChange[];
  /** One line for each change, or "No difference." */
  readonly text: string;
}

/**
 * Compares two plans: their sequences, which stages were added, removed or moved, every field that differs, and their
 * warnings.
 *
 * What only follows from a stage's place (its id, its index) is told by the move; events and decisions follow from the
 * stages and are not compared.
 *
 * @throws {NoPlanError} when one of the two is anything else.
 */
export function diffStagePlans(before: AnyStageExecutionPlan, after: AnyStageExecutionPlan): StagePlanDiff {
  assertPlan(before);
  assertPlan(after);
  const changes = [
    ...compareValues(null, 'sequence', before.sequence.id, after.sequence.id),
    ...compareValues(null, 'run_id', before.run_id, after.run_id),
    ...compareValues(null, 'metadata', before.metadata, after.metadata),
    ...before.stages.flatMap((stage) => compareStage(stage, twinOf(stage, after))),
    ...after.stages.filter((stage) => twinOf(stage, before) === undefined).map(added),
    ...compareValues(null, 'warnings', before.warnings.map(byType), after.warnings.map(byType)),
  ];
  return { changes, text: changes.map(({ message }) => message).join('\n') || 'No difference.' };
}

function twinOf(stage: AnyStageExecution, plan: AnyStageExecutionPlan): AnyStageExecution | undefined {
  return plan.stages.find(({ stage_type }) => stage_type === stage.stage_type);
}

function compareStage(
  before: AnyStageExecution,
  after: AnyStageExecution | undefined,
): readonly StagePlanChange[] {
  const { stage_type: stage, order_index: from } = before;
  if (after === undefined) {
    return [
      {
        kind: 'removed',
        stage,
        path: '',
        before: from,
        after: null,
        message: `${stage} is removed from position ${from + 1}.`,
      },
    ];
  }
  const to = after.order_index;
  const message = `${stage} moves from position ${from + 1} to ${to + 1}.`;
  return [
    ...(from === to ? [] : [{ kind: 'moved', stage, path: '', before: from, after: to, message } as const]),
    ...compareValues(stage, 'input', sourceOf(before), sourceOf(after)),
    ...compareValues(stage, 'input_size', before.input_size, after.input_size),
    ...compareValues(stage, 'output_size', before.output_size, after.output_size),
    ...compareValues(stage, 'images_in', before.images_in, after.images_in),
    ...compareValues(stage, 'images_out', before.images_out, after.images_out),
    ...compareValues(stage, 'keeps_image', before.keeps_image, after.keeps_image),
    ...compareValues(stage, 'stage_config', before.stage_config, after.stage_config),
  ];
}

function added({ stage_type: stage, order_index: to }: AnyStageExecution): StagePlanChange {
  return {
    kind: 'added',
    stage,
    path: '',
    before: null,
    after: to,
    message: `${stage} is added at position ${to + 1}.`,
  };
}

/** Where a stage's image comes from, by the type of the stage before it. */
function sourceOf({ input }: AnyStageExecution): unknown {
  return input.source === 'stage' ? typeIn(input.stage_id) : input;
}

/** A warning that tells its stage by the type. */
function byType(warning: PlanWarning): PlanWarning {
  return 'stage_id' in warning ? { ...warning, stage_id: typeIn(warning.stage_id) } : warning;
}

/** The type in a stage's id, which itself changes with every move. */
function typeIn(stage_id: string): string {
  return stage_id.replace(/^\d+-/, '');
}

function compareValues(
  stage: string | null,
  path: string,
  before: unknown,
  after: unknown,
): readonly StagePlanChange[] {
  if (sameJson(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const longest = Math.max(before.length, after.length);
    return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
      compareValues(stage, `${path}[${index}]`, before[index] ?? null, after[index] ?? null),
    );
  }
  if (isPlainObject(before) && isPlainObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      compareValues(stage, `${path}.${key}`, before[key] ?? null, after[key] ?? null),
    );
  }
  const where = stage === null ? path : `${stage}: ${path}`;
  const message = `${where} changes from ${JSON.stringify(before)} to ${JSON.stringify(after)}.`;
  return [{ kind: path === 'sequence' ? 'sequence' : 'changed', stage, path, before, after, message }];
}
