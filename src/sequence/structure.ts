import type { AnyStateNode } from 'xstate';
import { isPolicyName, policyNames } from '../../machines/policies.ts';
import { cut } from '../path.ts';
import { sayThrown } from '../read-foreign.ts';
import { visible } from '../visible.ts';
import { passEvent, planFinished, subjectOf, switchNamed } from './events.ts';
import { InvalidSequenceError, type SequenceProblem } from './invalid-sequence-error.ts';
import { ImpureError } from './reachable-states.ts';
import type { SequenceReading } from './reading.ts';
import type { StageSequence } from './sequence.ts';
import { type Edge, edgesOf, pathOf, readMeta, statesOf } from './states.ts';

/**
 * What keeps a machine from being read as a sequence: effects, states of other kinds, events, guards or meta that a
 * walk cannot read. Empty for one whose states can be explored.
 */
export function structureProblems(sequence: StageSequence): readonly SequenceProblem[] {
  const edges = edgesOf(sequence);
  return [
    ...statesOf(sequence.root).flatMap(stateProblems),
    ...edges.flatMap(edgeProblems),
    ...nameProblems(new Set(edges.map(({ event }) => event))),
  ];
}

/** @throws {InvalidSequenceError} when the machine cannot be walked, or its plans could be empty or take an image that is not allowed. */
export function assertReadable(reading: SequenceReading): void {
  const problems = reading.problems.length > 0 ? reading.problems : reading.startProblems;
  if (problems.length > 0) throw new InvalidSequenceError(reading.sequence.id, problems);
}

/** What is said of a state that takes other events when it is asked again. */
export function impureIn(state: string): SequenceProblem {
  const message = `${state} takes other events when it is asked again: let guards and context depend on the policies alone.`;
  return { code: 'impure', state, message };
}

/** What XState says of a guard that throws names its event, its state and what it threw. */
const longestSaid = 300;

/** What is said of a machine whose guards or context throw. */
export function walkingThrows(error: unknown): SequenceProblem {
  if (error instanceof ImpureError) return impureIn(error.state);
  const said = visible(cut(sayThrown(error), longestSaid));
  return { code: 'throws', state: '', message: `Walking the machine throws: ${said}` };
}

function stateProblems(state: AnyStateNode): readonly SequenceProblem[] {
  const name = pathOf(state);
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

/** Names that two events share, or that every object has already: one switch could not tell them apart. */
function nameProblems(events: ReadonlySet<string>): readonly SequenceProblem[] {
  return [...events].flatMap((event) => {
    const { stage, pass } = subjectOf(event);
    const name = stage ?? pass ?? '';
    if (name in Object.prototype) {
      const message = `${event} cannot be asked for: every object has a property ${name} already. Give it another name.`;
      return [{ code: 'clash', state: '', message }];
    }
    if (stage === null || !events.has(passEvent(stage))) return [];
    const message = `${stage} is the name of a stage and of a pass: one switch, ${switchNamed(stage)}, cannot ask for both. Give one of them another name.`;
    return [{ code: 'clash', state: '', message }];
  });
}

const knownEvent = new RegExp(`^(?:(?:stage|pass)\\.\\w+|${planFinished.replace('.', '\\.')})$`);

function edgeProblems({ source, event, guard, guarded, targets, effects }: Edge): readonly SequenceProblem[] {
  const name = pathOf(source);
  const problem = (code: SequenceProblem['code'], fault: string) => [
    { code, state: name, message: `${name} on ${event} ${fault}` },
  ];
  // What "always" and "after" turn into; they are reported as such.
  if (event === '' || event.startsWith('xstate.')) return [];
  return [
    ...(knownEvent.test(event) ? [] : problem('unknown_event', sayUnknownEvent(event))),
    ...(targets.length === 1 ? [] : problem('no_target', 'needs exactly one target.')),
    ...(!guarded || guard !== null
      ? []
      : problem('unnamed_guard', 'has a guard without a name, so no rejection could name it.')),
    ...(guard === null || isPolicyName(guard)
      ? []
      : problem('unknown_guard', `has the guard ${guard}: guards are ${policyNames.join(', ')}.`)),
    ...(effects === 0 ? [] : problem('impure', 'has actions: planning changes nothing.')),
  ];
}

function sayUnknownEvent(event: string): string {
  const { stage, pass } = subjectOf(event);
  const name = stage ?? pass;
  return name === null
    ? `is no event of a plan: use stage.X, pass.X or ${planFinished}.`
    : `has the name ${JSON.stringify(name)}: name stages and passes with letters, digits and _.`;
}
