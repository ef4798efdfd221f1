import { setTimeout as sleep } from 'node:timers/promises';
import { planStatus, retryPlan } from 'stageplan/bullmq';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { knownPlans, thousandFlows } from './known-plans.ts';
import { flawless, prove } from './proof.ts';
import { ended } from './redis-server.ts';
import { type Box, type BoxFault, openWorkshop, type Workshop } from './workshop.ts';

const jobCount = knownPlans.reduce((sum, { stage_ids }) => sum + stage_ids.length, 0);
let workshop: Workshop;

beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(async () => {
  await workshop.close();
});

async function threeBoxes(fault: BoxFault = {}): Promise<readonly [Box, Box, Box]> {
  return Promise.all([workshop.startBox(fault), workshop.startBox(fault), workshop.startBox(fault)]);
}

/** Three boxes, each with another in its place once it has died. */
async function threeMortalBoxes(fault: BoxFault): Promise<void> {
  const replace = async ({ process }: Box): Promise<void> => {
    process.once('exit', async () => {
      if (workshop.isOpen()) await replace(await workshop.startBox(fault));
    });
  };
  await Promise.all((await threeBoxes(fault)).map(replace));
}

/** How often something was written down of a job. */
function count(what: string, id?: string): number {
  return workshop.log().filter((line) => line.what === what && (id === undefined || line.id === id)).length;
}

/** Freezes a box in the middle of a stage, before its output is there, and gives the id of its job. */
async function frozenInWork({ name, process }: Box): Promise<string> {
  for (;;) {
    process.kill('SIGSTOP');
    await sleep(5);
    const last = workshop
      .log()
      .findLast(({ box, what }) => box === name && (what === 'begun' || what === 'ended'));
    if (last?.what === 'begun' && !workshop.isDone(last.id)) return last.id;
    process.kill('SIGCONT');
    await sleep(1);
  }
}

/** Waits until so many jobs have ended. */
async function ends(jobs: number): Promise<void> {
  while (count('ended') < jobs) await sleep(20);
}

/** The id of the job of a stage, counted from 0, of a plan. */
function job(plan: number, stage: number): string {
  const { fingerprint = '', stage_ids = [] } = knownPlans[plan] ?? {};
  return `${fingerprint}-${stage_ids[stage]}`;
}

/** The plans of all four stages. */
const whole = knownPlans.flatMap(({ stage_ids }, plan) => (stage_ids.length === 4 ? [plan] : []));

async function expectAllDone(): Promise<void> {
  await workshop.settled(jobCount, 'completed');
  expect(await prove(knownPlans, workshop.log(), workshop.queues)).toEqual(flawless);
}

test('1,000 plans run through three boxes, each stage once; one box stops in between when it is asked to', async () => {
  await workshop.submit(thousandFlows);
  const start = Date.now();
  const [first] = await threeBoxes();
  await ends(1000);
  await ended(first.process, 'SIGTERM');
  expect(first.process.exitCode).toBe(0);
  await expectAllDone();
  console.log(`1,000 plans, ${jobCount} stages: ${Date.now() - start} ms`);
  await workshop.submit(thousandFlows);
  await sleep(300);
  expect(count('begun')).toBe(jobCount);
});

test('a box that is killed in the middle of a stage leaves it to another', async () => {
  await workshop.submit(thousandFlows);
  const [first] = await threeBoxes({ work: 3 });
  await ends(100);
  const id = await frozenInWork(first);
  await ended(first.process, 'SIGKILL');
  await workshop.startBox();
  await expectAllDone();
  expect(count('begun', id)).toBe(2);
});

test('a box that is frozen beyond its lock loses its stage, and its word on it counts no more', async () => {
  await workshop.submit(thousandFlows);
  const [first] = await threeBoxes({ work: 3 });
  await ends(100);
  const id = await frozenInWork(first);
  await workshop.settled(jobCount, 'completed');
  first.process.kill('SIGCONT');
  while (count('lost', id) === 0) await sleep(20);
  await expectAllDone();
  expect(count('begun', id)).toBe(2);
});

test('a box that dies between the work and its word on it has not worked for nothing', async () => {
  await workshop.submit(thousandFlows);
  const ids = [job(1, 0), job(3, 1), job(7, 3)];
  await threeMortalBoxes({ fault: 'dies before it says so', ids });
  await expectAllDone();
  expect(ids.map((id) => [count('begun', id), count('skipped', id)])).toEqual(ids.map(() => [1, 1]));
});

