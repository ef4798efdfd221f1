import { subjectOf } from './events.ts';
import type { SequenceProblem } from './invalid-sequence-error.ts';
import type { ReachableState } from './reachable-states.ts';
import type { SequenceReading } from './reading.ts';

/**
 * What is wrong with the ways out of the start: each must be a stage, since an empty plan is no plan, and one that takes
 * nothing where no existing image is allowed, whatever else is open.
 */
export function findStartProblems(reading: SequenceReading): readonly SequenceProblem[] {
  return reading.states.slice(0, 1).flatMap((start) => {
    if (start.final) return [emptyPlan(start.name, 'ends the plan')];
    return [...start.moves].flatMap(([event, { outer }]) => {
      if (subjectOf(event).stage === null) return [emptyPlan(start.name, `takes ${event}`)];
      return reading.policies.externalInput || outer.takes === 'nothing'
        ? []
        : [externalInput(reading, start, event, outer.takes)];
    });
  });
}

function emptyPlan(state: string, fault: string): SequenceProblem {
  return {
    code: 'empty_plan',
    state,
    message: `${state} ${fault}: the way out of the start must be a stage.`,
  };
}

function externalInput(
  reading: SequenceReading,
  { name: state }: ReachableState,
  event: string,
  takes: string,
): SequenceProblem {
  const entries = reading.entriesOf(event).map(({ entry }) => entry);
  const guard = entries.find((entry) => entry.state === state)?.guard ?? null;
  const remedy = guard === null ? 'give it a guard' : `its guard ${guard} must ask for externalInput as well`;
  return {
    code: 'external_input',
    state,
    message: `${event}, taken in ${state}, takes an existing ${takes} although externalInput is false: ${remedy}.`,
  };
}
