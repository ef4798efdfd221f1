import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { getSimplePaths } from 'xstate/graph';
import type { SequencePolicies, StateMeta } from '../../machines/sequence-vocabulary.ts';
import { remember } from './remember.ts';
import {
  type EventSubject,
  metasOf,
  planFinished,
  type StageSequence,
  stateName,
  subjectOf,
} from './sequence.ts';

/** One event taken: the state it was taken in, all that was offered there, and what the state it led to says of itself. */
export interface Step extends EventSubject {
  readonly event: string;
  readonly from: string;
  readonly offered: readonly string[];
  readonly meta: StateMeta;
}

/** A way through a sequence, from its start to the state it stands in. */
export interface Walk {
  readonly steps: readonly Step[];
  readonly state: string;
  readonly offered: readonly string[];
  readonly complete: boolean;
}

/** Every complete walk that takes each wanted event once, and of the incomplete walks the one that takes most. */
export interface Search {
  readonly complete: readonly Walk[];
  readonly furthest: Walk;
}

interface Stop {
  readonly event: string;
  readonly snapshot: AnyMachineSnapshot;
}

/** Searches a sequence, restricted to the wanted events. It asks the machine and nothing else. */
export const searchWalks = remember(
  (sequence, policies: SequencePolicies, wanted: readonly string[]): Search => {
    const walks = walksOf(sequence, policies, [...wanted, planFinished]);
    return {
      complete: walks.filter((walk) => walk.complete && walk.steps.length === wanted.length + 1),
      furthest: walks.filter((walk) => !walk.complete).reduce(further),
    };
  },
);

/** Every complete walk that a sequence has. */
export const completeWalks = remember((sequence, policies: SequencePolicies): readonly Walk[] =>
  walksOf(sequence, policies, sequence.events).filter((walk) => walk.complete),
);

/** The stages and passes of a sequence in the order of its longest walk; what that walk leaves out comes last. */
export const runningOrder = remember((sequence): readonly string[] => {
  const paths = simplePaths(sequence, { externalInput: true, standaloneUpscale: true }, sequence.events);
  const words = paths.map((stops) => stops.map((stop) => stop.event));
  const longest = words.reduce((best, word) => (isFurther(word, best) ? word : best));
  return [...new Set([...longest, ...sequence.events.toSorted()])].filter((event) => event !== planFinished);
});

/** The events of a walk: the word that the machine reads. */
export function wordOf(walk: Walk): readonly string[] {
  return walk.steps.map((step) => step.event);
}

/** The stages of a walk, in order. */
export function stagesOf(walk: Walk): readonly string[] {
  return walk.steps.flatMap((step) => step.stage ?? []);
}

/** Takes the given events one after the other, as far as the machine lets them. */
export function follow(sequence: StageSequence, policies: SequencePolicies, events: readonly string[]): Walk {
  const [initial] = initialTransition(sequence, policies);
  const stops: Stop[] = [];
  let snapshot = initial;
  for (const event of events) {
    if (!snapshot.can({ type: event })) break;
    [snapshot] = transition(sequence, snapshot, { type: event });
    stops.push({ event, snapshot });
  }
  return walkThrough(sequence, initial, stops);
}

function walksOf(
  sequence: StageSequence,
  policies: SequencePolicies,
  events: readonly string[],
): readonly Walk[] {
  const [initial] = initialTransition(sequence, policies);
  return simplePaths(sequence, policies, events).map((stops) => walkThrough(sequence, initial, stops));
}

/** Every way through the machine that takes no event twice. */
function simplePaths(
  sequence: StageSequence,
  policies: SequencePolicies,
  events: readonly string[],
): readonly (readonly Stop[])[] {
  return getSimplePaths(sequence, {
    input: policies,
    events: events.map((type) => ({ type })),
    filterEvents: (snapshot, event) => snapshot.status === 'active' && snapshot.can(event),
  })
    .map((path) => path.steps.slice(1).map(({ event, state }) => ({ event: event.type, snapshot: state })))
    .filter((stops) => new Set(stops.map((stop) => stop.event)).size === stops.length);
}

function walkThrough(sequence: StageSequence, initial: AnyMachineSnapshot, stops: readonly Stop[]): Walk {
  const end = stops.at(-1)?.snapshot ?? initial;
  return {
    steps: stops.map(({ event, snapshot }, index) => {
      const before = stops[index - 1]?.snapshot ?? initial;
      return {
        event,
        ...subjectOf(event),
        from: stateName(before.value),
        offered: offeredBy(sequence, before),
        meta: metasOf(snapshot).reduce((outermost) => outermost),
      };
    }),
    state: stateName(end.value),
    offered: offeredBy(sequence, end),
    complete: end.status === 'done',
  };
}

function offeredBy(sequence: StageSequence, snapshot: AnyMachineSnapshot): readonly string[] {
  return [...runningOrder(sequence), planFinished].filter((type) => snapshot.can({ type }));
}

function further(best: Walk, walk: Walk): Walk {
  return isFurther(wordOf(walk), wordOf(best)) ? walk : best;
}

/** The longer word; of two equally long ones, always the same. */
function isFurther(word: readonly string[], best: readonly string[]): boolean {
  return word.length === best.length ? word.join() < best.join() : word.length > best.length;
}
