/** One field of a RunConfig that is wrong. */
export interface ConfigProblem {
  /** Keys and indexes from the RunConfig to the field. */
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

/** The RunConfig has fields that are wrong. Every one of them is listed, and nothing was planned. */
export class InvalidRunConfigError extends Error {
  override readonly name = 'InvalidRunConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(['The RunConfig is not valid.', ...problems.map(({ message }) => `- ${message}`)].join('\n'));
    this.problems = problems;
  }
}
