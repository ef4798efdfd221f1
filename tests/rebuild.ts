import { type AnyStateMachine, createMachine, not } from 'xstate';
import * as z from 'zod';

/** What of a state's config these tests change. Everything else is carried along. */
const State = z.looseObject({
  on: z.record(z.string(), z.unknown()).optional(),
  get states() {
    return z.record(z.string(), State).optional();
  },
});
export type State = z.infer<typeof State>;

/** The machine with the keys of every `on` and every `states` in an order drawn from the numbers. */
export function shuffled(machine: AnyStateMachine, numbers: Iterator<number>): AnyStateMachine {
  return rebuild(machine, (root) => shuffleState(root, numbers));
}

/** The machine with some change to its root state. Its guards stay, and each has a twin that says the opposite. */
export function rebuild(machine: AnyStateMachine, change: (root: State) => object): AnyStateMachine {
  const guards = { ...machine.implementations.guards };
  const opposites = Object.keys(guards).map((name) => [`not ${name}`, not(name)]);
  return createMachine(
    { ...change(State.parse(machine.config)) },
    { guards: { ...guards, ...Object.fromEntries(opposites) } },
  );
}

/** The machine with some change to one of its states, which is named by its path. */
export function changeState(machine: AnyStateMachine, state: string, change: object): AnyStateMachine {
  return rebuild(machine, (root) => changeAt(root, state.split('.'), change));
}

function changeAt(root: State, [key = '', ...inside]: readonly string[], change: object): object {
  if (key === '') return { ...root, ...change };
  return { ...root, states: { ...root.states, [key]: changeAt(root.states?.[key] ?? {}, inside, change) } };
}

function shuffleState(state: State, numbers: Iterator<number>): State {
  const states = Object.entries(state.states ?? {}).map(
    ([key, inner]) => [key, shuffleState(inner, numbers)] as const,
  );
  return {
    ...state,
    ...(state.on && { on: Object.fromEntries(shuffle(Object.entries(state.on), numbers)) }),
    ...(state.states && { states: Object.fromEntries(shuffle(states, numbers)) }),
  };
}

function shuffle<Item>(items: readonly Item[], numbers: Iterator<number>): readonly Item[] {
  return items
    .map((item) => ({ item, rank: Number(numbers.next().value) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
