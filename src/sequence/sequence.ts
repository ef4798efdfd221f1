import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, EventFrom, StateValue } from 'xstate';
import { z } from 'zod';
import type { canonicalSequence } from '../../machines/canonical-sequence.ts';
import type { PassOf, StageOf, StateMeta } from '../../machines/sequence-vocabulary.ts';

/** A machine whose words are plans: events `stage.X` and `pass.X`, then `plan.finished`. */
export type StageSequence = AnyStateMachine;

type CanonicalEvent = EventFrom<typeof canonicalSequence>['type'];

/** The stage types of the canonical sequence, read off the machine's type. */
export type StageType = StageOf<CanonicalEvent>;

/** The passes of the canonical sequence, read off the machine's type. */
export type PassType = PassOf<CanonicalEvent>;

/** The event that ends every plan. */
export const planFinished = 'plan.finished';

/** A way into a stage or pass: the state that has it, and the guard that may forbid it. */
export interface Entry {
  readonly state: string;
  readonly guard: string | null;
}

/** An event's stage or pass: `stage.upscale` is `{ stage: 'upscale', pass: null }`. */
export interface EventSubject {
  readonly stage: string | null;
  readonly pass: string | null;
}

const Material = z.enum(['nothing', 'latent', 'image']);
const Meta = z.object({
  stage_type: z.string().nullable(),
  pass: z.string().nullable(),
  takes: Material,
  gives: Material,
});

/** Reads the stage or pass out of an event's name. */
export function subjectOf(event: string): EventSubject {
  const [kind, name = ''] = event.split(/\.(.*)/s);
  return { stage: kind === 'stage' ? name : null, pass: kind === 'pass' ? name : null };
}

/** The stage or pass that an event is about, or the event itself where it is about neither. */
export function subjectName(event: string): string {
  const { stage, pass } = subjectOf(event);
  return stage ?? pass ?? event;
}

/** The name of the state that a snapshot stands in, from the outside in: `txt2img.base`. */
export function stateName(value: StateValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([outer, inner]) => (inner === undefined ? outer : `${outer}.${stateName(inner)}`))
    .join(' + ');
}

/** What a state says of itself, or undefined where it says nothing that can be read. */
export function readMeta(meta: unknown): StateMeta | undefined {
  return Meta.safeParse(meta).data;
}

/** What each active state says of itself, from the outside in. */
export function metasOf(snapshot: AnyMachineSnapshot): readonly StateMeta[] {
  return Object.entries(snapshot.getMeta())
    .sort(([a], [b]) => a.length - b.length)
    .flatMap(([, meta]) => readMeta(meta) ?? []);
}

/** Every state that has a transition for an event, whatever its guard says today, sorted by name. */
export function entriesOf(sequence: StageSequence, event: string): readonly Entry[] {
  return statesOf(sequence.root)
    .flatMap((state) =>
      (state.transitions.get(event) ?? []).map(({ guard }) => ({
        state: state.path.join('.'),
        guard: namedGuard(guard) ?? null,
      })),
    )
    .sort((a, b) => (a.state < b.state ? -1 : 1));
}

/** A state and all the states inside it. */
export function statesOf(state: AnyStateNode): readonly AnyStateNode[] {
  return [state, ...Object.values(state.states).flatMap(statesOf)];
}

/** The name of a guard, or undefined where it has none. */
export function namedGuard(guard: unknown): string | undefined {
  return z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).safeParse(guard)
    .data;
}
