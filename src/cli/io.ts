import type { OpenProducer } from '../queue/open-producer.ts';
import type { RedisAddress } from '../queue/redis-address.ts';

/** All that a command may touch of the outside world. */
export interface Io {
  /** Opens a file for reading. Fails with Node's error code when it cannot. */
  readonly open: (path: string) => AsyncIterable<Uint8Array>;
  /** Lists the files in a folder and below it, by their paths. null: it is no folder. */
  readonly list: (path: string) => Promise<readonly string[] | null>;
  /** Writes a file, and the folders that it lies in. */
  readonly save: (path: string, text: string) => Promise<void>;
  /** Asks a server for JSON. null: it has nothing there. Fails where no server answers. */
  readonly get: (url: string) => Promise<unknown>;
  /** Opens what hands plans in at a Redis. Fails with a NoRedisError where none answers. */
  readonly openProducer: (address: RedisAddress) => Promise<OpenProducer>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to standard output, and waits until it can take more. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => Promise<void>;
  /** The version of stageplan. */
  readonly version: string;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  /** Whether standard error takes colour. */
  readonly color: boolean;
}

/** The exit codes: all well; something was rejected; wrong usage or input that cannot be read. */
export const exitCodes = { fine: 0, rejected: 1, unusable: 2 } as const;
