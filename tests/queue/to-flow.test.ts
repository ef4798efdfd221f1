import type { FlowJob } from 'bullmq';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { UncompilablePlanError } from '../../src/compile/webui/index.ts';
import {
  InvalidOptionsError,
  NoPlanError,
  planFingerprint,
  type RunConfigInput,
  resolveSeeds,
  type StageExecutionPlan,
} from '../../src/index.ts';
import {
  checkpointQueue,
  type FlowOptions,
  jobsOf,
  NoBoxError,
  OpenPlanError,
  queueByInventory,
  type StageFlow,
  StageJob,
  type TryOptions,
  toFlow,
} from '../../src/queue/index.ts';
import { legalPlans } from '../../src/testing/index.ts';
import { planOf } from './plans.ts';

const a1111 = { target: 'a1111' } as const;

function queuesOf(plan: StageExecutionPlan, options: FlowOptions): readonly string[] {
  return jobsOf(toFlow(plan, options)).map(({ queueName }) => queueName);
}

test('a flow is one of BullMQ’s', () => {
  expectTypeOf<StageFlow>().toExtend<FlowJob>();
});

test('a plan for a WebUI is a chain of its stages, the last one the root', () => {
  const plan = planOf();
  const flow = toFlow(plan, a1111);
  const fingerprint = planFingerprint(plan);
  expect(flow.opts.jobId).toBe(`${fingerprint}-3-upscale`);
  expect(jobsOf(flow).map(({ opts }) => opts.jobId)).toEqual(
    plan.stages.map(({ id }) => `${fingerprint}-${id}`),
  );
  expect(jobsOf(flow).map(({ children = [] }) => children.length)).toEqual([0, 1, 1]);
});

test('every order of stages is a chain of jobs in that order, each with its own stage and no other', () => {
  for (const { plan: open } of legalPlans()) {
    const { plan } = resolveSeeds(open, () => 1);
    const named = { ...plan, stages: plan.stages };
    const first = named.stages[0];
    if (first?.input.source === 'external' && first.input.image === null) continue;
    const jobs = jobsOf(toFlow(named, { target: 'a1111', webui: { fanOut: true } }));
    expect(jobs.map(({ data }) => data.target !== 'comfyui' && data.stage.id)).toEqual(
      plan.stages.map(({ id }) => id),
    );
    for (const { data } of jobs) {
      if (data.target === 'comfyui') throw new Error('A WebUI was asked for.');
      expect(data.requests.map(({ stage_id }) => stage_id)).toEqual(data.requests.map(() => data.stage.id));
    }
  }
});

test('what is in a job is what its schema takes, and survives JSON', () => {
  for (const target of ['a1111', 'reforge', 'forge', 'comfyui'] as const)
    for (const { data } of jobsOf(
      toFlow(planOf({ batch_size: 1 }), { target, ...(target === 'comfyui' && { comfyui }) }),
    )) {
      expect(JSON.parse(JSON.stringify(data))).toEqual(data);
      expect(StageJob.parse(data)).toEqual(data);
    }
});

const comfyui = { models: { upscalers: { 'R-ESRGAN 4x+': { file: 'x4.pth', scale: 4 } } } } as const;

test('ComfyUI gets the graph of a plan in one job, which is named by the first stage', () => {
  const plan = planOf();
  const flow = toFlow(plan, { target: 'comfyui', comfyui });
  expect(flow).not.toHaveProperty('children');
  expect(flow.opts.jobId).toBe(`${planFingerprint(plan)}-1-txt2img`);
  expect(flow.data).toMatchObject({ target: 'comfyui', stage_ids: ['1-txt2img', '2-img2img', '3-upscale'] });
});

