import { listFirst, sayListed } from '../listed.ts';

/** One option that is unknown or of the wrong kind. */
export interface OptionProblem {
  /** Its name, cut where it is long. */
  readonly option: string;
  /** What it must be, with its name. */
  readonly message: string;
  /** The option that was probably meant. */
  readonly suggestion?: string;
}

/** A call has options that are unknown or of the wrong kind. The first 50 are listed, and nothing was done. */
export class InvalidOptionsError extends TypeError {
  override readonly name = 'InvalidOptionsError';
  readonly problems: readonly OptionProblem[];

  /** How many problems there are besides. */
  readonly more: number;

  /** `uncounted`: the problems that were not even made, since so many were. */
  constructor(problems: readonly OptionProblem[], uncounted = 0) {
    const listed = listFirst(problems, uncounted);
    super(sayListed('The options are not valid.', listed));
    this.problems = listed.first;
    this.more = listed.more;
  }
}
