import { FlowProducer } from 'bullmq';
import { submitPlans } from 'stageplan/bullmq';
import { plansOf } from './plans.ts';

/** How a producer of the tests is started. */
export interface ProducerSettings {
  readonly port: number;
  readonly count: number;
  readonly batchSize: number;
}

// Hands plans in, and says after each batch how many.
const { port, count, batchSize }: ProducerSettings = JSON.parse(process.env.STAGEPLAN_PRODUCER ?? '');
const producer = new FlowProducer({ connection: { host: '127.0.0.1', port } });
await submitPlans(producer, plansOf(count), {
  target: 'a1111',
  batchSize,
  tries: { backoff: { type: 'exponential', delay: 20 } },
  onProgress: ({ submitted }) => process.stdout.write(`${submitted}\n`),
});
await producer.close();
