import { visible } from '../visible.ts';

/** Standard output or a file takes no more: its reader has gone away (EPIPE), a disk is full (ENOSPC). */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  /** Node's code of the error. */
  readonly code: string;

  constructor(code: string, place = 'Standard output') {
    super(`${visible(place)} cannot be written: ${reasons[code] ?? code}.`);
    this.code = code;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EEXIST: 'a file stands where its folder should be',
  EFBIG: 'the file would be too large',
  EIO: 'the device failed',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'no file or folder can be made there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where its folder should be',
  EPIPE: 'nobody reads it any more',
  EROFS: 'nothing can be written there',
};

/** Whether an error says that the reader of standard output has gone away. It has seen enough: that is no fault. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof OutputError && error.code === 'EPIPE';
}
