import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { InvalidOptionsError } from '../../src/index.ts';
import {
  createStageWorker,
  type FetchedJob,
  type Fetcher,
  jobsOf,
  LockLostError,
  type StageWorkerOptions,
  toFlow,
  UnrecoverableError,
  type WorkerEvent,
} from '../../src/queue/index.ts';
import { planOf } from './plans.ts';

const flows = jobsOf(toFlow(planOf(), { target: 'a1111' }));

/** What a test says of a job. */
interface Said extends Partial<FetchedJob> {
  /** Which stage it is, counted from 0. */
  readonly stage?: number;
  readonly before?: Awaited<ReturnType<FetchedJob['getDependencies']>>;
}

let settled: string[];
let events: WorkerEvent[];
let waiting: Map<string, FetchedJob[]>;
let fetchers: FakeFetcher[];
let stop: AbortController;

/** BullMQ's worker, as far as it is used: its queue is a list. */
class FakeFetcher implements Fetcher {
  readonly name: string;
  readonly options: object;
  readonly calls: string[] = [];
  complain: (error: Error) => void = () => undefined;

  constructor(name: string, _processor: null, options: object) {
    this.name = name;
    this.options = options;
    fetchers.push(this);
  }
  async startStalledCheckTimer(): Promise<void> {
    this.calls.push('stalled checks');
  }
  async getNextJob(): Promise<FetchedJob | undefined> {
    this.calls.push('asked');
    const jobs = waiting.get(this.name) ?? [];
    // Whatever is left, the worker stops once it has found nothing.
    if ([...waiting.values()].every((each) => each.length === 0)) queueMicrotask(() => stop.abort());
    return jobs.shift();
  }
  on(_event: 'error', listener: (error: Error) => void): void {
    this.complain = listener;
  }
  async close(): Promise<void> {
    this.calls.push('closed');
  }
}

function jobOf({ stage = 0, before = {}, ...changes }: Said = {}): FetchedJob {
  const flow = flows[stage];
  const settle = (how: string) => async (word: unknown) => {
    settled.push(`${how} ${word instanceof Error ? word.message : JSON.stringify(word)}`);
  };
  return {
    id: flow?.opts.jobId,
    data: JSON.parse(JSON.stringify(flow?.data)),
    attemptsMade: 0,
    stalledCounter: 0,
    getDependencies: async () => before,
    extendLock: async () => 1,
    updateProgress: async (progress) => void settled.push(`progress ${JSON.stringify(progress)}`),
    moveToCompleted: settle('done'),
    moveToFailed: settle('failed'),
    moveToWait: settle('handed back'),
    moveToWaitingChildren: async () => {
      settled.push('laid aside');
      return true;
    },
    ...changes,
  };
}

