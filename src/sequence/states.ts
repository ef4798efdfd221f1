import type { AnyMachineSnapshot, AnyStateNode, StateValue } from 'xstate';
import { z } from 'zod';
import type { StateMeta } from '../../machines/vocabulary.ts';
import type { StageSequence } from './sequence.ts';

/** One transition of a machine, between the states that it is written on. */
export interface Edge {
  readonly source: AnyStateNode;
  readonly event: string;
  /** The name of its guard. null: it has none, or one without a name. */
  readonly guard: string | null;
  readonly guarded: boolean;
  readonly targets: readonly AnyStateNode[];
  readonly effects: number;
}

/** A way into a stage or pass: the state that has it, and the guard that may forbid it. */
export interface Entry {
  readonly state: string;
  readonly guard: string | null;
}

const Material = z.string().min(1);
const Meta = z.object({
  stage_type: z.string().nullable(),
  pass: z.string().nullable(),
  takes: Material,
  gives: Material,
});

/** A state and all the states inside it. */
export function statesOf(state: AnyStateNode): readonly AnyStateNode[] {
  return [state, ...Object.values(state.states).flatMap(statesOf)];
}

/** Every transition of a machine, whatever its guard says today. */
export function edgesOf(sequence: StageSequence): readonly Edge[] {
  return statesOf(sequence.root).flatMap((source) =>
    [...source.transitions.values()].flat().map(({ eventType, guard, target, actions }) => ({
      source,
      event: eventType,
      guard: guardName(guard),
      guarded: guard !== undefined,
      targets: target ?? [],
      effects: actions.length,
    })),
  );
}

/** For each event the states that have a transition for it, whatever its guard says today, sorted by name. */
export function entriesByEvent(sequence: StageSequence): ReadonlyMap<string, readonly Entry[]> {
  const entries = new Map<string, Entry[]>();
  for (const { source, event, guard } of edgesOf(sequence)) {
    const ofEvent = entries.get(event) ?? [];
    ofEvent.push({ state: pathOf(source), guard });
    entries.set(event, ofEvent);
  }
  for (const ofEvent of entries.values()) ofEvent.sort((a, b) => (a.state < b.state ? -1 : 1));
  return entries;
}

/** A state's name from the outside in: `txt2img.base`. "": the machine itself. */
export function pathOf(state: AnyStateNode): string {
  return state.path.join('.');
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

function guardName(guard: unknown): string | null {
  const named = typeof guard === 'object' && guard !== null && 'type' in guard ? guard.type : guard;
  return typeof named === 'string' ? named : null;
}
