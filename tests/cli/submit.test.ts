import { expect, test } from 'vitest';
import { buildStagePlan, planFingerprint } from '../../src/index.ts';
import type { StageFlow } from '../../src/queue/index.ts';
import { MissingPackageError } from '../../src/require-package.ts';
import { type Outside, run } from './fake-io.ts';

const config = {
  txt2img_enabled: true,
  upscale_enabled: true,
  model: 'base.safetensors',
  sampler_name: 'Euler a',
  seed: 7,
} as const;
const plan = buildStagePlan(config);
const files = {
  'run.json': JSON.stringify(config),
  'plan.json': JSON.stringify(plan),
  'open.json': JSON.stringify({ ...config, seed: -1 }),
  'broken.json': '{',
};
const redis = ['--redis', 'redis://me:s3cret@127.0.0.1:6380/1'];

/** A Redis that takes everything, and the command with its arguments. */
async function submit(argv: readonly string[], outside: Outside = {}) {
  const flows: StageFlow[] = [];
  let closed = 0;
  const producer = {
    addBulk: async (batch: StageFlow[]) => void flows.push(...batch),
    close: async () => {
      closed += 1;
    },
  };
  const done = await run(['submit', ...argv], { files, producer, ...outside });
  expect(done.out + done.err).not.toContain('s3cret');
  expect(done.out + done.err).not.toContain('me:');
  return { ...done, flows, closed };
}

test('hands in RunConfigs and plans, and says how many and where', async () => {
  const { code, out, flows, closed } = await submit([
    'run.json',
    'plan.json',
    '--to',
    'a1111',
    ...redis,
    '--table',
  ]);
  expect({ code, out, closed }).toEqual({
    code: 0,
    out: '2 plans are in the queues of a1111 at redis://127.0.0.1:6380/1.\n',
    closed: 1,
  });
  expect(flows.map(({ data }) => data.plan)).toEqual([planFingerprint(plan), planFingerprint(plan)]);
});

test('hands in each line of NDJSON: a RunConfig, a plan, or what a sweep prints', async () => {
  const sweep = await run(
    ['sweep', 'run.json', '--axis', 'seed=1,2', '--axis', 'upscale.upscale_factor=2,99'],
    { files },
  );
  const stdin = `${sweep.out}${files['plan.json']}\n{"x":1}\n{\n7\n`;
  const { code, out, flows } = await submit(['-', '--to', 'a1111', ...redis, '--ndjson'], { stdin });
  const { submitted, refused } = JSON.parse(out);
  expect(code).toBe(2);
  expect(submitted).toBe(3);
  expect(flows).toHaveLength(3);
  expect(refused.map(({ line }: { line: number }) => line)).toEqual([2, 4, 6, 7, 8]);
  expect(refused[0].error.message).toContain('It has no plan');
});

test('for ComfyUI it takes the names of the backend, and a prefix for the keys', async () => {
  const names = JSON.stringify({ upscalers: { 'R-ESRGAN 4x+': { file: 'x4.pth', scale: 4 } } });
  const outside = { files: { ...files, 'names.json': names } };
  const argv = [
    'run.json',
    '--to',
    'comfyui',
    '--names',
    'names.json',
    '--prefix',
    'studio',
    ...redis,
    '--table',
  ];
  const { out, flows } = await submit(argv, outside);
  expect(out).toContain('1 plan is in the queues of comfyui');
  expect(flows).toMatchObject([{ name: 'comfyui', prefix: 'studio' }]);
});

test('what cannot be handed in is told with what to do, and stops none of the others', async () => {
  const { code, err, out, flows } = await submit([
    'open.json',
    'broken.json',
    'run.json',
    '--to',
    'a1111',
    ...redis,
  ]);
  expect(code).toBe(2);
  expect(flows).toHaveLength(1);
  expect(err).toContain('✗ open.json cannot be handed in.\n  ✗ The plan is not settled');
  expect(err).toContain('\n  ✗ 1-txt2img: State the seed');
  expect(err).toContain('broken.json cannot be used.');
  expect(JSON.parse(out)).toMatchObject({
    submitted: 1,
    refused: [
      { file: 'broken.json', error: { name: 'InputError' } },
      {
        file: 'open.json',
        error: { name: 'OpenPlanError', stages: [{ stage_id: '1-txt2img', reason: 'random_seed' }] },
      },
    ],
  });
});

test('a file that is not there is told, with --ndjson too', async () => {
  const { code, err } = await submit(['none.json', '--to', 'a1111', ...redis, '--ndjson']);
  expect(code).toBe(2);
  expect(err).toContain('There is no such file.');
  const names = await submit(['run.json', '--to', 'a1111', '--names', 'none.json', ...redis]);
  expect({ code: names.code, flows: names.flows }).toEqual({ code: 2, flows: [] });
});

test.each([
  ['--jobs', '2', 'leave it out'],
  ['--resume-after', '2', 'hand all of it in again'],
  ['--fields', 'stages', 'leave it out'],
])('%s of other streams is refused, with what to do', async (flag, value, advice) => {
  const { code, err, flows } = await submit(['run.json', '--to', 'a1111', ...redis, '--ndjson', flag, value]);
  expect({ code, flows }).toEqual({ code: 2, flows: [] });
  expect(err).toContain(`submit does not take it; ${advice}`);
  expect((await run(['submit', '--help'])).out).not.toContain(flag);
});

test('what leaves the machine without TLS is told of', async () => {
  const { err } = await submit(['run.json', '--to', 'a1111', '--redis', 'redis://me:s3cret@10.0.0.5']);
  expect(err).toBe(
    'warning: Take rediss:// for redis://10.0.0.5:6379/0: without TLS, prompts and the password can be read on the way.\n',
  );
  expect((await submit(['run.json', '--to', 'a1111', '--redis', 'rediss://me:s3cret@10.0.0.5'])).err).toBe(
    '',
  );
});

test('a prefix that BullMQ would take apart is refused', async () => {
  const { code, err, flows } = await submit(['run.json', '--to', 'a1111', ...redis, '--prefix', 'a:b']);
  expect({ code, flows }).toEqual({ code: 2, flows: [] });
  expect(err).toContain('It must be a text of 1 to 100 signs without a colon.');
});

test('an address that is none is not repeated', async () => {
  const { code, err } = await submit(['run.json', '--to', 'a1111', '--redis', 'http://me:s3cret@10.0.0.5']);
  expect(code).toBe(2);
  expect(err).toContain('--redis must be redis://');
});

test('a Redis that is not there, goes away, or has no package to reach it is told in one line', async () => {
  const nobody = await run(['submit', 'run.json', '--to', 'a1111', ...redis], { files });
  expect(nobody).toMatchObject({
    code: 2,
    err: expect.stringContaining('Start Redis or Valkey at redis://127.0.0.1:6380/1'),
  });
  const missing = new MissingPackageError('bullmq', 'Handing plans in', ['ioredis']);
  const uninstalled = await submit(['run.json', '--to', 'a1111', ...redis], { producer: missing as never });
  expect(uninstalled).toMatchObject({ code: 2, err: expect.stringContaining('npm install bullmq ioredis') });
  const addBulk = () => Promise.reject(new Error('Connection is closed for me:s3cret.'));
  const gone = await submit(['run.json', '--to', 'a1111', ...redis], {
    producer: { addBulk, close: async () => undefined },
  });
  expect(gone).toMatchObject({
    code: 2,
    err: expect.stringContaining('Redis went away. Hand the same in again'),
  });
});
