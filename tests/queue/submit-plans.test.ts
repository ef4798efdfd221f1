import { expect, test } from 'vitest';
import { InvalidOptionsError, planFingerprint, type StageExecutionPlan } from '../../src/index.ts';
import { jobsOf, type StageFlow, type SubmitOptions, submitPlans } from '../../src/queue/index.ts';
import { planOf } from './plans.ts';

const a1111 = { target: 'a1111' } as const;

/** A producer that writes down its batches. */
function producerOf() {
  const batches: StageFlow[][] = [];
  return { batches, addBulk: async (flows: StageFlow[]) => void batches.push(flows) };
}

const seven = Array.from({ length: 7 }, (_, seed) => planOf({ seed }));

test('plans are handed in whole, batch by batch, in their order', async () => {
  const producer = producerOf();
  const told: unknown[] = [];
  const onProgress = (progress: unknown) => void told.push(progress);
  expect(await submitPlans(producer, seven, { ...a1111, batchSize: 3, onProgress })).toEqual({
    submitted: 7,
    refused: [],
  });
  expect(producer.batches.map((batch) => batch.length)).toEqual([3, 3, 1]);
  expect(producer.batches.flat().map(({ data }) => data.plan)).toEqual(seven.map(planFingerprint));
  expect(producer.batches.flat().flatMap(jobsOf)).toHaveLength(21);
  expect(told).toEqual([3, 6, 7].map((submitted) => ({ submitted, refused: 0 })));
});

test('a plan is asked for only when Redis has the batch before it', async () => {
  const order: string[] = [];
  async function* plans() {
    for (const [index, plan] of seven.entries()) {
      order.push(`plan ${index}`);
      yield plan;
    }
  }
  const addBulk = async () => void order.push('batch');
  await submitPlans({ addBulk }, plans(), { ...a1111, batchSize: 4 });
  expect(order.indexOf('batch')).toBe(4);
  expect(order.at(-1)).toBe('batch');
});

test('a plan that cannot be handed in is told of by its place, and stops no other', async () => {
  const producer = producerOf();
  const plans = [
    planOf({ seed: -1 }),
    planOf(),
    {} as StageExecutionPlan,
    planOf({ sampler_name: 'Nobody' }),
  ];
  const { submitted, refused } = await submitPlans(producer, plans, { target: 'sdnext' });
  expect(submitted).toBe(producer.batches.flat().length);
  expect(refused.map(({ index, error }) => [index, error.name])).toEqual([
    [0, 'OpenPlanError'],
    [2, 'NoPlanError'],
  ]);
});

test('no plans are none', async () => {
  const producer = producerOf();
  expect(await submitPlans(producer, [], a1111)).toEqual({ submitted: 0, refused: [] });
  expect(producer.batches).toEqual([]);
});

test.each<[string, object]>([
  ['a batch of none', { batchSize: 0 }],
  ['a name that is not called', { onProgress: 'loud' }],
  ['an unknown option', { batch: 3 }],
  ['no target', { target: undefined }],
])('%s is refused before anything is asked for', async (_, options) => {
  const plans = {
    [Symbol.iterator]: () => {
      throw new Error('They were asked for.');
    },
  };
  const refused = submitPlans(producerOf(), plans, { ...a1111, ...options } as SubmitOptions);
  await expect(refused).rejects.toThrow(InvalidOptionsError);
});

test('what is wrong with the caller’s own functions, or with Redis, is thrown as it is', async () => {
  const broken = new RangeError('broken');
  const queueOf = () => {
    throw broken;
  };
  await expect(submitPlans(producerOf(), seven, { ...a1111, queueOf })).rejects.toBe(broken);
  const addBulk = async () => {
    throw broken;
  };
  await expect(submitPlans({ addBulk }, seven, a1111)).rejects.toBe(broken);
});
