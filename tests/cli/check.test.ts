import { expect, test } from 'vitest';
import { objectInfo } from '../compile/comfyui/object-info.ts';
import { run } from './fake-io.ts';

const config = { txt2img_enabled: true, model: 'sd_xl_base_1.0.safetensors', seed: 7 };
const samplers = [{ name: 'DPM++ 2M', aliases: [] }];
const models = [{ title: 'sd_xl_base_1.0.safetensors [31e35c80fc]' }];
const files = {
  'run.json': JSON.stringify(config),
  'saved.json': JSON.stringify({ '/sdapi/v1/sd-models': models, '/sdapi/v1/samplers': samplers }),
  'nodes.json': JSON.stringify(objectInfo),
  'list.json': '[]',
};
const url = 'http://127.0.0.1:7860';
const check = (argv: readonly string[], server?: Readonly<Record<string, unknown>>) =>
  run(['check', ...argv], { files, ...(server !== undefined && { server }) });

test('a server that has all of a run is fine, and what it does not say is told', async () => {
  const server = { [`${url}/sdapi/v1/samplers`]: samplers };
  const { code, out } = await check(['run.json', '--to', 'a1111', '--url', `${url}/`, '--table'], server);
  expect([code, out]).toEqual([
    0,
    '✓ The server has all that could be checked.\n  Not checked, since the server does not say: checkpoint.\n',
  ]);
  const saved = await check(['run.json', '--to', 'forge', '--inventory', 'saved.json', '--table']);
  expect(saved.out).toBe('✓ The server has all that the plan asks for.\n');
});

test('what a server lacks is told with the nearest name, and exits 1', async () => {
  const server = {
    [`${url}/sdapi/v1/sd-models`]: [{ title: 'sd_xl_base_1.1.safetensors' }],
    [`${url}/sdapi/v1/samplers`]: [],
  };
  const { code, out, err } = await check(['run.json', '--to', 'a1111', '--url', url], server);
  expect(code).toBe(1);
  expect(err).toContain('run.json asks for what the server lacks.\n  ✗ Install or rename the checkpoint');
  expect(err).toContain('Did you mean sd_xl_base_1.1.safetensors?');
  expect(JSON.parse(out).missing).toMatchObject([
    { code: 'missing_checkpoint' },
    { code: 'missing_sampler' },
  ]);
  const shown = await check(['run.json', '--to', 'a1111', '--url', url, '--table'], server);
  expect(shown.out).toBe('');
});

test('ComfyUI is asked for its nodes, and they are read from a file as well', async () => {
  const asked = await check(['run.json', '--to', 'comfyui', '--url', url], {
    [`${url}/object_info`]: objectInfo,
  });
  expect(asked).toMatchObject({ code: 0, err: '' });
  expect((await check(['run.json', '--to', 'comfyui', '--inventory', 'nodes.json'])).code).toBe(0);
});

test('a server that is not there, and a file that is no object, are said by their own names', async () => {
  const gone = await check(['run.json', '--to', 'a1111', '--url', url]);
  expect([gone.code, gone.err]).toEqual([
    2,
    expect.stringMatching(/^✗ http:\/\/127\.0\.0\.1:7860 cannot be used\.\n {2}✗ No server answers at /),
  ]);
  const list = await check(['run.json', '--to', 'a1111', '--inventory', 'list.json']);
  expect([list.code, list.err]).toEqual([
    2,
    expect.stringMatching(/^✗ list\.json cannot be used\.\n.*must hold an object/),
  ]);
  const neither = await check(['run.json', '--to', 'a1111']);
  expect([neither.code, neither.err]).toEqual([
    2,
    expect.stringContaining('say where the server is with --url'),
  ]);
});

test.each(['file:///etc/passwd', '127.0.0.1', 'http://me:secret@127.0.0.1:7860'])(
  '%s is no address of a server',
  async (address) => {
    const { code, out, err } = await check(['run.json', '--to', 'a1111', '--url', address]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--url must be http://HOST:PORT or https://HOST, without a password');
    expect(err).not.toContain('secret');
  },
);

test('a run without a plan is refused', async () => {
  const rejected = await run(['check', '-', '--to', 'a1111', '--inventory', 'saved.json'], {
    files,
    stdin: '{"adetailer_enabled":true}',
  });
  expect(rejected.code).toBe(1);
});
