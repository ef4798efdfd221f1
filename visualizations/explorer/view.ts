import type { Sheet } from './desk.ts';
import type { Exploration } from './exploration.ts';
import type { Verdict } from './verdict.ts';

/** A part of the page. `show` brings it up to date and leaves alone what a person is typing in. */
export interface View {
  readonly node: HTMLElement;
  readonly show: (exploration: Exploration, verdict: Verdict, sheet: Sheet) => void;
}
