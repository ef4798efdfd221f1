import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runOnWebui } from '../../examples/run-on-webui.ts';
import type { WebuiCheck, WebuiRequest } from '../../src/compile/webui/index.ts';
import type { RunConfigInput } from '../../src/index.ts';
import { type StandInWebui, standInWebui } from '../stand-ins/webui.ts';
import { png } from './webui/images.ts';
import { compiled, model } from './webui/webui-fixtures.ts';

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

const base = { txt2img_enabled: true, model, sampler_name: 'Euler a', seed: 7 };
const refiner = { refiner_enabled: true, refiner_model_name: 'sd_xl_refiner_1.0.safetensors' };
const hires = { ...base, ...refiner, hires_enabled: true };

function requestsOf(config: RunConfigInput): readonly WebuiRequest[] {
  return compiled(config, { target: 'a1111' });
}

test('a run goes through every stage, each with the picture of the one before it', async () => {
  const { url, seen } = standInWebui();
  const config = { ...hires, img2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  const made = await runOnWebui(requestsOf(config), { url: await url });
  expect([...made.keys()]).toEqual(['1-txt2img', '2-img2img', '3-upscale', '4-adetailer']);
  expect(made.get('4-adetailer')).toEqual([png(2048, 2048)]);
  expect(seen).toHaveLength(4);
  expect(process.stderr.write).toHaveBeenCalledWith('4/4 4-adetailer\n');
});

test('an existing image is handed in', async () => {
  const { url, seen } = standInWebui();
  const requests = requestsOf({ img2img_enabled: true, input_image: 'photo.png' });
  await runOnWebui(requests, { url: await url, image: png(8, 8) });
  expect(seen[0]?.body).toMatchObject({ init_images: [png(8, 8)] });
});

test('a server that fails is no silent failure', async () => {
  const { url } = standInWebui();
  const [request] = requestsOf(base);
  if (request === undefined) throw new Error('One request was expected.');
  const broken = { ...request, body: { enable_hr: true } };
  await expect(runOnWebui([broken], { url: await url })).rejects.toThrow('1-txt2img: 500');
});

/** What a server does without a word, the run that it happens to, and the one check that sees it. */
const failures: Readonly<Record<string, readonly [StandInWebui, RunConfigInput, check: string]>> = {
  'a checkpoint is dropped': [{ checkpoints: [] }, base, 'model'],
  'a sampler is replaced': [{ samplers: [] }, base, 'sampler'],
  'a picture of a batch is missing': [{ most: 1 }, { ...base, batch_size: 2 }, 'images'],
  'the upscaler enlarges nothing': [{ upscales: false }, { ...base, upscale_enabled: true }, 'size'],
  'the refiner is passed over': [{ refiner: false }, { ...base, ...refiner }, 'Refiner'],
  'the refiner works in the second pass alone': [{ refinerPass: 'second pass' }, hires, 'Hires refiner'],
  'the refiner works in the first pass as well': [
    { refinerPass: 'both passes' },
    { ...hires, refiner_pass: 'second' },
    'no Hires refiner',
  ],
  'hires fix is passed over': [
    { hires: false },
    { ...base, hires_enabled: true, hires_upscale_factor: 1 },
    'Hires upscale',
  ],
  'the tab of a detector is skipped': [
    { tabFields: ['ad_model'] },
    { ...base, adetailer_enabled: true },
    'ADetailer model',
  ],
};

const checks = [...new Set(Object.values(failures).map(([, , check]) => check))];

function nameOf(check: WebuiCheck): string {
  if (check.code === 'parameter') return check.keys[0] ?? '';
  return check.code === 'no_parameter' ? `no ${check.key}` : check.code;
}

describe.each(Object.entries(failures))('%s', (_name, [server, config, check]) => {
  const requests = requestsOf(config);

  async function isSeen(without: string | null): Promise<boolean> {
    const { url } = standInWebui(server);
    const left = requests.map((request) => ({
      ...request,
      checks: request.checks.filter((each) => nameOf(each) !== without),
    }));
    try {
      await runOnWebui(left, { url: await url });
      return false;
    } catch (error) {
      expect(String(error)).toContain('should show');
      return true;
    }
  }

  test('is seen', async () => {
    expect(await isSeen(null)).toBe(true);
  });

  test.each(checks)(`is seen without the check "%s", unless that is "${check}"`, async (without) => {
    expect(await isSeen(without)).toBe(without !== check);
  });
});

test('every check that a request can have is the one that sees a failure', () => {
  const everything = { ...hires, img2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  const named = [everything, { ...hires, refiner_pass: 'second' as const }].flatMap((config) =>
    requestsOf(config).flatMap((request) => request.checks.map(nameOf)),
  );
  expect([...new Set(named)].sort()).toEqual([...checks].sort());
});
