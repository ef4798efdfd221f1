import { canonicalJson } from '../json.ts';
import type { StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { type StagePlace, stagePlaces } from '../plan/stage-executions.ts';
import { decide } from '../route/decisions.ts';
import { subjectOf } from '../sequence/events.ts';
import type { SequenceReading } from '../sequence/reading.ts';
import { type Walk, walkedStages } from '../sequence/walk.ts';

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
    | 'other_fingerprint';
  /** Where in the plan: `stages[1].input`. Empty: the plan as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Where the stages, switches and decisions of a plan do not agree with the walk of its events. */
export function planProblems(
  plan: StageExecutionPlan,
  reading: SequenceReading,
  walk: Walk,
): readonly PlanProblem[] {
  return [
    ...placeProblems(plan, walk),
    ...switchProblems(plan, reading, walk),
    ...decisionProblems(plan, reading, walk),
  ];
}

function placeProblems(plan: StageExecutionPlan, walk: Walk): readonly PlanProblem[] {
  const [first] = plan.stages;
  const places = stagePlaces(walk, first?.input.source === 'external' ? first.input.image : null);
  const missing = places.slice(plan.stages.length).map(
    ({ id, order_index }): PlanProblem => ({
      code: 'missing_stage',
      path: `stages[${order_index}]`,
      message: `The events have a stage ${id}, the plan does not.`,
    }),
  );
  const extra = plan.stages.slice(places.length).map(
    ({ id }, index): PlanProblem => ({
      code: 'extra_stage',
      path: `stages[${places.length + index}]`,
      message: `The plan has a stage ${id}, the events do not.`,
    }),
  );
  const pairs = places.flatMap((place, index) => comparePlace(place, plan.stages[index], index));
  return [...pairs, ...missing, ...extra];
}

const placeCodes = {
  id: 'wrong_id',
  order_index: 'wrong_index',
  stage_type: 'tampered_stage',
  input: 'broken_input_link',
  requires_input_image: 'tampered_stage',
  produces_output_image: 'tampered_stage',
} as const satisfies Record<keyof StagePlace, PlanProblem['code']>;

function comparePlace(
  place: StagePlace,
  stage: StageExecution | undefined,
  index: number,
): readonly PlanProblem[] {
  if (stage === undefined) return [];
  const problems: PlanProblem[] = [];
  for (const [field, code] of Object.entries(placeCodes)) {
    const expected = canonicalJson(Reflect.get(place, field));
    const found = canonicalJson(Reflect.get(stage, field));
    const path = `stages[${index}].${field}`;
    if (found !== expected)
      problems.push({ code, path, message: `${path} is ${found}, but the events say ${expected}.` });
  }
  if (stage.stage_config.stage_type !== stage.stage_type) {
    const path = `stages[${index}].stage_config.stage_type`;
    problems.push({
      code: 'tampered_stage',
      path,
      message: `${path} is not the stage's own type, ${stage.stage_type}.`,
    });
  }
  return problems;
}

/** Every copy of a switch in a stage's config that is not as the events of the plan have it. */
function switchProblems(
  plan: StageExecutionPlan,
  reading: SequenceReading,
  walk: Walk,
): readonly PlanProblem[] {
  const events = new Set(plan.events);
  const walked = walkedStages(walk);
  return plan.stages.slice(0, walked.length).flatMap(({ stage_config }, index) =>
    Object.entries(stage_config).flatMap(([name, found]): readonly PlanProblem[] => {
      const event = reading.switches.get(name);
      if (event === undefined) return [];
      const { pass } = subjectOf(event);
      const expected = pass === null ? events.has(event) : walked[index]?.passes.includes(pass) === true;
      if (found === expected) return [];
      const path = `stages[${index}].stage_config.${name}`;
      const message = `${path} is ${found}, but by the events of the plan it is ${expected}.`;
      return [{ code: 'tampered_stage', path, message }];
    }),
  );
}

function decisionProblems(
  plan: StageExecutionPlan,
  reading: SequenceReading,
  walk: Walk,
): readonly PlanProblem[] {
  const expected = decide(reading, walk, statedOrder(plan));
  const length = Math.max(expected.length, plan.decisions.length);
  return Array.from({ length }, (_, index) => index)
    .filter(
      (index) => canonicalJson(plan.decisions[index] ?? null) !== canonicalJson(expected[index] ?? null),
    )
    .map((index) => ({
      code: 'tampered_decision',
      path: `decisions[${index}]`,
      message: `decisions[${index}] is not what the events and switches of the plan decide.`,
    }));
}

/** The order that the caller had stated, where the decisions say that it was repaired. */
function statedOrder(plan: StageExecutionPlan): readonly string[] | null {
  const moved = new Map(
    plan.decisions.flatMap((decision) =>
      decision.outcome === 'moved' ? [[decision.stage, decision.stated_index]] : [],
    ),
  );
  if (moved.size === 0) return null;
  const statedIndex = ({ stage_type, order_index }: StageExecution) => moved.get(stage_type) ?? order_index;
  return plan.stages.toSorted((a, b) => statedIndex(a) - statedIndex(b)).map((stage) => stage.stage_type);
}
