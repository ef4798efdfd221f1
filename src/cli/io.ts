import type { OpenProducer } from '../queue/open-producer.ts';
import type { RedisAddress } from '../queue/redis-address.ts';
import type { AnsweredBatch, Batch } from './batch-answers.ts';
import type { LineTask } from './line-task.ts';
import type { Looks } from './look.ts';
import type { WholeFile } from './whole-file.ts';

/** Threads that answer batches. */
export interface Threads {
  readonly answer: (batch: Batch) => Promise<AnsweredBatch>;
  readonly close: () => Promise<void>;
}

/** All that a command may touch of the outside world. */
export interface Io {
  /** Opens a file for reading. Fails with Node's error code when it cannot. */
  readonly open: (path: string) => AsyncIterable<Uint8Array>;
  /** Lists the files in a folder and below it, by their paths. null: it is no folder. */
  readonly list: (path: string) => Promise<readonly string[] | null>;
  /** Begins a file, and the folders that it lies in. Until it is kept, nothing stands under its name that did not before. */
  readonly create: (path: string) => Promise<WholeFile>;
  /** Asks a server for JSON. null: it has nothing there. Fails where no server answers. */
  readonly get: (url: string) => Promise<unknown>;
  /** Opens what hands plans in at a Redis. Fails with a NoRedisError where none answers. */
  readonly openProducer: (address: RedisAddress) => Promise<OpenProducer>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** How many bytes standard input has. undefined: nobody knows. */
  readonly stdinSize?: number | undefined;
  /** Whether standard input is a file or a pipe, and not a keyboard. */
  readonly piped: boolean;
  /** Writes to standard output, and waits until it can take more. */
  readonly out: (text: string | Uint8Array) => Promise<void>;
  readonly err: (text: string) => Promise<void>;
  /** Writes over the last line of standard error. undefined: that is no terminal. */
  readonly rewrite?: ((line: string) => void) | undefined;
  /** Starts so many threads, each with the task of a command. */
  readonly threads: (task: LineTask, count: number) => Promise<Threads>;
  /** The version of stageplan. */
  readonly version: string;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  readonly looks: Looks;
}

/** The exit codes: all well; something was rejected; wrong usage or input that cannot be read. */
export const exitCodes = { fine: 0, rejected: 1, unusable: 2 } as const;
