/** The input is well-formed, but it is no run configuration. */
export class UnknownShapeError extends Error {
  override readonly name = 'UnknownShapeError';
  /** What was found, in words: "a list of 3 runs". */
  readonly found: string;

  constructor(found: string, advice: string) {
    super(`The input is no run configuration: it is ${found}. ${advice}`);
    this.found = found;
  }
}
