import { subjectOf, switchOf } from '../../src/sequence/events.ts';
import type { SequenceReading } from '../../src/sequence/reading.ts';

/** One switch of a run: a stage or a pass, and its key in a RunConfig. */
export interface Switch {
  readonly name: string;
  readonly key: string;
  readonly nature: 'stage' | 'pass';
}

/** The switches of a sequence in its running order. */
export function switchesOf({ runningOrder }: SequenceReading): readonly Switch[] {
  return runningOrder.map((event) => {
    const { stage, pass } = subjectOf(event);
    return { name: String(stage ?? pass), key: switchOf(event), nature: stage === null ? 'pass' : 'stage' };
  });
}
