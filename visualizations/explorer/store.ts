import type { Exploration } from './exploration.ts';

/** The one place that the page's state stands in. Everything that shows it is told of each change. */
export interface Store {
  readonly get: () => Exploration;
  readonly change: (change: Partial<Exploration>) => void;
  readonly listen: (listener: (exploration: Exploration) => void) => void;
}

export function createStore(initial: Exploration): Store {
  let exploration = initial;
  const listeners: ((exploration: Exploration) => void)[] = [];
  return {
    get: () => exploration,
    change: (change) => {
      exploration = { ...exploration, ...change };
      for (const listener of listeners) listener(exploration);
    },
    listen: (listener) => {
      listeners.push(listener);
      listener(exploration);
    },
  };
}
