import type { AnyStateMachine, EventFrom } from 'xstate';
import { everythingAllowed } from '../../machines/policies.ts';
import type { StageOf } from '../../machines/vocabulary.ts';
import { subjectOf } from './events.ts';
import { readSequence } from './reading.ts';

/** The stage types of a sequence, in the order in which they run. */
export function stageTypes<Sequence extends AnyStateMachine>(
  sequence: Sequence,
): readonly StageOf<EventFrom<Sequence>['type']>[] {
  const { runningOrder } = readSequence(sequence, everythingAllowed);
  // The machine's type names its events; the machine itself lists them as strings.
  return runningOrder.flatMap((event) => subjectOf(event).stage ?? []) as StageOf<
    EventFrom<Sequence>['type']
  >[];
}
