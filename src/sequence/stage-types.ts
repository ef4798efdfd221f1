import type { AnyStateMachine, EventFrom } from 'xstate';
import { everythingAllowed } from '../../machines/policies.ts';
import type { SequenceName } from '../../machines/sequences.ts';
import type { StageOf } from '../../machines/vocabulary.ts';
import { subjectOf } from './events.ts';
import { type MachineOf, machineOf } from './options.ts';
import { readSequence } from './reading.ts';

/**
 * The stage types of a sequence, in the order in which they run.
 *
 * @throws {InvalidOptionsError} when it is neither a machine nor the name of a shipped one.
 */
export function stageTypes<Sequence extends AnyStateMachine | SequenceName>(
  sequence: Sequence,
): readonly StageOf<EventFrom<MachineOf<Sequence>>['type']>[] {
  const { runningOrder } = readSequence(machineOf(sequence), everythingAllowed);
  // The machine's type names its events; the machine itself lists them as strings.
  return runningOrder.flatMap((event) => subjectOf(event).stage ?? []) as StageOf<
    EventFrom<MachineOf<Sequence>>['type']
  >[];
}