beforeEach(() => {
  settled = [];
  events = [];
  waiting = new Map();
  fetchers = [];
  stop = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

const bullmq = { Worker: FakeFetcher };

/** Works off the jobs of a queue, and gives what became of them. */
async function workOff(jobs: readonly FetchedJob[], options: Partial<StageWorkerOptions> = {}) {
  waiting.set('q', [...jobs]);
  const { stopped } = await createStageWorker({
    queues: ['q'],
    connection: {},
    handler: async ({ id }) => `${id.slice(65)}.png`,
    signal: stop.signal,
    onEvent: (event) => void events.push(event),
    idleDelay: 1,
    bullmq,
    ...options,
  });
  await stopped;
  return settled;
}

test('a stage is handed to the handler with what the stage before it gave, and what it gives is kept', async () => {
  const handed: unknown[] = [];
  const handler: StageWorkerOptions['handler'] = async (
    { id, queue, attempt, before, job },
    { progress },
  ) => {
    handed.push({ id: id.slice(65), queue, attempt, before, target: job.target });
    await progress({ step: 1 });
    return { file: 'b.png' };
  };
  await workOff([jobOf({ stage: 1, before: { processed: { key: 'a.png' } }, attemptsMade: 2 })], { handler });
  expect(handed).toEqual([{ id: '2-img2img', queue: 'q', attempt: 3, before: 'a.png', target: 'a1111' }]);
  expect(settled).toEqual(['progress {"step":1}', 'done {"file":"b.png"}']);
  expect(events.map(({ type }) => type)).toEqual(['started', 'done']);
});

test('a handler that gives nothing gives null', async () => {
  expect(await workOff([jobOf()], { handler: async () => undefined })).toEqual(['done null']);
});

test('a graph for ComfyUI is handed over whole', async () => {
  const models = { upscalers: { 'R-ESRGAN 4x+': { file: 'x4.pth', scale: 4 } } };
  const flow = toFlow(planOf(), { target: 'comfyui', comfyui: { models } });
  expect(await workOff([jobOf({ id: flow.opts.jobId, data: flow.data })])).toEqual(['done "1-txt2img.png"']);
});

test('what was done before is not done again', async () => {
  const handler = vi.fn();
  const skipIfDone = async ({ id }: { id: string }) => `${id.slice(65)} is there`;
  expect(await workOff([jobOf()], { handler, skipIfDone })).toEqual(['done "1-txt2img is there"']);
  expect(handler).not.toHaveBeenCalled();
  expect(events.map(({ type }) => type)).toEqual(['started', 'skipped']);
});

test('what a handler throws is the reason, and is BullMQ’s to try again', async () => {
  const handler = async () => {
    throw new TypeError('no GPU');
  };
  expect(await workOff([jobOf()], { handler })).toEqual(['failed no GPU']);
});

test('what a handler throws need not be an error', async () => {
  expect(await workOff([jobOf()], { handler: () => Promise.reject('a text') })).toEqual(['failed a text']);
});

test('without a module it takes the BullMQ that is installed', async () => {
  stop.abort();
  // Nobody listens on port 1 of a machine, and the worker is to stop at once.
  const connection = { host: '127.0.0.1', port: 1, maxRetriesPerRequest: null, retryStrategy: () => null };
  expect(await workOff([], { bullmq: undefined, connection })).toEqual([]);
  expect(fetchers).toEqual([]);
});

describe('fails for good', () => {
  const reasons: string[] = [];
  const moveToFailed = async (error: Error) => {
    expect(error).toBeInstanceOf(UnrecoverableError);
    reasons.push(error.message);
  };
  const other = { ...flows[0]?.data, plan: 'f'.repeat(64) };

  test.each<[string, Said, string]>([
    ['a job whose data are no stage', { data: { plan: 'x' } }, 'are malformed'],
    ['a job whose data have nothing', { data: null }, 'are malformed'],
    ['a job with the data of another', { data: other }, 'the data are those of'],
    [
      'a request that leads elsewhere',
      { data: JSON.parse(JSON.stringify(flows[0]?.data).replace('/sdapi/v1/txt2img', '@example.com/')) },
      'are malformed at "requests.0.path"',
    ],
    [
      'a stage behind one that failed',
      { stage: 1, before: { failed: ['x'] }, deferredFailure: 'x failed' },
      'x failed',
    ],
    [
      'the same without a word of BullMQ’s',
      { stage: 1, before: { failed: ['x'] } },
      'The stage before it failed.',
    ],
    ['a stage over which too many boxes died', { stalledCounter: 6, deferredFailure: 'stalled' }, 'stalled'],
    [
      'a stage whose image is gone',
      { stage: 1 },
      'Remove the plan and hand it in again: the job of 1-txt2img',
    ],
  ])('%s', async (_, said, reason) => {
    const handler = vi.fn();
    await workOff([jobOf({ ...said, moveToFailed })], { handler });
    expect(reasons.at(-1)).toContain(reason);
    expect(handler).not.toHaveBeenCalled();
  });

  test('a stage whose result is too large for a reference, to the byte, or no JSON', async () => {
    const results = ['x'.repeat(63_998), 'x'.repeat(63_999), 'é'.repeat(32_000), 1n as never];
    const jobs = results.map(() => jobOf({ moveToFailed }));
    await workOff(jobs, { handler: async () => results.shift() });
    expect(settled).toHaveLength(1);
    expect(reasons.slice(-3)).toEqual([
      expect.stringContaining('the handler gave 64001 bytes'),
      expect.stringContaining('the handler gave 64002 bytes'),
      expect.stringContaining('Give plain JSON'),
    ]);
  });
});

test('a stage that failed with one that was brought back since is run, or laid aside until its image is there', async () => {
  const deferredFailure = 'the stage before it failed';
  const before = { processed: { key: 'a.png' } };
  await workOff([
    jobOf({ stage: 1, before, deferredFailure }),
    jobOf({ stage: 1, before: { unprocessed: ['key'] }, deferredFailure }),
  ]);
  expect(settled).toEqual(['done "2-img2img.png"', 'laid aside']);
});

test('a stage whose image comes while it is laid aside is run', async () => {
  const answers = [{ unprocessed: ['key'] }, { processed: { key: 'a.png' } }];
  const getDependencies = async () => answers.shift() ?? {};
  await workOff([jobOf({ stage: 1, getDependencies, moveToWaitingChildren: async () => false })]);
  expect(settled).toEqual(['done "2-img2img.png"']);
});

describe('a worker that is to stop', () => {
  test('hands back a stage whose handler throws then, and fetches no other', async () => {
    const handler: StageWorkerOptions['handler'] = async (_, { signal }) => {
      stop.abort(new Error('stop'));
      signal.throwIfAborted();
      return null;
    };
    await workOff([jobOf(), jobOf()], { handler });
    expect(settled).toEqual([expect.stringMatching(/^handed back "[\w-]{36}"$/)]);
    expect(events.at(-1)?.type).toBe('handed_back');
  });

  test('keeps what a handler finishes all the same', async () => {
    const handler = async () => {
      stop.abort();
      return 'finished.png';
    };
    expect(await workOff([jobOf(), jobOf()], { handler })).toEqual(['done "finished.png"']);
  });

  test('closes its connections, also when it idles', async () => {
    await workOff([], { idleDelay: 86_400_000 });
    expect(fetchers.map(({ calls }) => calls)).toEqual([['stalled checks', 'asked', 'closed']]);
  });
});

describe('a lock', () => {
  test('is renewed twice in its duration while the handler works, and not after', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const extendLock = vi.fn().mockRejectedValueOnce(new Error('no connection')).mockResolvedValue(1);
    const handler = async () => {
      await vi.advanceTimersByTimeAsync(1000);
      return null;
    };
    await workOff([jobOf({ extendLock })], { handler, lockDuration: 400 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(extendLock.mock.calls).toEqual(Array.from({ length: 5 }, () => [expect.any(String), 400]));
    expect(settled).toEqual(['done null']);
  });

  test('that is lost aborts the handler, and its word counts no more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const refuse = async () => {
      throw new Error('Missing lock');
    };
    const reasons: unknown[] = [];
    const handler: StageWorkerOptions['handler'] = async (_, { signal }) => {
      await vi.advanceTimersByTimeAsync(300);
      reasons.push(signal.reason);
      return signal.aborted ? null : 'never';
    };
    const lost = { extendLock: async () => 0, moveToCompleted: refuse, moveToFailed: refuse };
    await workOff([jobOf(lost)], { handler, lockDuration: 400 });
    expect(reasons).toEqual([expect.any(LockLostError)]);
    expect(events.map(({ type }) => type)).toEqual(['started', 'lost']);
  });
});

describe('over several queues', () => {
  const order: string[] = [];
  const serve = async (affinity: boolean) => {
    order.length = 0;
    for (const name of ['a', 'b', 'c']) waiting.set(name, [jobOf(), jobOf()]);
    await workOff([], {
      queues: ['a', 'b', 'c'],
      affinity,
      handler: async ({ queue }) => void order.push(queue),
    });
    return order.join('');
  };

  test('the queue of the loaded checkpoint comes first', async () => {
    expect(await serve(true)).toBe('aabbcc');
  });

  test('or each in its turn', async () => {
    expect(await serve(false)).toBe('abcabc');
  });
});

test('trouble with Redis is told, and the worker goes on', async () => {
  let asked = 0;
  class Troubled extends FakeFetcher {
    override async getNextJob() {
      asked += 1;
      if (asked === 1) throw new Error('LOADING');
      if (asked === 2) this.complain(new Error('ECONNRESET'));
      return super.getNextJob();
    }
  }
  expect(await workOff([jobOf()], { bullmq: { Worker: Troubled } })).toEqual(['done "1-txt2img.png"']);
  expect(events.filter(({ type }) => type === 'trouble')).toEqual([
    { type: 'trouble', error: new Error('LOADING') },
    { type: 'trouble', error: new Error('ECONNRESET') },
  ]);
});

test('BullMQ is told what keeps the promise', async () => {
  await workOff([]);
  expect(fetchers[0]?.options).toEqual({
    connection: {},
    prefix: 'stageplan',
    autorun: false,
    lockDuration: 30_000,
    stalledInterval: 30_000,
    maxStalledCount: 5,
  });
});

test('what a listener throws is no fault of the job', async () => {
  const thrown: unknown[] = [];
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => thrown.push(error));
  const fault = new Error('EPIPE');
  const onEvent = () => {
    throw fault;
  };
  await workOff([jobOf()], { onEvent });
  await new Promise(setImmediate);
  process.removeAllListeners('uncaughtException');
  for (const other of others) process.on('uncaughtException', other);
  expect(settled).toEqual(['done "1-txt2img.png"']);
  expect(thrown).toEqual([fault, fault]);
});

test('without anybody who listens a worker works as well', async () => {
  await workOff([jobOf()], { onEvent: undefined, idleDelay: undefined, skipIfDone: undefined });
  expect(settled).toHaveLength(1);
});

test.each<[string, object]>([
  ['no queue', { queues: [] }],
  ['a queue twice', { queues: ['a', 'a'] }],
  ['a queue that BullMQ would take apart', { queues: ['a:b'] }],
  ['no connection', { connection: undefined }],
  ['a connection that is nothing', { connection: null }],
  ['a count of another kind', { maxStalledCount: 1.5 }],
  ['a count beyond reason', { maxStalledCount: 1001 }],
  ['no handler', { handler: undefined }],
  ['no signal', { signal: {} }],
  ['a prefix with a colon', { prefix: 'a:b' }],
  ['a lock of no time', { lockDuration: 0 }],
  ['removeOnComplete', { removeOnComplete: true }],
  ['a count below none', { maxStalledCount: -1 }],
  ['affinity of another kind', { affinity: 'yes' }],
  ['a module without a Worker', { bullmq: {} }],
])('%s is refused', async (_, options) => {
  await expect(workOff([], options)).rejects.toThrow(InvalidOptionsError);
  expect(fetchers).toEqual([]);
});
