import * as z from 'zod';
import type { StageDefinition, StageSequence } from '../../src/index.ts';
import { choiceNames, choices, optionalStages, stageNames } from './machines.ts';

interface Planner {
  readonly safeBuildStagePlan: (
    run: unknown,
  ) => { readonly success: true; readonly plan: unknown } | { readonly success: false };
  readonly explainStagePlan: (run: unknown) => unknown;
  readonly verifyStagePlan: (plan: unknown) => unknown;
}

/** What is measured of the library: its sources in the bench, the built package in the test. */
export interface Library {
  readonly definePlanner: (planner: {
    readonly sequence: StageSequence;
    readonly stages: readonly StageDefinition[];
  }) => Planner;
  readonly legalStageOrders: (options: { readonly sequence: StageSequence }) => Iterable<unknown>;
  readonly checkSequence: (sequence: StageSequence) => unknown;
}

/** A sequence that grows. */
interface Growing {
  readonly sequence: (count: number) => StageSequence;
  readonly stages: (count: number) => readonly string[];
}

/** A sequence that grows, and a run of it. */
interface Situation extends Growing {
  /** The stages that are on. */
  readonly on: (stages: readonly string[]) => readonly string[];
}

const optional: Growing = { sequence: optionalStages, stages: stageNames };
const either: Growing = { sequence: choices, stages: choiceNames };
const everySecond = (stages: readonly string[]) => stages.filter((_, index) => index % 2 === 0);

const planned: Readonly<Record<string, Situation>> = {
  'all stages on': { ...optional, on: (stages) => stages },
  'every second stage on': { ...optional, on: everySecond },
  'two stages on': { ...optional, on: (stages) => [...stages.slice(0, 1), ...stages.slice(-1)] },
  'one stage on': { ...optional, on: (stages) => stages.slice(-1) },
  'every choice made': { ...either, on: everySecond },
};

const rejected: Readonly<Record<string, Situation>> = {
  'no stage on': { ...optional, on: () => [] },
  'a stage that the sequence lacks': { ...optional, on: (stages) => [...stages, 'txt2img'] },
  'no choice made': { ...either, on: () => [] },
};

/** Most of a first plan is the check of its sequence, whatever is on. */
const firstPlans: Readonly<Record<string, Situation>> = Object.fromEntries(
  Object.entries({ ...planned, ...rejected }).filter(([where]) =>
    ['all stages on', 'two stages on', 'no stage on', 'every choice made'].includes(where),
  ),
);

/** Something whose growth is measured. `prepare` makes all that it needs, the machine too, and gives what is measured. */
export interface Measured {
  readonly what: string;
  readonly where: string;
  /** Whether the transitions of its sequence grow with the square of its stages, as those of optional stages do. */
  readonly quadratic: boolean;
  readonly prepare: (library: Library, count: number) => () => unknown;
}

/** All that is measured, with planners that no other call knows. */
export function measurements(): readonly Measured[] {
  const planners = new Map<string, Planner>();
  return [
    ...inEach('first plan', firstPlans, (library, situation, count) => {
      const sequence = situation.sequence(count);
      return () => plannerOf(library, situation, count, sequence).safeBuildStagePlan(runOf(situation, count));
    }),
    ...inEachKnown(planners, 'second plan', { ...planned, ...rejected }, (known, situation, count) => {
      known.safeBuildStagePlan(runOf({ ...situation, on: (stages) => stages.slice(0, 1) }, count));
      return () => known.safeBuildStagePlan(runOf(situation, count));
    }),
    ...inEachKnown(
      new Map(),
      'explain',
      { ...planned, ...rejected },
      (known, situation, count) => () => known.explainStagePlan(runOf(situation, count)),
    ),
    ...inEachKnown(planners, 'verify', planned, (known, situation, count) => {
      const built = known.safeBuildStagePlan(runOf(situation, count));
      if (!built.success) throw new Error(`${count} stages have no plan.`);
      return () => known.verifyStagePlan(built.plan);
    }),
    ...inEach(
      'checkSequence',
      { 'optional stages': optional, choices: either },
      (library, growing, count) => {
        const machine = growing.sequence(count);
        return () => library.checkSequence(machine);
      },
    ),
    ...inEach(
      'legalStageOrders',
      { 'optional stages': optional, choices: either },
      (library, growing, count) => {
        const sequence = growing.sequence(count);
        return () => firstOf(library.legalStageOrders({ sequence }), 50);
      },
    ),
  ];
}

function inEach<Where extends Growing>(
  what: string,
  places: Readonly<Record<string, Where>>,
  prepare: (library: Library, place: Where, count: number) => () => unknown,
): readonly Measured[] {
  return Object.entries(places).map(([where, place]) => ({
    what,
    where,
    quadratic: place.sequence === optionalStages,
    prepare: (library, count) => prepare(library, place, count),
  }));
}

/** As {@link inEach}, with one planner for each sequence and size: the sequence has been read, and the runs are new to it. */
function inEachKnown(
  planners: Map<string, Planner>,
  what: string,
  places: Readonly<Record<string, Situation>>,
  prepare: (known: Planner, place: Situation, count: number) => () => unknown,
): readonly Measured[] {
  return inEach(what, places, (library, place, count) => {
    const key = `${place.sequence.name} ${count}`;
    const known = planners.get(key) ?? plannerOf(library, place, count, place.sequence(count));
    planners.set(key, known);
    return prepare(known, place, count);
  });
}

function firstOf<Item>(items: Iterable<Item>, most: number): readonly Item[] {
  const first: Item[] = [];
  for (const item of items) if (first.push(item) === most) break;
  return first;
}

function runOf({ on, stages }: Situation, count: number): Readonly<Record<string, boolean>> {
  return Object.fromEntries(on(stages(count)).map((stage) => [`${stage}_enabled`, true]));
}

function plannerOf(library: Library, growing: Growing, count: number, sequence: StageSequence): Planner {
  const stages = growing.stages(count).map((stage_type): StageDefinition => {
    return { stage_type, switch: `${stage_type}_enabled`, settings: z.strictObject({}) };
  });
  return library.definePlanner({ sequence, stages });
}
