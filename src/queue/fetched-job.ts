/** What of a job of BullMQ's is used by a worker that has fetched it. */
export interface FetchedJob {
  readonly id?: string | undefined;
  readonly data: unknown;
  /** How often it was tried before and failed. */
  readonly attemptsMade: number;
  /** How often a box left it in the middle. */
  readonly stalledCounter: number;
  /** Why it has to fail: a stage before it did, or it was left in the middle too often. */
  readonly deferredFailure?: string;
  /** The job before it, by its key: what it gave, or that it is not done, or that it failed. */
  getDependencies(): Promise<{
    readonly processed?: Readonly<Record<string, unknown>>;
    readonly unprocessed?: readonly string[];
    readonly failed?: readonly string[];
  }>;
  extendLock(token: string, duration: number): Promise<number>;
  updateProgress(progress: object): Promise<void>;
  moveToCompleted(result: unknown, token: string, fetchNext: false): Promise<unknown>;
  moveToFailed(error: Error, token: string, fetchNext: false): Promise<unknown>;
  moveToWait(token: string): Promise<unknown>;
  moveToWaitingChildren(token: string): Promise<boolean>;
}

/** What of BullMQ's `Worker` is used, which has no processor and fetches when it is told to. */
export interface Fetcher {
  readonly name: string;
  startStalledCheckTimer(): Promise<void>;
  getNextJob(token: string, how: { readonly block: false }): Promise<FetchedJob | null | undefined>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}
