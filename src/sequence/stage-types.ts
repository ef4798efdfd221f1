import type { AnyStateMachine, EventFrom } from 'xstate';
import type { StageOf } from '../../machines/sequence-vocabulary.ts';
import { subjectOf } from './sequence.ts';
import { runningOrder } from './walk.ts';

/** The stage types of a sequence, in the order in which they run. */
export function stageTypes<Sequence extends AnyStateMachine>(
  sequence: Sequence,
): readonly StageOf<EventFrom<Sequence>['type']>[];
export function stageTypes(sequence: AnyStateMachine): readonly string[] {
  return runningOrder(sequence).flatMap((event) => subjectOf(event).stage ?? []);
}