test('a stage over which two boxes die is done by a third', async () => {
  await workshop.submit(thousandFlows);
  const ids = [job(7, 1)];
  await threeMortalBoxes({ fault: 'dies over it', ids });
  await expectAllDone();
  expect(ids.map((id) => count('begun', id))).toEqual([3]);
});

test('a Redis that is killed and started again has lost nothing', async () => {
  await workshop.submit(thousandFlows);
  await threeBoxes();
  await ends(200);
  await workshop.redis.crash();
  await ends(1000);
  await workshop.redis.crash();
  await expectAllDone();
});

test('a producer that is killed in the middle leaves whole plans alone, and may begin again', async () => {
  const producer = workshop.startProducer({ count: 1000, batchSize: 25 });
  await new Promise((resolve) => producer.stdout?.once('data', resolve));
  await ended(producer, 'SIGKILL');
  const found = await workshop.jobsByPlan();
  const stages = new Map(knownPlans.map(({ fingerprint, stage_ids }) => [fingerprint, stage_ids.length]));
  expect([...found].filter(([fingerprint, jobs]) => jobs !== stages.get(fingerprint))).toEqual([]);
  expect(found.size).toBeGreaterThan(0);
  expect(found.size).toBeLessThan(1000);
  await threeBoxes();
  await workshop.submit(thousandFlows);
  await expectAllDone();
  expect(count('begun')).toBe(jobCount);
});

test('plans that two producers hand in at once run once', async () => {
  await threeBoxes();
  const producers = [100, 70].map((batchSize) => workshop.startProducer({ count: 1000, batchSize }));
  const codes = producers.map((each) => new Promise((resolve) => each.once('exit', resolve)));
  expect(await Promise.all(codes)).toEqual([0, 0]);
  await expectAllDone();
  expect(count('begun')).toBe(jobCount);
});

test('a stage that throws twice and then works is done at the third try', async () => {
  await workshop.submit(thousandFlows);
  const ids = whole.map((plan) => job(plan, 2));
  await threeBoxes({ fault: 'throws twice', ids });
  await expectAllDone();
  expect(ids.filter((id) => count('begun', id) !== 3)).toEqual([]);
});

test('a plan that failed for good is brought back from the stage that failed', async () => {
  await workshop.submit(thousandFlows);
  const failing = whole.filter((_, index) => index % 3 === 0);
  const ids = failing.map((plan) => job(plan, 1));
  await threeBoxes({ fault: 'fails for good', ids });
  await workshop.settled(failing.length * 3, 'failed');
  const behind = new Set(failing.flatMap((plan) => [job(plan, 2), job(plan, 3)]));
  expect(workshop.log().filter(({ what, id }) => what === 'begun' && behind.has(id))).toEqual([]);
  const [plan = 0] = failing;
  const { fingerprint = '' } = knownPlans[plan] ?? {};
  expect((await planStatus(workshop.queues, fingerprint)).map(({ state }) => state)).toEqual([
    'done',
    'failed',
    'failed',
    'failed',
  ]);
  workshop.mend();
  for (const each of failing)
    expect(await retryPlan(workshop.queues, knownPlans[each]?.fingerprint ?? '')).toHaveLength(3);
  await expectAllDone();
  const again = failing.filter((each) => count('begun', job(each, 0)) !== 1);
  expect(again).toEqual([]);
});

test('affinity loads fewer checkpoints than taking turns', async () => {
  const flows = thousandFlows.slice(0, 200);
  const jobs = knownPlans.slice(0, 200).reduce((sum, { stage_ids }) => sum + stage_ids.length, 0);
  const loads: Record<string, number> = {};
  for (const affinity of [true, false]) {
    await workshop.close();
    workshop = await openWorkshop();
    await workshop.submit(flows);
    await threeBoxes({ affinity, work: 2, load: 20 });
    await workshop.settled(jobs, 'completed');
    loads[String(affinity)] = count('loaded') / 2;
  }
  console.log(`loads per 100 plans: ${loads.true} with affinity, ${loads.false} in turns`);
  expect(loads.true).toBeLessThan((loads.false ?? 0) / 4);
});
