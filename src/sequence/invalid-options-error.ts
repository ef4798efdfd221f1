/** One option that is unknown or of the wrong kind. */
export interface OptionProblem {
  readonly option: string;
  /** What it must be, with its name. */
  readonly message: string;
  /** The option that was probably meant. */
  readonly suggestion?: string;
}

/** A call has options that are unknown or of the wrong kind. Every one of them is listed, and nothing was done. */
export class InvalidOptionsError extends TypeError {
  override readonly name = 'InvalidOptionsError';
  readonly problems: readonly OptionProblem[];

  constructor(problems: readonly OptionProblem[]) {
    super(['The options are not valid.', ...problems.map(({ message }) => `- ${message}`)].join('\n'));
    this.problems = problems;
  }
}