test('a stage of several requests is one job: a redraw, and one request for each image of a batch', () => {
  const plan = planOf({
    img2img_enabled: false,
    batch_size: 2,
    upscale: { redraw: { denoising_strength: 0.2 } },
  });
  const [, upscale] = jobsOf(toFlow(plan, { ...a1111, webui: { fanOut: true } }));
  expect(upscale?.data).toMatchObject({
    requests: [
      { id: '2-upscale-image-1' },
      { id: '2-upscale-redraw-image-1' },
      { id: '2-upscale-image-2' },
      { id: '2-upscale-redraw-image-2' },
    ],
  });
});

test('a stage that fails for good takes all behind it with it; none is removed', () => {
  const jobs = jobsOf(toFlow(planOf(), a1111));
  expect(jobs.map(({ opts }) => opts.failParentOnFailure ?? false)).toEqual([true, true, false]);
  for (const { opts } of jobs)
    expect(opts).toMatchObject({
      attempts: 3,
      backoff: { type: 'exponential', delay: 1000 },
      removeOnComplete: false,
      removeOnFail: false,
    });
});

test('how jobs are tried is for the caller to say', () => {
  const tries = { attempts: 5, backoff: { type: 'fixed', delay: 10 }, priority: 2 } as const;
  expect(toFlow(planOf(), { ...a1111, tries, prefix: 'studio' })).toMatchObject({
    prefix: 'studio',
    opts: tries,
  });
});

describe('refused, with the reason, are', () => {
  test.each([
    ['removeOnComplete', true],
    ['removeOnFail', { count: 10 }],
    ['continueParentOnFailure', true],
    ['ignoreDependencyOnFailure', true],
    ['removeDependencyOnFailure', true],
    ['failParentOnFailure', false],
    ['jobId', 'x'],
    ['deduplication', { id: 'x' }],
    ['parent', {}],
    ['repeat', {}],
  ])('%s', (option, value) => {
    const tries = { [option]: value } as TryOptions;
    expect(() => toFlow(planOf(), { ...a1111, tries })).toThrow(new RegExp(`Leave out ${option}: .{10}`));
  });

  test.each<[string, object]>([
    ['an unknown option', { tires: {} }],
    ['an unknown target', { target: 'invoke' }],
    ['no target', { target: undefined }],
    ['a prefix that BullMQ would take apart', { prefix: 'a:b' }],
    ['a target of the requests', { webui: { target: 'forge' } }],
    ['no attempts', { tries: { attempts: 0 } }],
    ['a backoff of more', { tries: { backoff: { type: 'fixed', delay: 1, jitter: 1 } } }],
    ['a priority that BullMQ does not take', { tries: { priority: 3_000_000 } }],
    ['a queue that BullMQ would take apart', { queueOf: () => 'a:b' }],
    ['a queue without a name', { queueOf: () => '' }],
  ])('%s', (_, options) => {
    expect(() => toFlow(planOf(), { ...a1111, ...options })).toThrow(InvalidOptionsError);
  });

  test.each<[string, RunConfigInput, string]>([
    ['a random seed', { seed: -1 }, '1-txt2img: State the seed, or draw it'],
    ['an open prompt', { prompt: 'a __place__' }, '2-img2img: Expand'],
    [
      'an image that is not named',
      { txt2img_enabled: false, input_image: null },
      '1-img2img: Name the image',
    ],
  ])('%s', (_, changes, said) => {
    expect(() => toFlow(planOf(changes), a1111)).toThrow(OpenPlanError);
    expect(() => toFlow(planOf(changes), a1111)).toThrow(said);
  });

  test('what the target cannot do, and what is no plan', () => {
    expect(() => toFlow(planOf({ model: null }), { target: 'comfyui' })).toThrow(UncompilablePlanError);
    expect(() => toFlow({} as StageExecutionPlan, a1111)).toThrow(NoPlanError);
  });
});

