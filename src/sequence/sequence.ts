import type { AnyStateMachine, EventFrom } from 'xstate';
import type { canonicalSequence } from '../../machines/canonical-sequence.ts';
import type { PassOf, StageOf } from '../../machines/vocabulary.ts';

/** A machine whose events are `stage.X` and `pass.X`, then `plan.finished`: each way to its end is the order of a plan. */
export type StageSequence = AnyStateMachine;

type CanonicalEvent = EventFrom<typeof canonicalSequence>['type'];

/** The stage types of the canonical sequence, read off the machine's type. */
export type StageType = StageOf<CanonicalEvent>;

/** The passes of the canonical sequence, read off the machine's type. */
export type PassType = PassOf<CanonicalEvent>;
