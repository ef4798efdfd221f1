import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import {
  everythingAllowed,
  policiesBy,
  policyNames,
  type SequencePolicies,
} from '../../machines/policies.ts';
import type { StateMeta } from '../../machines/vocabulary.ts';
import { type Ahead, eventsAhead } from './ahead.ts';
import { type Ambiguity, findAmbiguity } from './ambiguity.ts';
import { planFinished, subjectOf, switchOf } from './events.ts';
import type { SequenceProblem } from './invalid-sequence-error.ts';
import { type ReachableState, reachableStates } from './reachable-states.ts';
import { repeatedEvents } from './repeated-events.ts';
import { runningOrderOf } from './running-order.ts';
import type { StageSequence } from './sequence.ts';
import { findStartProblems } from './start-problems.ts';
import { entriesByEvent, pathOf, readMeta, type StageEntry, statesOf } from './states.ts';
import { structureProblems, walkingThrows } from './structure.ts';

/**
 * A sequence under its policies, and what is read off it: each reading is made when it is first asked for, and once.
 *
 * It holds nothing but what the machine says: no run, plan or order of a caller.
 */
export class SequenceReading {
  readonly sequence: StageSequence;
  readonly policies: SequencePolicies;
  #problems: readonly SequenceProblem[] | undefined;
  #startProblems: readonly SequenceProblem[] | undefined;
  #reached: readonly ReachableState[] | undefined;
  #ahead: Ahead | undefined;
  #states: readonly ReachableState[] | undefined;
  #runningOrder: readonly string[] | undefined;
  #ranks: ReadonlyMap<string, number> | undefined;
  #switches: ReadonlyMap<string, string> | undefined;
  #ambiguity: Ambiguity | undefined;
  #metas: ReadonlyMap<string, StateMeta> | undefined;
  #entries: ReadonlyMap<string, readonly StageEntry[]> | undefined;

  constructor(sequence: StageSequence, policies: SequencePolicies) {
    this.sequence = sequence;
    this.policies = Object.freeze({ ...policies });
  }

  /** What keeps it from being walked: its structure, or an event that a way can take twice. */
  get problems(): readonly SequenceProblem[] {
    this.#problems ??= this.#findProblems();
    return this.#problems;
  }

  /** What is wrong with the ways out of its start under these policies: no plan may be empty, or take an image that is not allowed. */
  get startProblems(): readonly SequenceProblem[] {
    this.#startProblems ??= findStartProblems(this);
    return this.#startProblems;
  }

  /** The states that can be reached, each before those that it leads to, the start first. Moves stand in running order. */
  get states(): readonly ReachableState[] {
    this.#states ??= this.#sortMoves();
    return this.#states;
  }

  /** What lies ahead of each state. */
  get ahead(): Ahead {
    this.#ahead ??= eventsAhead(this.#reachedStates());
    return this.#ahead;
  }

  /** The stages and passes in the order in which they run, those that a policy closes among them. */
  get runningOrder(): readonly string[] {
    this.#runningOrder ??= this.#findRunningOrder();
    return this.#runningOrder;
  }

  /** The place of a stage's or pass's event in the running order, counted from 0. -1: the sequence does not have it. */
  rankOf(event: string): number {
    this.#ranks ??= new Map(this.runningOrder.map((each, rank) => [each, rank]));
    return this.#ranks.get(event) ?? -1;
  }

  /** The event that each switch asks for. The canonical switches are known under every sequence, so that none is passed over in silence. */
  get switches(): ReadonlyMap<string, string> {
    this.#switches ??= new Map(
      [...canonicalSequence.events, ...this.sequence.events]
        .filter((event) => event !== planFinished)
        .map((event) => [switchOf(event), event]),
    );
    return this.#switches;
  }

  /** Whether some set of stages and passes has more than one order. */
  get ambiguity(): Ambiguity {
    this.#ambiguity ??= findAmbiguity(this.states);
    return this.#ambiguity;
  }

  /** The ways into a stage or pass, in the running order of the stages that they lead from. */
  entriesOf(event: string): readonly StageEntry[] {
    this.#entries ??= entriesByEvent(
      this.sequence,
      this.runningOrder.flatMap((ranked) => subjectOf(ranked).stage ?? []),
    );
    return this.#entries.get(event) ?? [];
  }

  /** What the state of this name says of itself. */
  metaOf(state: string): StateMeta | undefined {
    this.#metas ??= new Map(
      statesOf(this.sequence.root).flatMap((node) => {
        const meta = readMeta(node.meta);
        return meta === undefined ? [] : [[pathOf(node), meta]];
      }),
    );
    return this.#metas.get(state);
  }

  #reachedStates(): readonly ReachableState[] {
    this.#reached ??= reachableStates(this.sequence, this.policies);
    return this.#reached;
  }

  #findProblems(): readonly SequenceProblem[] {
    const structure = structureProblems(this.sequence);
    if (structure.length > 0) return structure;
    try {
      return this.#circles();
    } catch (error) {
      return [walkingThrows(error)];
    }
  }

  #circles(): readonly SequenceProblem[] {
    const repeated = repeatedEvents(this.#reachedStates(), this.ahead);
    // The running order is that of the widest reading, which must have no circle either.
    const widest = readSequence(this.sequence, everythingAllowed);
    return repeated.length > 0 || widest === this ? repeated : widest.problems;
  }

  #findRunningOrder(): readonly string[] {
    const widest = readSequence(this.sequence, everythingAllowed);
    if (widest !== this) return widest.runningOrder;
    return runningOrderOf(this.sequence.events, this.#reachedStates(), this.ahead);
  }

  /** Takes all moves out and puts them in again event by event, so that nothing is compared: linear in the moves. */
  #sortMoves(): readonly ReachableState[] {
    const order = [...this.runningOrder, planFinished];
    const taken = new Map(order.map((event) => [event, new Map<ReachableState, ReachableState>()]));
    for (const state of this.#reachedStates()) {
      for (const [event, target] of state.moves) taken.get(event)?.set(state, target);
      state.moves.clear();
    }
    for (const event of order)
      taken.get(event)?.forEach((target, state) => {
        state.moves.set(event, target);
      });
    return this.#reachedStates();
  }
}

const readings = new WeakMap<StageSequence, Map<string, SequenceReading>>();

/** The reading of a sequence under these policies, the same one for as long as the sequence lives. */
export function readSequence(sequence: StageSequence, policies: SequencePolicies): SequenceReading {
  let key = '';
  for (const name of policyNames) key += policies[name] ? '1' : '0';
  const ofSequence = readings.get(sequence) ?? new Map<string, SequenceReading>();
  const known = ofSequence.get(key);
  if (known !== undefined) return known;
  const reading = new SequenceReading(
    sequence,
    policiesBy((name) => policies[name]),
  );
  readings.set(sequence, ofSequence.set(key, reading));
  return reading;
}
