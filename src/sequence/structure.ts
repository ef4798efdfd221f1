import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { InvalidSequenceError, type SequenceProblem } from './invalid-sequence-error.ts';
import { remember } from './remember.ts';
import { namedGuard, planFinished, readMeta, type StageSequence, statesOf } from './sequence.ts';

/**
 * What keeps a machine from being read as a sequence: effects, states of other kinds, events, guards or meta that a
 * walk cannot read. Empty for one that can be walked.
 */
export const structureProblems = remember((sequence): readonly SequenceProblem[] =>
  statesOf(sequence.root).flatMap((state) => [
    ...stateProblems(state),
    ...edgesOf(state).flatMap((edge) => edgeProblems(state, edge)),
  ]),
);

/** @throws {InvalidSequenceError} when the machine cannot be walked. */
export function assertStructure(sequence: StageSequence): void {
  const problems = structureProblems(sequence);
  if (problems.length > 0) throw new InvalidSequenceError(sequence.id, problems);
}

/** Every transition of a state itself, as xstate holds it. */
function edgesOf(state: AnyStateNode): readonly AnyTransitionDefinition[] {
  return [...state.transitions.values()].flat();
}

function stateProblems(state: AnyStateNode): readonly SequenceProblem[] {
  const name = state.path.join('.');
  const { config, type } = state;
  const problems: SequenceProblem[] = [];
  if (type === 'parallel' || type === 'history') {
    problems.push({
      code: 'unsupported_state',
      state: name,
      message: `${name || 'The machine'} is ${type}: a plan is one line of stages.`,
    });
  }
  const effects = ['entry', 'exit', 'invoke', 'always', 'after'].filter(
    (key) => Reflect.get(config, key) !== undefined,
  );
  for (const effect of effects) {
    problems.push({
      code: 'impure',
      state: name,
      message: `${name || 'The machine'} has "${effect}": planning changes nothing and waits for nothing.`,
    });
  }
  if (name !== '' && readMeta(state.meta) === undefined) {
    const message = `${name} lacks meta: { stage_type, pass, takes, gives }.`;
    problems.push({ code: 'missing_meta', state: name, message });
  }
  return problems;
}

const knownEvent = new RegExp(`^(?:(?:stage|pass)\\.\\w+|${planFinished.replace('.', '\\.')})$`);

function edgeProblems(state: AnyStateNode, edge: AnyTransitionDefinition): readonly SequenceProblem[] {
  const name = state.path.join('.');
  const { eventType, target, guard, actions } = edge;
  const problem = (code: SequenceProblem['code'], fault: string) => [
    { code, state: name, message: `${name} on ${eventType} ${fault}` },
  ];
  // What "always" and "after" turn into; they are reported as such.
  if (eventType === '' || eventType.startsWith('xstate.')) return [];
  return [
    ...(knownEvent.test(eventType)
      ? []
      : problem('unknown_event', `is no event of a plan: use stage.X, pass.X or ${planFinished}.`)),
    ...(target?.length === 1 ? [] : problem('no_target', 'needs exactly one target.')),
    ...(guard === undefined || namedGuard(guard) !== undefined
      ? []
      : problem('unnamed_guard', 'has a guard without a name, so no rejection could name it.')),
    ...(actions.length === 0 ? [] : problem('impure', 'has actions: planning changes nothing.')),
  ];
}
