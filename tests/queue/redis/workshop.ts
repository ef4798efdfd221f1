import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FlowProducer, Queue } from 'bullmq';
import { checkpointQueue, type StageFlow } from 'stageplan/bullmq';
import { bundle } from '../../bundle.ts';
import type { BoxSettings } from './box.ts';
import { type LogLine, logReader } from './log.ts';
import { checkpoints } from './plans.ts';
import type { ProducerSettings } from './producer.ts';
import { ended, type RedisServer, startRedis } from './redis-server.ts';

/** What a test says of its boxes; the rest is that of a box which works. */
export type BoxFault = Partial<Pick<BoxSettings, 'fault' | 'ids' | 'work' | 'load' | 'affinity'>>;

/** A Redis with queues, and boxes that can be started, killed and read. */
export interface Workshop {
  readonly redis: RedisServer;
  readonly queues: readonly Queue[];
  readonly log: () => readonly LogLine[];
  readonly mend: () => void;
  /** Whether the output of a job is there, which its box may not have written down yet. */
  readonly isDone: (id: string) => boolean;
  readonly startBox: (fault?: BoxFault) => Promise<Box>;
  readonly startProducer: (settings: Omit<ProducerSettings, 'port'>) => ChildProcess;
  readonly submit: (flows: readonly StageFlow[]) => Promise<void>;
  /** Waits until so many jobs are in a state. */
  readonly settled: (jobs: number, state: 'completed' | 'failed') => Promise<void>;
  /** How many jobs of each plan Redis has, in whatever state. */
  readonly jobsByPlan: () => Promise<ReadonlyMap<string, number>>;
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
}

export interface Box {
  readonly name: string;
  readonly process: ChildProcess;
}

const folder = mkdtempSync(join(tmpdir(), 'stageplan-programs-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The programs of the tests, each bundled once. */
const programs = {
  box: bundle('tests/queue/redis/box.ts'),
  producer: bundle('tests/queue/redis/producer.ts'),
};

export async function openWorkshop(): Promise<Workshop> {
  const program = { box: await programs.box, producer: await programs.producer };
  const redis = await startRedis();
  const outputs = mkdtempSync(join(folder, 'outputs-'));
  const logFile = join(mkdtempSync(join(folder, 'log-')), 'log');
  writeFileSync(logFile, '');
  const connection = {
    host: '127.0.0.1',
    port: redis.port,
    maxRetriesPerRequest: null,
    retryStrategy: () => 50,
  };
  const queues = checkpoints.map((checkpoint) => {
    const queue = new Queue(checkpointQueue('a1111', checkpoint), { connection, prefix: 'stageplan' });
    queue.on('error', () => undefined);
    return queue;
  });
  const children: ChildProcess[] = [];
  const start = (source: string, variable: string, settings: object) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      env: { ...process.env, [variable]: JSON.stringify(settings) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };
  const log = logReader(logFile);
  let boxes = 0;
  let open = true;
  return {
    redis,
    queues,
    log,
    mend: () => writeFileSync(`${outputs}/mended`, ''),
    isDone: (id) => existsSync(`${outputs}/${id}`),
    startBox: async (fault = {}) => {
      boxes += 1;
      const name = `box ${boxes}`;
      const usual = { fault: 'none', ids: [], work: 1, load: 0, affinity: true } as const;
      const settings: BoxSettings = {
        box: name,
        port: redis.port,
        log: logFile,
        outputs,
        ...usual,
        ...fault,
      };
      const child = start(program.box, 'STAGEPLAN_BOX', settings);
      while (open && !log().some(({ box, what }) => box === name && what === 'ready')) await sleep(20);
      return { name, process: child };
    },
    startProducer: (settings) =>
      start(program.producer, 'STAGEPLAN_PRODUCER', { port: redis.port, ...settings }),
    submit: async (flows) => {
      const producer = new FlowProducer({ connection });
      await producer.addBulk([...flows]);
      await producer.close();
    },
    settled: async (jobs, state) => {
      const limit = Date.now() + 100_000;
      for (;;) {
        const counts = await Promise.all(queues.map((queue) => queue.getJobCounts(state)));
        const count = counts.reduce((sum, each) => sum + (each[state] ?? 0), 0);
        if (count >= jobs) return;
        if (Date.now() > limit) throw new Error(`Only ${count} of ${jobs} jobs are ${state}.`);
        await sleep(50);
      }
    },
    jobsByPlan: async () => {
      const jobs = (await Promise.all(queues.map((queue) => queue.getJobs()))).flat();
      const found = new Map<string, number>();
      for (const { data } of jobs) found.set(data.plan, (found.get(data.plan) ?? 0) + 1);
      return found;
    },
    isOpen: () => open,
    close: async () => {
      open = false;
      // A frozen process ends on SIGKILL alone.
      await Promise.all(children.map((child) => ended(child, 'SIGKILL')));
      await Promise.all(queues.map((queue) => queue.close()));
      await redis.stop();
    },
  };
}
