import { type AnyMachineSnapshot, type AnyStateNode, initialTransition, transition } from 'xstate';
import { defaultPolicies } from '../../machines/policies.ts';
import type { SequenceName } from '../../machines/sequences.ts';
import { machineOf, type PolicyOptions } from '../sequence/options.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { edgesOf, pathOf, type Edge as SequenceEdge, stateName, statesOf } from '../sequence/states.ts';

/** Events to take one after the other. The last one may be an event that the machine refuses: that too is an outcome. */
export interface Attempt {
  readonly events: readonly string[];
  /** Those that are left out stand at their default. */
  readonly policies: PolicyOptions;
}

/** What was seen of all that there is. */
export interface Seen {
  readonly covered: readonly string[];
  readonly missing: readonly string[];
}

/** What some orders saw of a sequence. */
export interface SequenceCoverage {
  readonly states: Seen;
  readonly transitions: Seen;
  /** Each guarded transition, once with its guard true and once with its guard false. */
  readonly guards: Seen;
  /** Each transition with each that can come next. */
  readonly pairs: Seen;
  /** Whether nothing is missing. */
  readonly complete: boolean;
}

interface Edge {
  readonly name: string;
  readonly event: string;
  readonly guarded: boolean;
  readonly source: string;
  /** The innermost state that it leads into. */
  readonly end: string;
}

/**
 * Tells which states, transitions, guard outcomes and pairs of transitions of a sequence some orders see, and which they miss.
 *
 * @throws {InvalidOptionsError} when `machine` is neither a machine nor the name of a shipped one.
 */
export function coverage(
  machine: StageSequence | SequenceName,
  attempts: readonly Attempt[],
): SequenceCoverage {
  const sequence = machineOf(machine);
  const nodes = statesOf(sequence.root);
  const edges = edgesOf(sequence).flatMap(namedEdges);
  const seen = {
    states: new Set<string>(),
    transitions: new Set<string>(),
    guards: new Set<string>(),
    pairs: new Set<string>(),
  };
  for (const { events, policies } of attempts) {
    let [snapshot]: readonly [AnyMachineSnapshot, ...unknown[]] = initialTransition(sequence, {
      ...defaultPolicies,
      ...policies,
    });
    let before: Edge | undefined;
    enter(seen.states, snapshot);
    for (const type of events) {
      const offered = edgesAt(edges, stateName(snapshot.value)).filter(({ event }) => event === type);
      // XState remembers every event that it is asked about: it is not asked about one that no edge has.
      const accepted = offered.length > 0 && snapshot.can({ type });
      for (const { name, guarded } of offered) if (guarded) seen.guards.add(`${name} is ${accepted}`);
      if (!accepted) break;
      [snapshot] = transition(sequence, snapshot, { type });
      const after = stateName(snapshot.value);
      const taken = offered.find(({ end }) => end === after);
      enter(seen.states, snapshot);
      seen.transitions.add(String(taken?.name));
      seen.pairs.add(`${before?.name}, then ${taken?.name}`);
      before = taken;
    }
  }
  const guards = edges
    .filter(({ guarded }) => guarded)
    .flatMap(({ name }) => [`${name} is true`, `${name} is false`]);
  const pairs = edges.flatMap((edge) =>
    edgesAt(edges, edge.end).map((next) => `${edge.name}, then ${next.name}`),
  );
  const result = {
    states: compare(
      nodes.flatMap((node) => pathOf(node) || []),
      seen.states,
    ),
    transitions: compare(
      edges.map(({ name }) => name),
      seen.transitions,
    ),
    guards: compare(guards, seen.guards),
    pairs: compare(pairs, seen.pairs),
  };
  return { ...result, complete: Object.values(result).every(({ missing }) => missing.length === 0) };
}

function namedEdges({ source, event, guarded, targets }: SequenceEdge): readonly Edge[] {
  return targets.map((target) => ({
    name: `${pathOf(source)} --${event}--> ${pathOf(target)}`,
    event,
    guarded,
    source: pathOf(source),
    end: pathOf(innermost(target)),
  }));
}

/** The edges that a state can take: its own, and those of the states around it for events that it does not take itself. */
function edgesAt(edges: readonly Edge[], state: string): readonly Edge[] {
  const own = edges.filter(({ source }) => source === state);
  if (state === '') return own;
  const around = edgesAt(edges, state.split('.').slice(0, -1).join('.'));
  return [...own, ...around.filter(({ event }) => !own.some((edge) => edge.event === event))];
}

function innermost(node: AnyStateNode): AnyStateNode {
  const [inner] = node.initial.target;
  return inner === undefined ? node : innermost(inner);
}

function enter(states: Set<string>, { value }: AnyMachineSnapshot): void {
  const keys = stateName(value).split('.');
  for (const index of keys.keys()) states.add(keys.slice(0, index + 1).join('.'));
}

function compare(all: readonly string[], seen: ReadonlySet<string>): Seen {
  return { covered: all.filter((item) => seen.has(item)), missing: all.filter((item) => !seen.has(item)) };
}
