import type { Ahead } from './ahead.ts';
import { subjectOf } from './events.ts';
import type { SequenceProblem } from './invalid-sequence-error.ts';
import type { ReachableState } from './reachable-states.ts';

/** What to do about a stage that stands in a sequence twice. */
export const stageOnce =
  'A stage can stand in a sequence once: give the second one a name of its own, and define it with like.';

/** The events that some way takes twice, as every circle does. Without any, the states are a graph without circles. */
export function repeatedEvents(
  states: readonly ReachableState[],
  { bitOf, some }: Ahead,
): readonly SequenceProblem[] {
  return states.flatMap((state) =>
    [...state.moves]
      .filter(([event, target]) => (some(target) & bitOf(event)) !== 0n)
      .map(([event]) => ({
        code: 'repeated_event',
        state: state.name,
        message: `${event}, taken in ${state.name}, can be taken again later. ${subjectOf(event).stage === null ? 'It can be taken once: leave one of the two out.' : stageOnce}`,
      })),
  );
}
