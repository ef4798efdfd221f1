/** Plans have more stages of different work than are counted, or merged into a tree: nothing was made of them. */
export class TooMuchWorkError extends Error {
  override readonly name = 'TooMuchWorkError';
  /** How many stages can be told apart. */
  readonly most: number;

  constructor(made: 'counted' | 'merged', most: number) {
    super(
      `Take fewer plans at once${made === 'merged' ? ', or count them without a tree' : ''}: they have more than ${most.toLocaleString('en-US')} stages of different work, the most that are ${made}.`,
    );
    this.most = most;
  }
}
