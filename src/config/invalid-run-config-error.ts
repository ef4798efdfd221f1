import { listFirst, sayListed } from '../listed.ts';

/** One field of a RunConfig that is wrong. */
export interface ConfigProblem {
  /** Keys and indexes from the RunConfig to the field, an unknown key cut where it is long. */
  readonly path: readonly (string | number)[];
  readonly code:
    | 'required'
    | 'wrong_type'
    | 'out_of_range'
    | 'not_a_multiple'
    | 'not_allowed'
    | 'unknown_key'
    | 'other_document';
  /** What is wrong and what is allowed, with the field's name. */
  readonly message: string;
  /** The key or value that was probably meant. */
  readonly suggestion?: string;
}

/** The RunConfig has fields that are wrong. The first 50 are listed, and nothing was planned. */
export class InvalidRunConfigError extends Error {
  override readonly name = 'InvalidRunConfigError';
  readonly problems: readonly ConfigProblem[];
  /** How many problems there are besides. */
  readonly more: number;

  /** `uncounted`: the problems that were not even made, since so many were. */
  constructor(problems: readonly ConfigProblem[], uncounted = 0) {
    const listed = listFirst(problems, uncounted);
    super(sayListed('The RunConfig is not valid.', listed));
    this.problems = listed.first;
    this.more = listed.more;
  }
}
