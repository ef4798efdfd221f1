import { setTimeout as sleep } from 'node:timers/promises';
import { FlowProducer, Queue } from 'bullmq';
import { planFingerprint } from 'stageplan';
import { checkpointQueue, planStatus, submitPlans } from 'stageplan/bullmq';
import { planSweep } from 'stageplan/sweep';
import { checkpoints, connection } from './studio.ts';

// Hands a sweep in, and waits until its plans are done.
const run = {
  txt2img_enabled: true,
  upscale_enabled: true,
  sampler_name: 'Euler a',
  width: 512,
  height: 512,
};
const sweep = planSweep(run, [
  { field: 'model', values: checkpoints },
  { field: 'seed', range: { from: 1, to: 3, step: 1 } },
]);
const plans = Array.from(sweep).flatMap(({ result }) => (result.success ? [result.plan] : []));

const producer = new FlowProducer({ connection });
const { submitted, refused } = await submitPlans(producer, plans, { target: 'a1111' });
await producer.close();
console.log(`${submitted} plans handed in, ${refused.length} refused`);

const queues = checkpoints.map(
  (checkpoint) => new Queue(checkpointQueue('a1111', checkpoint), { connection, prefix: 'stageplan' }),
);
for (const plan of plans) {
  const look = () => planStatus(queues, planFingerprint(plan));
  let stages = await look();
  while (!stages.every(({ state }) => state === 'done' || state === 'failed')) {
    await sleep(200);
    stages = await look();
  }
  for (const { stage_id, state, reason, result } of stages)
    console.log(`${stage_id} ${state} ${reason ?? JSON.stringify(result)}`);
}
await Promise.all(queues.map((queue) => queue.close()));
