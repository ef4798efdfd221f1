import { canonicalJson, isPlainObject, JsonValue, sameJson } from '../json.ts';
import type { StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { Decision } from '../route/decision.ts';
import type { WalkedStage } from '../sequence/walk.ts';

/** One way in which a plan is not what its sequence would have built. */
export interface PlanProblem {
  readonly code:
    | 'malformed_plan'
    | 'other_format'
    | 'other_sequence'
    | 'illegal_events'
    | 'missing_stage'
    | 'extra_stage'
    | 'tampered_stage'
    | 'wrong_id'
    | 'wrong_index'
    | 'broken_input_link'
    | 'tampered_decision'
    | 'tampered_warning'
    | 'other_fingerprint';
  /** Where in the plan: `stages[1].input`. Empty: the plan as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Where the stages of a plan are not those that its events lead through. */
export function stageListProblems(
  { stages }: StageExecutionPlan,
  walked: readonly WalkedStage[],
): readonly PlanProblem[] {
  const missing = walked.slice(stages.length).map(
    ({ id }, index): PlanProblem => ({
      code: 'missing_stage',
      path: `stages[${stages.length + index}]`,
      message: `The events have a stage ${id}, the plan does not.`,
    }),
  );
  const others = stages.flatMap(({ id, stage_type }, index): readonly PlanProblem[] => {
    const path = `stages[${index}]`;
    const twin = walked[index];
    if (twin === undefined)
      return [{ code: 'extra_stage', path, message: `The plan has a stage ${id}, the events do not.` }];
    return compareValues(`${path}.stage_type`, stage_type, twin.stage, 'tampered_stage');
  });
  return [...others, ...missing];
}

/**
 * Where a plan differs from the one that is built from the run that it tells of. Both have the same stages. Linear in
 * the plan.
 */
export function planProblems(plan: StageExecutionPlan, built: StageExecutionPlan): readonly PlanProblem[] {
  return [
    ...built.stages.flatMap((stage, index) => compareStage(`stages[${index}]`, plan.stages[index], stage)),
    ...compareLists('decisions', plan.decisions, built.decisions, 'tampered_decision'),
    ...compareLists('warnings', plan.warnings, built.warnings, 'tampered_warning'),
  ];
}

const placeCodes: Readonly<Record<string, PlanProblem['code']>> = {
  id: 'wrong_id',
  order_index: 'wrong_index',
  input: 'broken_input_link',
};

function compareStage(
  path: string,
  found: StageExecution | undefined,
  built: StageExecution,
): readonly PlanProblem[] {
  const { stage_config, ...place } = built;
  const fields = Object.keys({ ...found, ...place }).filter((field) => field !== 'stage_config');
  return [
    ...fields.flatMap((field) =>
      compareValues(
        `${path}.${field}`,
        Reflect.get(Object(found), field),
        Reflect.get(place, field),
        placeCodes[field] ?? 'tampered_stage',
      ),
    ),
    ...compareLeaves(`${path}.stage_config`, found?.stage_config, stage_config),
  ];
}

/** Compares down to the single field, so that the problem names it. */
function compareLeaves(path: string, found: unknown, built: unknown): readonly PlanProblem[] {
  if (!isPlainObject(found) || !isPlainObject(built))
    return compareValues(path, found, built, 'tampered_stage');
  const fields = new Set([...Object.keys(built), ...Object.keys(found)]);
  return [...fields].flatMap((field) => compareLeaves(`${path}.${field}`, found[field], built[field]));
}

/** What is said of a decision that is none, beside the one that the events lead to. */
export function tamperedDecision(index: number, found: unknown, decided: Decision): PlanProblem {
  const { data } = JsonValue.safeParse(found);
  return differs(`decisions[${index}]`, data, decided, 'tampered_decision');
}

function compareLists(
  name: string,
  found: readonly object[],
  built: readonly object[],
  code: PlanProblem['code'],
): readonly PlanProblem[] {
  const length = Math.max(found.length, built.length);
  return Array.from({ length }, (_, index) => index).flatMap((index) =>
    compareValues(`${name}[${index}]`, found[index], built[index], code),
  );
}

function compareValues(
  path: string,
  found: unknown,
  built: unknown,
  code: PlanProblem['code'],
): readonly PlanProblem[] {
  return sameJson(found ?? null, built ?? null) ? [] : [differs(path, found, built, code)];
}

function differs(path: string, found: unknown, built: unknown, code: PlanProblem['code']): PlanProblem {
  const is = found === undefined ? 'missing' : canonicalJson(found);
  const should = built === undefined ? 'left out' : canonicalJson(built);
  return { code, path, message: `${path} is ${is}, but by the rest of the plan it is ${should}.` };
}
