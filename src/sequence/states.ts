import type { AnyMachineSnapshot, AnyStateNode, StateValue } from 'xstate';
import * as z from 'zod';
import type { StateMeta } from '../../machines/vocabulary.ts';
import { deepFreeze } from '../readonly.ts';
import type { StageSequence } from './sequence.ts';

/** One transition of a machine, between the states that it is written on. */
export interface Edge {
  readonly source: AnyStateNode;
  readonly event: string;
  /** The name of its guard. null: it has none, or one without a name. */
  readonly guard: string | null;
  readonly guarded: boolean;
  /** The parameters of the guard, or null. */
  readonly params: unknown;
  readonly targets: readonly AnyStateNode[];
  readonly effects: number;
}

/** A way into a stage or pass: the state that has it, and the guard that may forbid it. */
export interface Entry {
  readonly state: string;
  readonly guard: string | null;
}

/** An entry, and the stage that begins with it. null: the stage before it goes on. */
export interface StageEntry {
  readonly entry: Entry;
  readonly begins: string | null;
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
  return statesOf(sequence.root).flatMap(edgesFrom);
}

/** The transitions that are written on one state. Those of one event stand in the order in which the machine tries them. */
export function edgesFrom(source: AnyStateNode): readonly Edge[] {
  return [...source.transitions.values()].flat().map(({ eventType, guard, target, actions }) => ({
    source,
    event: eventType,
    guard: guardName(guard),
    guarded: guard !== undefined,
    params: paramsOf(guard),
    targets: target ?? [],
    effects: actions.length,
  }));
}

/**
 * For each event the states that have a transition for it, whatever its guard says today: in the given order of the stages
 * that they belong to, and those of one stage by name.
 */
export function entriesByEvent(
  sequence: StageSequence,
  order: readonly string[],
): ReadonlyMap<string, readonly StageEntry[]> {
  const ranks = new Map(order.map((stage, index) => [stage, index]));
  const rank = (state: AnyStateNode) => ranks.get(stageOf(state) ?? '') ?? -1;
  const states = statesOf(sequence.root).map((state) => ({ state, name: pathOf(state), rank: rank(state) }));
  states.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  const entries = new Map<string, StageEntry[]>();
  for (const { state, name } of states) {
    for (const { event, guard, targets } of edgesFrom(state)) {
      const ofEvent = entries.get(event) ?? [];
      const into = targets.map(stageOf)[0] ?? null;
      ofEvent.push({ entry: { state: name, guard }, begins: into === stageOf(state) ? null : into });
      entries.set(event, ofEvent);
    }
  }
  return entries;
}

/** The stage that a state belongs to: what the outermost state around it says. */
function stageOf(state: AnyStateNode): string | null {
  const { parent } = state;
  if (parent !== undefined && parent.path.length > 0) return stageOf(parent);
  return readMeta(state.meta)?.stage_type ?? null;
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

/** What a state says of itself, frozen, or undefined where it says nothing that can be read. */
export function readMeta(meta: unknown): StateMeta | undefined {
  return deepFreeze(Meta.safeParse(meta).data);
}

/** What each active state inside the machine says of itself, from the outside in. */
export function metasOf(sequence: StageSequence, snapshot: AnyMachineSnapshot): readonly StateMeta[] {
  const metas: StateMeta[] = [];
  let state: AnyStateNode | undefined = sequence.root;
  for (const key of stateName(snapshot.value).split('.')) {
    state = state?.states[key];
    const meta = readMeta(state?.meta);
    if (meta !== undefined) metas.push(meta);
  }
  return metas;
}

function paramsOf(guard: unknown): unknown {
  return typeof guard === 'object' && guard !== null && 'params' in guard ? guard.params : null;
}

function guardName(guard: unknown): string | null {
  const named = typeof guard === 'object' && guard !== null && 'type' in guard ? guard.type : guard;
  return typeof named === 'string' ? named : null;
}
