/** Standard output takes no more: its reader has gone away (EPIPE), or a disk is full (ENOSPC). */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  /** Node's code of the error. */
  readonly code: string;

  constructor(code: string) {
    super(`Standard output cannot be written: ${reasons[code] ?? code}.`);
    this.code = code;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EFBIG: 'the file would be too large',
  EIO: 'the device failed',
  ENOSPC: 'the disk is full',
  EPIPE: 'nobody reads it any more',
};

/** Whether an error says that the reader of standard output has gone away. It has seen enough: that is no fault. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof OutputError && error.code === 'EPIPE';
}
