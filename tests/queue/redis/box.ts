import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkpointQueue, createStageWorker, type HandedJob, UnrecoverableError } from 'stageplan/bullmq';
import { type LogLine, writeLog } from './log.ts';
import { checkpoints } from './plans.ts';

/** What goes wrong in a box. */
export type Fault = 'none' | 'dies before it says so' | 'dies over it' | 'throws twice' | 'fails for good';

/** How a box of the tests is started. */
export interface BoxSettings {
  readonly box: string;
  readonly port: number;
  readonly log: string;
  /** Where outputs lie: an empty file for each job that was done. */
  readonly outputs: string;
  readonly fault: Fault;
  /** The jobs that the fault happens to, by their ids. */
  readonly ids: readonly string[];
  /** How long a stage takes, and how long a checkpoint takes to load, in milliseconds. */
  readonly work: number;
  readonly load: number;
  readonly affinity: boolean;
}

const settings: BoxSettings = JSON.parse(process.env.STAGEPLAN_BOX ?? '');
const { box, port, log, outputs, fault, affinity } = settings;
const ids = new Set(settings.ids);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
let loaded = '';

function note(what: LogLine['what'], id: string): void {
  writeLog(log, { box, at: Date.now(), what, id });
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** A file that is made once says that something happened: true the first time. */
function first(name: string): boolean {
  const file = `${outputs}/${name}`;
  if (existsSync(file)) return false;
  writeFileSync(file, '');
  return true;
}

async function handler({ id, queue, attempt, before }: HandedJob) {
  if (queue !== loaded) {
    note('loaded', queue);
    loaded = queue;
    await sleep(settings.load);
  }
  note('begun', id);
  if (fault === 'dies over it' && ids.has(id) && (first(`${id}.1`) || first(`${id}.2`))) die();
  if (fault === 'throws twice' && ids.has(id) && attempt <= 2) {
    note('ended', id);
    throw new Error('The server is busy.');
  }
  if (fault === 'fails for good' && ids.has(id) && !existsSync(`${outputs}/mended`)) {
    note('ended', id);
    throw new UnrecoverableError('The checkpoint is broken.');
  }
  await sleep(settings.work);
  writeFileSync(`${outputs}/${id}`, '');
  if (fault === 'dies before it says so' && ids.has(id) && first(`${id}.1`)) die();
  note('ended', id);
  return [...((before as readonly string[] | null) ?? []), id.slice(65)];
}

const { stopped } = await createStageWorker({
  queues: checkpoints.map((checkpoint) => checkpointQueue('a1111', checkpoint)),
  connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null, retryStrategy: () => 50 },
  handler,
  signal: stop.signal,
  // What is done is found by the id of its job.
  skipIfDone: async ({ id, before }) =>
    existsSync(`${outputs}/${id}`)
      ? [...((before as readonly string[] | null) ?? []), id.slice(65)]
      : undefined,
  affinity,
  lockDuration: 1000,
  stalledInterval: 300,
  idleDelay: 20,
  onEvent: (event) => {
    if (
      event.type === 'lost' ||
      event.type === 'skipped' ||
      event.type === 'failed' ||
      event.type === 'handed_back'
    )
      note(event.type, event.id);
  },
});
note('ready', '');
await stopped;
