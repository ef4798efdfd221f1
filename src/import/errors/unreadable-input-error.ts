/** The input cannot be read at all. */
export class UnreadableInputError extends Error {
  override readonly name = 'UnreadableInputError';
  readonly code: UnreadableInputCode;
  /** The line that is at fault, counted from 1, where there is one. */
  readonly line: number | undefined;

  constructor(code: UnreadableInputCode, message: string, line?: number) {
    super(message);
    this.code = code;
    this.line = line;
  }
}

/** Why an input cannot be read. The set is closed. */
export type UnreadableInputCode =
  | 'too_large'
  | 'empty'
  | 'not_text'
  | 'conflict_markers'
  | 'cut_off'
  | 'not_json'
  | 'no_parameters';
