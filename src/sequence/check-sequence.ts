import { everyPolicy } from '../../machines/policies.ts';
import type { SequenceName } from '../../machines/sequences.ts';
import { mostPairs } from './ambiguity.ts';
import { planFinished, subjectOf } from './events.ts';
import { InvalidOptionsError } from './invalid-options-error.ts';
import type { SequenceProblem } from './invalid-sequence-error.ts';
import { materialProblems } from './known-materials.ts';
import { machineOf } from './options.ts';
import { type ReachableState, reachableStates, statesWithAnEnd } from './reachable-states.ts';
import { readSequence, type SequenceReading } from './reading.ts';
import { stageOnce } from './repeated-events.ts';
import type { StageSequence } from './sequence.ts';
import { pathOf, statesOf } from './states.ts';
import { impureIn, structureProblems, walkingThrows } from './structure.ts';

/**
 * Checks all that a machine must satisfy to serve as a sequence, under every policy.
 *
 * It must be pure and readable, describe every state, plan nothing without a stage, reach every state and its end from
 * everywhere, take no event and begin no stage twice, have at most one order for each set of stages and passes, and give
 * each stage what it takes, a shipped one what that takes. Returns the problems; throws nothing. It grows with the transitions; the search for a second
 * order stops at 100,000 pairs of ways.
 */
export function checkSequence(sequence: StageSequence | SequenceName): readonly SequenceProblem[] {
  try {
    return problemsOf(machineOf(sequence));
  } catch (error) {
    if (error instanceof InvalidOptionsError)
      return error.problems.map(({ message }) => ({ code: 'no_machine', state: '', message }));
    return [walkingThrows(error)];
  }
}

function problemsOf(sequence: StageSequence): readonly SequenceProblem[] {
  const structure = structureProblems(sequence);
  if (structure.length > 0) return structure;
  const readings = everyPolicy.map((policies) => readSequence(sequence, policies));
  // The widest reading asks every guard.
  const impure = readings.slice(0, 1).flatMap(purityProblems);
  if (impure.length > 0) return impure;
  const walked = [
    ...descriptionProblems(sequence),
    ...materialProblems(sequence, new Map()),
    ...unique(readings.flatMap(({ problems }) => problems)),
    ...reachProblems(sequence, readings),
    ...endProblems(readings),
    ...unique(readings.flatMap(pathProblems)),
    ...unique(readings.flatMap(({ startProblems }) => startProblems)),
  ];
  return walked.length > 0 ? walked : unique(readings.flatMap(orderProblems));
}

function unique(problems: readonly SequenceProblem[]): readonly SequenceProblem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

/** The states that answer otherwise when the machine is asked a second time: what else is found of it may be wrong as well. */
function purityProblems({ sequence, policies, states }: SequenceReading): readonly SequenceProblem[] {
  const answers = new Map(states.map(({ name, moves }) => [name, moves]));
  return reachableStates(sequence, policies)
    .filter(({ name, moves }) => !leadAlike(moves, answers.get(name) ?? moves))
    .map(({ name }) => impureIn(name));
}

function leadAlike(some: ReachableState['moves'], others: ReachableState['moves']): boolean {
  return some.size === others.size && [...some].every(([event, to]) => others.get(event)?.name === to.name);
}

function descriptionProblems(sequence: StageSequence): readonly SequenceProblem[] {
  return statesOf(sequence.root)
    .filter((state) => state !== sequence.root && state.description === undefined)
    .map((node) => {
      const state = pathOf(node);
      const message = `${state} lacks a description of why it stands where it stands.`;
      return { code: 'missing_description', state, message };
    });
}

function reachProblems(
  sequence: StageSequence,
  readings: readonly SequenceReading[],
): readonly SequenceProblem[] {
  const reached = new Set(readings.flatMap(({ states }) => states.map(({ name }) => name)));
  return statesOf(sequence.root)
    .filter(({ type }) => type === 'atomic' || type === 'final')
    .map(pathOf)
    .filter((state) => !reached.has(state))
    .map((state) => ({
      code: 'unreachable_state',
      state,
      message: `${state} is not reached under any policy.`,
    }));
}

/** A sequence that has no plan under any policy. */
function endProblems(readings: readonly SequenceReading[]): readonly SequenceProblem[] {
  const starts = readings.flatMap(({ states }) => states.slice(0, 1));
  const ending = readings.some(({ states }) => statesWithAnEnd(states).length > 0);
  return ending ? [] : starts.slice(0, 1).map(deadEnd);
}

