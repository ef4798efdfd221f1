import { resolveSequence, type SequenceOptions } from '../sequence/options.ts';
import { completeWalks, stagesOf, wordOf } from '../sequence/walk.ts';
import { InvalidStagePlanError } from './invalid-stage-plan-error.ts';
import type { Rejection } from './rejections.ts';
import { findRoute, rejectWord } from './route.ts';
import { switchOf } from './wanted-events.ts';

/** Whether a list of stages is an order that the sequence has, and if not, where the walk ended. */
export type StageOrderVerdict =
  | { readonly valid: true; readonly rejections: readonly [] }
  | { readonly valid: false; readonly rejections: readonly Rejection[] };

/** An order that the sequence has, and where each stage that had to move stood before, counted from 0. */
export interface RepairedStageOrder {
  readonly stages: readonly string[];
  readonly moves: readonly { readonly stage: string; readonly from: number; readonly to: number }[];
}

/** One word of a sequence, and the stages and passes in it. */
export interface LegalStageOrder {
  readonly events: readonly string[];
  readonly stages: readonly string[];
  readonly passes: readonly string[];
}

/** Verifies a bare list of stage types against the sequence. Pure, throws nothing. */
export function verifyStageOrder(
  stages: readonly string[],
  options: SequenceOptions = {},
): StageOrderVerdict {
  const { sequence, policies } = resolveSequence(options);
  const rejections = rejectWord(
    sequence,
    policies,
    stages.map((stage) => [`stage.${stage}`]),
  );
  return rejections.length === 0 ? { valid: true, rejections: [] } : { valid: false, rejections };
}

/**
 * Puts a list of stage types in the order of the sequence, and says what it moved.
 *
 * @throws {InvalidStagePlanError} when no order of these stages is legal, or one is named twice.
 */
export function repairStageOrder(
  stages: readonly string[],
  options: SequenceOptions = {},
): RepairedStageOrder {
  const switches = Object.fromEntries(stages.map((stage) => [switchOf(`stage.${stage}`), true]));
  const route = findRoute({ ...switches, stage_order: stages }, { ...options, order: 'repair' });
  if (!route.legal) throw new InvalidStagePlanError(route.rejections, route.fixes);
  const planned = stagesOf(route.walk);
  const places = planned.map((stage, to) => ({ stage, from: stages.indexOf(stage), to }));
  return { stages: planned, moves: places.filter(({ from, to }) => from !== to) };
}

/** Lists every word that the sequence accepts, the shortest first. */
export function legalStageOrders(options: SequenceOptions = {}): readonly LegalStageOrder[] {
  const { sequence, policies } = resolveSequence(options);
  return completeWalks(sequence, policies)
    .map((walk) => ({
      events: wordOf(walk),
      stages: stagesOf(walk),
      passes: walk.steps.flatMap((step) => step.pass ?? []),
    }))
    .sort((a, b) => a.events.length - b.events.length || (a.events.join() < b.events.join() ? -1 : 1));
}
