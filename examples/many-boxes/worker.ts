import { checkpointQueue, createStageWorker } from 'stageplan/bullmq';
import { standIn } from '../../tests/stand-ins/listen-as-webui.ts';
import { stageRunner } from '../one-box/run-stage.ts';
import { checkpoints, connection } from './studio.ts';

// One box: a WebUI, and a worker that serves the queues of the checkpoints that it has.
const [given, folder = 'out'] = process.argv.slice(2);
const url = given ?? (await standIn());
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const { stopped } = await createStageWorker({
  ...stageRunner({ url, folder }),
  queues: checkpoints.map((checkpoint) => checkpointQueue('a1111', checkpoint)),
  connection,
  signal: stop.signal,
  idleDelay: 200,
  onEvent: (event) =>
    console.log(event.type === 'trouble' ? `trouble ${event.error.message}` : `${event.type} ${event.id}`),
});
console.log(`works with ${url} until Ctrl-C`);
await stopped;
process.exit();
