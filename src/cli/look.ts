import { WriteStream } from 'node:tty';

/** How text is shown on a stream. */
export interface Look {
  /** The columns that a line may fill. Infinity: no line is broken. */
  readonly columns: number;
  readonly color: boolean;
}

/** How text is shown on standard output and on standard error. */
export interface Looks {
  readonly out: Look;
  readonly err: Look;
}

/** Text in a file: long lines, no colour. */
export const plainLook: Look = { columns: Number.POSITIVE_INFINITY, color: false };

/** Where nobody is shown anything. */
export const plainLooks: Looks = { out: plainLook, err: plainLook };

/** What is asked of a stream. */
type Shown = { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };

/**
 * How a stream shows text: as wide as its terminal or COLUMNS, in colour where its terminal has it. Node's rules decide about
 * colour: NO_COLOR forbids it unless it is empty, and FORCE_COLOR has it in a pipe too, whatever else is said.
 */
export function lookOf({ isTTY = false, columns }: Shown, env: NodeJS.ProcessEnv): Look {
  const { NO_COLOR, ...others } = env;
  const isForced = env.FORCE_COLOR !== undefined;
  const stated = Number(env.COLUMNS);
  return {
    columns: columns || (stated > 0 ? stated : plainLook.columns),
    // Of the two together Node would warn with each run.
    color: (isTTY || isForced) && WriteStream.prototype.hasColors(isForced || NO_COLOR === '' ? others : env),
  };
}
