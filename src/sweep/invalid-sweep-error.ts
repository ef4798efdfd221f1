import { listFirst, sayListed } from '../listed.ts';

/** One thing in the axes of a sweep that is wrong. */
export interface SweepProblem {
  /** The axis by its field or name. Empty: the axes together. */
  readonly axis: string;
  readonly code:
    | 'malformed_axis'
    | 'wrong_range'
    | 'unknown_field'
    | 'field_twice'
    | 'different_lengths'
    | 'too_many'
    | 'metadata_taken';
  /** What to do about it. */
  readonly message: string;
  /** The field that was probably meant. */
  readonly suggestion?: string;
}

/** The axes of a sweep are wrong. The first 50 problems are listed, and nothing was planned. */
export class InvalidSweepError extends Error {
  override readonly name = 'InvalidSweepError';
  readonly problems: readonly SweepProblem[];
  /** How many problems there are besides. */
  readonly more: number;

  constructor(problems: readonly SweepProblem[]) {
    const listed = listFirst(problems);
    super(sayListed('The sweep is not valid.', listed));
    this.problems = listed.first;
    this.more = listed.more;
  }
}
