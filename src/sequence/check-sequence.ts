import type { SequencePolicies } from '../../machines/sequence-vocabulary.ts';
import type { SequenceProblem } from './invalid-sequence-error.ts';
import { everyPolicy, explore, type ReachableState } from './reachable-states.ts';
import { metasOf, planFinished, type StageSequence, statesOf, subjectOf } from './sequence.ts';
import { structureProblems } from './structure.ts';
import { completeWalks, wordOf } from './walk.ts';

/**
 * Checks all that a machine must satisfy to serve as a sequence, under every policy.
 *
 * It must be pure and readable, describe every state, plan nothing without a stage, reach every state and its end from
 * everywhere, take no event twice, have at most one word for each set of stages and passes, and give each stage what it
 * takes. Returns the problems; throws nothing.
 */
export function checkSequence(sequence: StageSequence): readonly SequenceProblem[] {
  try {
    const structure = structureProblems(sequence);
    if (structure.length > 0) return structure;
    const reached = everyPolicy.map((policies) => explore(sequence, policies));
    const walked = [
      ...descriptionProblems(sequence),
      ...reachProblems(sequence, reached.flat()),
      ...unique(reached.flatMap(pathProblems)),
    ];
    return walked.length > 0
      ? walked
      : unique(everyPolicy.flatMap((policies) => setProblems(sequence, policies)));
  } catch (error) {
    return [{ code: 'throws', state: '', message: `Walking the machine throws: ${String(error)}` }];
  }
}

function unique(problems: readonly SequenceProblem[]): readonly SequenceProblem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function descriptionProblems(sequence: StageSequence): readonly SequenceProblem[] {
  return statesOf(sequence.root)
    .filter((state) => state !== sequence.root && state.description === undefined)
    .map(({ path }) => {
      const state = path.join('.');
      return {
        code: 'missing_description',
        state,
        message: `${state} lacks a description of why it stands where it stands.`,
      };
    });
}

function reachProblems(
  sequence: StageSequence,
  reached: readonly ReachableState[],
): readonly SequenceProblem[] {
  const names = new Set(reached.map(({ name }) => name));
  return statesOf(sequence.root)
    .filter((state) => state.type === 'atomic' || state.type === 'final')
    .map(({ path }) => path.join('.'))
    .filter((state) => !names.has(state))
    .map((state) => ({
      code: 'unreachable_state',
      state,
      message: `${state} is not reached under any policy.`,
    }));
}

function pathProblems(reached: readonly ReachableState[]): readonly SequenceProblem[] {
  return reached.flatMap((state, index) => [
    ...(onward(state).some(({ snapshot }) => snapshot.status === 'done') ? [] : [deadEnd(state.name)]),
    ...[...state.moves].flatMap(([event, target]) => [
      ...(index === 0 && subjectOf(event).stage === null ? [emptyPlan(state.name, event)] : []),
      ...(onward(target).some(({ moves }) => moves.has(event)) ? [repeatedEvent(state.name, event)] : []),
      ...moveProblems(state, event, target, index === 0),
    ]),
  ]);
}

/** A state and every state that can come after it. */
function onward(from: ReachableState): readonly ReachableState[] {
  const states = new Set([from]);
  for (const state of states) for (const next of state.moves.values()) states.add(next);
  return [...states];
}

function moveProblems(
  from: ReachableState,
  event: string,
  to: ReachableState,
  fromStart: boolean,
): readonly SequenceProblem[] {
  const [before, after] = [metasOf(from.snapshot), metasOf(to.snapshot)];
  const { stage, pass } = subjectOf(event);
  if (event === planFinished)
    return to.snapshot.status === 'done' ? [] : [wrongMeta(from.name, event, 'ends nothing')];
  if (stage === null) {
    const found = after.at(-1)?.pass;
    if (found !== pass) return [wrongMeta(from.name, event, `enters a state of the pass ${found}`)];
    return before.at(-1)?.gives === after.at(-1)?.takes ? [] : [brokenChain(from.name, event)];
  }
  const found = after[0]?.stage_type;
  if (found !== stage) return [wrongMeta(from.name, event, `enters a state of ${found}`)];
  return fromStart || after[0]?.takes === 'nothing' || before[0]?.gives === after[0]?.takes
    ? []
    : [brokenChain(from.name, event)];
}

function setProblems(sequence: StageSequence, policies: SequencePolicies): readonly SequenceProblem[] {
  const words = completeWalks(sequence, policies).map(wordOf);
  const setOf = (word: readonly string[]) => word.toSorted().join();
  return [...new Set(words.map(setOf))]
    .map((set) =>
      words
        .filter((word) => setOf(word) === set)
        .map((word) => word.join(', '))
        .toSorted(),
    )
    .filter((sameSet) => sameSet.length > 1)
    .map((sameSet) => ({
      code: 'ambiguous_set',
      state: '',
      message: `One set has several words: ${sameSet.join('; ')}.`,
    }));
}

function deadEnd(state: string): SequenceProblem {
  return { code: 'dead_end', state, message: `From ${state} no plan can be finished.` };
}

function emptyPlan(state: string, event: string): SequenceProblem {
  return {
    code: 'empty_plan',
    state,
    message: `${state} takes ${event}: the way out of the start must be a stage.`,
  };
}

function repeatedEvent(state: string, event: string): SequenceProblem {
  return { code: 'repeated_event', state, message: `${event}, taken in ${state}, can be taken again later.` };
}

function wrongMeta(state: string, event: string, fault: string): SequenceProblem {
  return { code: 'wrong_meta', state, message: `${event}, taken in ${state}, ${fault}.` };
}

function brokenChain(state: string, event: string): SequenceProblem {
  return {
    code: 'broken_chain',
    state,
    message: `${event}, taken in ${state}, takes what ${state} does not give.`,
  };
}
