import { readForeign } from '../read-foreign.ts';
import { stageEvent, switchNamed } from '../sequence/events.ts';
import { InvalidOptionsError } from '../sequence/invalid-options-error.ts';
import {
  policyRules,
  readingOf,
  resolveSequence,
  routeOptionsOf,
  type SequenceOptions,
  sequenceRule,
  takeOptions,
} from '../sequence/options.ts';
import { eventsOf, follow, stagesOf } from '../sequence/walk.ts';
import { allWays, countWays, type WayCount } from '../sequence/ways.ts';
import { type Fix, nearestFixes } from './fixes.ts';
import { InvalidStagePlanError } from './invalid-stage-plan-error.ts';
import { type Rejection, rejectUnknown } from './rejections.ts';
import { rejectStages, routeThrough } from './route.ts';
import { sayOrderFix } from './sentences.ts';
import { switchesOf } from './switches.ts';

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
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind, or the stages are no list of names.
 */
export function verifyStageOrder(
  stages: readonly string[],
  options: SequenceOptions = {},
): StageOrderVerdict {
  const rejections = rejectStages(resolveSequence(options), takeStages(stages));
  return rejections.length === 0 ? { valid: true, rejections: [] } : { valid: false, rejections };
}

/**
 * Puts a list of stage types in the order of the sequence, and says what it moved.
 *
 * @throws {InvalidStagePlanError} when no order of these stages is legal, one is unknown, or one is named twice. Its fixes
 * are orders.
 * @throws {InvalidOptionsError} when an option is unknown or of the wrong kind, or the stages are no list of names.
 */
export function repairStageOrder(
  stages: readonly string[],
  options: SequenceOptions = {},
): RepairedStageOrder {
  const named = takeStages(stages);
  const taken = takeOptions(options, sequenceRule, policyRules);
  const reading = readingOf(taken);
  const { openable } = routeOptionsOf(taken);
  const stated = named.filter((stage) => reading.rankOf(stageEvent(stage)) !== -1);
  const run = Object.fromEntries(stated.map((stage) => [switchNamed(stage), true]));
  const route = routeThrough(reading, { ...run, stage_order: stated }, { order: 'repair', openable });
  const rejections = [...(route.legal ? [] : route.rejections), ...rejectUnknown(reading, named)];
  if (!route.legal || rejections.length > 0) {
    const terms = { hasImage: false, openable, stated };
    const { fixes, fix_count } = route.legal ? nearestFixes(reading, switchesOf(reading, run), terms) : route;
    const orders = fixes.map((fix) => asOrder(fix, stated, named));
    throw new InvalidStagePlanError(
      { rejections, more: route.legal ? 0 : route.more, fixes: orders, fix_count },
      noOrder,
    );
  }
  const planned = stagesOf(route.walk);
  const places = new Map(named.map((stage, from) => [stage, from]));
  const moves = planned.map((stage, to) => ({ stage, from: Number(places.get(stage)), to }));
  return { stages: planned, moves: moves.filter(({ from, to }) => from !== to) };
}

const noOrder = 'These stages have no legal order.';

/** A fix of switches as one of an order: the stages to name, in the order of the sequence. */
function asOrder({ change, options, flips }: Fix, stated: readonly string[], named: readonly string[]): Fix {
  const stage_order = [change.stage_order ?? stated].flat().map(String);
  return { change: { stage_order }, options, flips, message: sayOrderFix(stage_order, options, named) };
}

/** @throws {InvalidOptionsError} when they are no list of names. */
function takeStages(stages: readonly string[]): readonly string[] {
  if (readForeign(stages, isListOfNames, () => false)) return stages;
  throw new InvalidOptionsError([{ option: 'stages', message: 'stages must be a list of stage types.' }]);
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((stage) => typeof stage === 'string');
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
