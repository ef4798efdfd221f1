import { type Desk, sheetOn, withSheet } from './desk.ts';
import type { Exploration } from './exploration.ts';

/**
 * How a change stands in the history: a step of its own, one more of a burst such as typing in a field, a look at another
 * run of the same desk, or nothing that it should know.
 */
export type Step = { readonly burst: string } | 'step' | 'look' | 'none';

/** The one place that the page's state stands in. Everything that shows it is told of each change. */
export interface Store {
  readonly get: () => Exploration;
  readonly desk: () => Desk;
  /** Changes the run that is looked at. `burst`: the field that is being typed in. */
  readonly change: (change: Partial<Exploration>, burst?: string) => void;
  readonly put: (desk: Desk, step: Step) => void;
  readonly listen: (listener: (desk: Desk, step: Step) => void) => void;
}

export function createStore(initial: Desk): Store {
  let desk = initial;
  const listeners: ((desk: Desk, step: Step) => void)[] = [];
  const put: Store['put'] = (next, step) => {
    desk = next;
    for (const listener of listeners) listener(desk, step);
  };
  const get = () => sheetOn(desk).exploration;
  return {
    get,
    desk: () => desk,
    // What was half typed gives way to the change: undo brings it back.
    change: (change, burst) =>
      put(
        { ...withSheet(desk, { exploration: { ...get(), ...change }, draft: null }), refusal: null },
        burst === undefined ? 'step' : { burst },
      ),
    put,
    listen: (listener) => {
      listeners.push(listener);
      listener(desk, 'none');
    },
  };
}
