import type fc from 'fast-check';

/** A property that is tried with fresh seeds. */
export interface Target {
  readonly name: string;
  readonly property: fc.IProperty<never> | fc.IAsyncProperty<never> | fc.IRawProperty<unknown>;
  /** The part of a round's cases that it takes, where one case is slow. Default: 1. */
  readonly share?: number;
}