function pathProblems({ states, problems }: SequenceReading): readonly SequenceProblem[] {
  const ending = new Set(statesWithAnEnd(states).map(({ name }) => name));
  return [
    // Under some policies there may be no plan at all, as where no existing image is allowed and every plan takes one.
    ...states.filter(({ name }, index) => index > 0 && !ending.has(name)).map(deadEnd),
    ...states.flatMap(stateProblems),
    ...states.flatMap((state, index) =>
      [...state.moves].flatMap(([event, target]) => moveProblems(state, event, target, index === 0)),
    ),
    ...(problems.length > 0 ? [] : repeatedStages(states)),
  ];
}

/** A state is of the stage that the states around it are of, and the end of a plan is of none. */
function stateProblems({ name: state, outer, inner, final }: ReachableState): readonly SequenceProblem[] {
  const message = final
    ? `${state} ends the plan, so no stage can begin in it: its stage_type must be null.`
    : `${state} is of the stage ${inner.stage_type}, but stands in one of ${outer.stage_type}.`;
  const isWrong = inner.stage_type !== outer.stage_type || (final && outer.stage_type !== null);
  return isWrong ? [{ code: 'wrong_meta', state, message }] : [];
}

function moveProblems(
  from: ReachableState,
  event: string,
  to: ReachableState,
  fromStart: boolean,
): readonly SequenceProblem[] {
  const { stage, pass } = subjectOf(event);
  if (event === planFinished) return to.final ? [] : [wrongMeta(from.name, event, 'ends nothing')];
  if (to.final) return [wrongMeta(from.name, event, `ends the plan, which only ${planFinished} does`)];
  if (to.outer.stage_type === null) return [wrongMeta(from.name, event, 'enters a state of no stage')];
  if (stage !== null && to.outer.stage_type !== stage)
    return [wrongMeta(from.name, event, `enters a state of ${to.outer.stage_type}`)];
  if (to.inner.pass !== pass)
    return [wrongMeta(from.name, event, `enters a state of the pass ${to.inner.pass}`)];
  if (begun(from, to) === null)
    return from.inner.gives === to.inner.takes ? [] : [brokenChain(from.name, event)];
  return fromStart || to.outer.takes === 'nothing' || from.outer.gives === to.outer.takes
    ? []
    : [brokenChain(from.name, event)];
}

/** The stage that begins between two states, or null. */
function begun({ outer: from }: ReachableState, { outer: to }: ReachableState): string | null {
  return to.stage_type === from.stage_type ? null : to.stage_type;
}

/** The stages that some way begins twice, by whatever events. */
function repeatedStages(states: readonly ReachableState[]): readonly SequenceProblem[] {
  const bits = new Map<string, bigint>();
  const ahead = new Map<ReachableState, bigint>();
  const begunFrom = (state: ReachableState) => ahead.get(state) ?? 0n;
  const problems: SequenceProblem[] = [];
  for (const state of states.toReversed()) {
    let all = begunFrom(state);
    for (const [event, target] of state.moves) {
      const behind = begunFrom(target);
      all |= behind;
      const stage = begun(state, target);
      if (stage === null) continue;
      const bit = bits.get(stage) ?? 1n << BigInt(bits.size);
      bits.set(stage, bit);
      all |= bit;
      if ((behind & bit) !== 0n) problems.push(repeatedStage(state.name, event, stage));
    }
    ahead.set(state, all);
  }
  return problems;
}

function orderProblems({ ambiguity }: SequenceReading): readonly SequenceProblem[] {
  switch (ambiguity.kind) {
    case 'none':
      return [];
    case 'orders': {
      const orders = ambiguity.orders.map((order) => order.join(', ')).toSorted();
      return [
        { code: 'ambiguous_set', state: '', message: `One set has several orders: ${orders.join('; ')}.` },
      ];
    }
    case 'undecided':
      return [
        {
          code: 'undecided_order',
          state: '',
          message: `Whether each set has one order was not decided within ${mostPairs} pairs of ways: split the sequence, or let fewer stages stand in more than one place.`,
        },
      ];
  }
}

function deadEnd({ name: state }: ReachableState): SequenceProblem {
  return { code: 'dead_end', state, message: `From ${state} no plan can be finished.` };
}

function repeatedStage(state: string, event: string, stage: string): SequenceProblem {
  return {
    code: 'repeated_stage',
    state,
    message: `${event}, taken in ${state}, begins the stage ${stage}, which can begin again later. ${stageOnce}`,
  };
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