describe('a stage is in the queue of', () => {
  test('its checkpoint; one that needs none is with the stage before it', () => {
    const plan = planOf({ img2img: { model: 'ink' } });
    expect(queuesOf(plan, a1111)).toEqual(['a1111-base.safetensors', 'a1111-ink', 'a1111-ink']);
  });

  test('the checkpoint of its redraw', () => {
    const plan = planOf({ upscale: { redraw: { denoising_strength: 0.2, model: 'ink' } } });
    expect(queuesOf(plan, a1111)).toEqual(['a1111-base.safetensors', 'a1111-base.safetensors', 'a1111-ink']);
  });

  test('whatever is loaded, where no checkpoint is named', () => {
    expect(queuesOf(planOf({ model: null }), a1111)).toEqual(['a1111', 'a1111', 'a1111']);
  });

  test('the caller’s choice', () => {
    const queueOf = ({ stage_type }: { stage_type: string }) => (stage_type === 'txt2img' ? 'draw' : 'mend');
    expect(queuesOf(planOf(), { ...a1111, queueOf })).toEqual(['draw', 'mend', 'mend']);
  });
});

test('every checkpoint has a queue of its own, with a name that BullMQ takes', () => {
  const sign = fc.constantFrom(...'aZ0._- :/\\\u0000é模💡');
  const name = fc.array(sign, { minLength: 1, maxLength: 120 }).map((signs) => signs.join(''));
  const queue = (checkpoint: string) => checkpointQueue('forge', checkpoint);
  fc.assert(
    fc.property(fc.uniqueArray(name), (names) => {
      expect(new Set(names.map(queue)).size).toBe(names.length);
      for (const each of names.map(queue)) expect(each).toMatch(/^forge-[\w.-]{1,100}$/);
    }),
    { numRuns: 50 },
  );
  // What a name is cut down to is the name of no other checkpoint.
  expect(queue(queue('a b').slice('forge-'.length))).not.toBe(queue('a b'));
  expect(queue('SDXL/base: 1.0')).toMatch(/^forge-SDXL_base_1\.0-[0-9a-f]{8}$/);
});

describe('a plan by what boxes have', () => {
  const small = { checkpoint: [['ink']] } as const;
  const large = { checkpoint: [['ink'], ['base.safetensors', 'base']] } as const;

  test('is in the queue of the first boxes that have everything', () => {
    const queueOf = queueByInventory({ small, large });
    expect(queuesOf(planOf(), { ...a1111, queueOf })).toEqual(['large', 'large', 'large']);
    expect(queuesOf(planOf({ model: 'ink' }), { ...a1111, queueOf })).toEqual(['small', 'small', 'small']);
  });

  test('is refused where none has, with what each lacks', () => {
    const queueOf = queueByInventory({ small, large });
    const refused = () => toFlow(planOf({ model: 'film' }), { ...a1111, queueOf });
    expect(refused).toThrow(NoBoxError);
    expect(refused).toThrow(/- small: .*"film" in model[\s\S]*- large: .*"film" in model/);
  });

  test.each<[object | null, string]>([
    [null, 'inventories must name a queue'],
    [{}, 'inventories must name a queue'],
    [{ small, large: { checkpoints: [['ink']] } }, 'Did you mean checkpoint?'],
    [{ small: { checkpoint: ['ink'] } }, 'checkpoint must be a list of things'],
    [{ small: { checkpoint: 'ink' } }, 'checkpoint must be a list of things'],
    [{ small: null }, 'The options must be an object'],
  ])('is refused where %j would have boxes be taken to have everything', (inventories, remedy) => {
    expect(() => queueByInventory(inventories as never)).toThrow(InvalidOptionsError);
    expect(() => queueByInventory(inventories as never)).toThrow(remedy);
  });
});

test('equal plans have equal jobs, and another plan has none of them', () => {
  const ids = (plan: StageExecutionPlan) => jobsOf(toFlow(plan, a1111)).map(({ opts }) => opts.jobId);
  expect(ids(planOf())).toEqual(ids(planOf()));
  expect(ids(planOf({ seed: 8 })).filter((id) => ids(planOf()).includes(id))).toEqual([]);
});
