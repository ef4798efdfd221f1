import { beforeEach, describe, expect, test } from 'vitest';
import { InvalidOptionsError, planFingerprint } from '../../src/index.ts';
import {
  jobsOf,
  MissingQueueError,
  PlanInUseError,
  type PlanJob,
  type PlanQueue,
  planStatus,
  removePlan,
  retryPlan,
  toFlow,
} from '../../src/queue/index.ts';
import { planOf } from './plans.ts';

const plan = planOf({ upscale: { redraw: { denoising_strength: 0.2, model: 'ink' } } });
const fingerprint = planFingerprint(plan);

/** A job that BullMQ keeps, of which a test says the state. */
interface KeptJob extends PlanJob {
  state: string;
}

let jobs: KeptJob[];
let calls: string[];
let queues: PlanQueue[];

beforeEach(() => {
  calls = [];
  const flows = jobsOf(toFlow(plan, { target: 'a1111' }));
  jobs = flows.map(({ opts, queueName }, index): KeptJob => {
    const behind = flows[index + 1];
    const job: KeptJob = {
      id: opts.jobId,
      state: 'waiting-children',
      failedReason: `${queueName} burns`,
      progress: { step: index },
      returnvalue: `${index}.png`,
      parent: behind && { id: behind.opts.jobId, queueKey: `stageplan:${behind.queueName}` },
      getState: async () => job.state,
      retry: async (_state, { resetAttemptsMade }) => {
        calls.push(`retry ${index} ${resetAttemptsMade}`);
        job.state = 'waiting';
      },
      remove: async ({ removeChildren }) => void calls.push(`remove ${index} ${removeChildren}`),
    };
    return job;
  });
  const names = [...new Set(flows.map(({ queueName }) => queueName))];
  queues = names.map((name) => ({
    name,
    getJob: async (id) => jobs.find((job, index) => job.id === id && flows[index]?.queueName === name),
  }));
});

function setStates(...states: readonly string[]): void {
  for (const [index, state] of states.entries()) Object.assign(jobs[index] ?? {}, { state });
}

describe('planStatus', () => {
  test('tells each stage in its order, whichever queues they are in', async () => {
    setStates('completed', 'active', 'waiting-children');
    expect(await planStatus(queues, fingerprint)).toMatchObject([
      {
        stage_id: '1-txt2img',
        queue: 'a1111-base.safetensors',
        state: 'done',
        result: '0.png',
        reason: null,
      },
      { stage_id: '2-img2img', state: 'active', progress: { step: 1 }, result: null, failed_with: null },
      { stage_id: '3-upscale', queue: 'a1111-ink', state: 'waiting' },
    ]);
  });

  test('tells a stage that failed from those that failed with it', async () => {
    setStates('completed', 'failed', 'failed');
    expect(await planStatus(queues, fingerprint)).toMatchObject([
      { state: 'done' },
      { state: 'failed', reason: 'a1111-base.safetensors burns', failed_with: null },
      { state: 'failed', failed_with: '2-img2img' },
    ]);
  });

  test.each(['waiting', 'delayed', 'prioritized', 'waiting-children', 'unknown'])(
    '%s is waiting',
    async (state) => {
      setStates(state);
      expect((await planStatus(queues, fingerprint))[0]).toMatchObject({ state: 'waiting' });
    },
  );

  test('a plan that no queue has is empty', async () => {
    expect(await planStatus(queues, 'f'.repeat(64))).toEqual([]);
    expect(await planStatus(queues, fingerprint, { stageTypes: ['sketch'] })).toEqual([]);
  });

  test('a queue that was not handed over is named', async () => {
    const [first] = queues.slice(0, 1);
    await expect(planStatus(first ? [first] : [], fingerprint)).rejects.toThrow(MissingQueueError);
    await expect(planStatus(first ? [first] : [], fingerprint)).rejects.toThrow(
      'Hand over the queue a1111-ink',
    );
  });
});

test.each<[string, () => Promise<unknown>, string]>([
  ['a plan in place of its fingerprint', () => planStatus(queues, plan as never), 'planFingerprint(plan)'],
  ['no fingerprint', () => removePlan(queues, fingerprint.slice(1)), 'planFingerprint(plan)'],
  ['an option with a slip', () => retryPlan(queues, fingerprint, { stagetypes: [] } as never), 'stageTypes'],
  [
    'one type in place of a list',
    () => planStatus(queues, fingerprint, { stageTypes: 'a' } as never),
    'a list of texts',
  ],
  ['a list of no texts', () => planStatus(queues, fingerprint, { stageTypes: [1] } as never), 'texts'],
])('%s is refused, and not taken for a plan that no queue has', async (_, look, remedy) => {
  const refusal: Error = await look().then(String, (error) => error);
  expect(refusal).toBeInstanceOf(InvalidOptionsError);
  expect(refusal.message).toContain(remedy);
});

describe('retryPlan', () => {
  test('brings back the stage that failed and those behind it, in their order', async () => {
    setStates('completed', 'failed', 'failed');
    expect(await retryPlan(queues, fingerprint)).toEqual(['2-img2img', '3-upscale']);
    expect(calls).toEqual(['retry 1 true', 'retry 2 true']);
    expect(await retryPlan(queues, fingerprint)).toEqual([]);
  });

  test('passes over a stage that somebody else brought back in between', async () => {
    setStates('failed', 'waiting', 'waiting');
    const [job] = jobs;
    Object.assign(job ?? {}, {
      retry: async () => {
        setStates('active');
        throw new Error('not in failed');
      },
    });
    expect(await retryPlan(queues, fingerprint)).toEqual([]);
  });

  test('does not swallow what is wrong with Redis', async () => {
    setStates('failed');
    const [job] = jobs;
    Object.assign(job ?? {}, { retry: () => Promise.reject(new Error('READONLY')) });
    await expect(retryPlan(queues, fingerprint)).rejects.toThrow('READONLY');
  });
});

describe('removePlan', () => {
  test('removes the last stage with all below it', async () => {
    expect(await removePlan(queues, fingerprint)).toEqual(['1-txt2img', '2-img2img', '3-upscale']);
    expect(calls).toEqual(['remove 2 true']);
    expect(await removePlan(queues, 'f'.repeat(64))).toEqual([]);
  });

  test('removes nothing of a plan that a box works on, and says which stage', async () => {
    Object.assign(jobs[2] ?? {}, { remove: () => Promise.reject(new Error('locked')) });
    setStates('completed', 'active');
    await expect(removePlan(queues, fingerprint)).rejects.toThrow(PlanInUseError);
    await expect(removePlan(queues, fingerprint)).rejects.toMatchObject({ stage_id: '2-img2img' });
    setStates('completed', 'completed');
    await expect(removePlan(queues, fingerprint)).rejects.toThrow('locked');
  });
});
