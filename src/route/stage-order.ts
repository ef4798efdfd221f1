import { switchNamed } from '../sequence/events.ts';
import { resolveSequence, type SequenceOptions } from '../sequence/options.ts';
import { eventsOf, follow, stagesOf } from '../sequence/walk.ts';
import { allWays, countWays, type WayCount } from '../sequence/ways.ts';
import { InvalidStagePlanError } from './invalid-stage-plan-error.ts';
import type { Rejection } from './rejections.ts';
import { rejectStages, routeThrough } from './route.ts';

/** Whether a list of stages is an order that the sequence has, and if not, where the walk ended. */
export type StageOrderVerdict =
  | { readonly valid: true; readonly rejections: readonly [] }
  | { readonly valid: false; readonly rejections: readonly Rejection[] };

/** An order that the sequence has, and where each stage that had to move stood before, counted from 0. */
export interface RepairedStageOrder {
  readonly stages: readonly string[];
  readonly moves: readonly { readonly stage: string; readonly from: number; readonly to: number }[];
}

/** One order of a sequence: its events, and the stages and passes in it. */
export interface LegalStageOrder {
  readonly events: readonly string[];
  readonly stages: readonly string[];
  readonly passes: readonly string[];
}

/** Every order of a sequence, made one after the other as they are asked for; how many there are is known before. */
export interface LegalStageOrders extends WayCount, Iterable<LegalStageOrder> {}

/**
 * Verifies a bare list of stage types against the sequence. Pure, and linear in the list.
 *
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 */
export function verifyStageOrder(
  stages: readonly string[],
  options: SequenceOptions = {},
): StageOrderVerdict {
  const rejections = rejectStages(resolveSequence(options), stages);
  return rejections.length === 0 ? { valid: true, rejections: [] } : { valid: false, rejections };
}

/**
 * Puts a list of stage types in the order of the sequence, and says what it moved.
 *
 * @throws {InvalidStagePlanError} when no order of these stages is legal, or one is named twice.
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind.
 */
export function repairStageOrder(
  stages: readonly string[],
  options: SequenceOptions = {},
): RepairedStageOrder {
  const switches = Object.fromEntries(stages.map((stage) => [switchNamed(stage), true]));
  const route = routeThrough(
    resolveSequence(options),
    { ...switches, stage_order: stages },
    { order: 'repair', openable: [] },
  );
  if (!route.legal) throw new InvalidStagePlanError(route);
  const planned = stagesOf(route.walk);
  const places = planned.map((stage, to) => ({ stage, from: stages.indexOf(stage), to }));
  return { stages: planned, moves: places.filter(({ from, to }) => from !== to) };
}

/**
 * Lists every order that the sequence accepts, the shortest first. There can be as many as sets of stages and passes, so
 * they are made one after the other.
 */
export function legalStageOrders(options: SequenceOptions = {}): LegalStageOrders {
  const reading = resolveSequence(options);
  return {
    ...countWays(reading.states),
    *[Symbol.iterator]() {
      for (const events of allWays(reading.states)) {
        const walk = follow(reading, events);
        const passes = walk.steps.flatMap((step) => step.pass ?? []);
        yield { events: eventsOf(walk), stages: stagesOf(walk), passes };
      }
    },
  };
}
