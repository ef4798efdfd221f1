import { beforeEach, describe, expect, test, vi } from 'vitest';
import { comfyChecks, runOnComfyui } from '../../examples/run-on-comfyui.ts';
import type { ComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { type StandInComfyui, standInComfyui } from '../stand-ins/comfyui.ts';
import { base, compiled } from './comfyui/comfy-fixtures.ts';

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

const { prompt } = compiled({ ...base, upscale_enabled: true, keep: ['txt2img'] });
const gone = structuredClone(prompt);
Object.assign(gone['upscaler-1']?.inputs ?? {}, { model_name: 'gone.pth' });

test('a graph is queued, waited for, and its pictures are fetched', async () => {
  const { url, seen } = standInComfyui();
  const pictures = await runOnComfyui(prompt, { url: await url, wait: 1 });
  expect([...pictures.keys()]).toEqual(['1-txt2img-save', '2-upscale-save']);
  expect(pictures.get('2-upscale-save')?.[0]?.subarray(1, 4).toString()).toBe('PNG');
  expect(seen).toEqual([prompt]);
});

test('a graph that the server refuses is no silent failure', async () => {
  const { url } = standInComfyui();
  const broken = { a: { class_type: 'KSampler', inputs: {} } };
  await expect(runOnComfyui(broken, { url: await url, checks: {}, wait: 1 })).rejects.toThrow('/prompt: 400');
});

type CheckName = keyof typeof comfyChecks;

/** What a server does without a word, and the one check that sees it. */
const failures: Readonly<Record<string, readonly [StandInComfyui, ComfyPrompt, CheckName]>> = {
  'the file of an upscale model is missing': [{}, gone, 'valid'],
  'a part of the graph is left out': [{ invalid: ['2-upscale-save'] }, prompt, 'whole'],
  'a node fails while it runs': [{ status: 'error' }, prompt, 'finished'],
  'nothing is saved': [{ saves: false }, prompt, 'saved'],
};

const names = Object.keys(comfyChecks) as CheckName[];

describe.each(Object.entries(failures))('%s', (_name, [server, graph, check]) => {
  async function isSeen(without: CheckName | null): Promise<boolean> {
    const { url } = standInComfyui(server);
    const left = Object.fromEntries(Object.entries(comfyChecks).filter(([name]) => name !== without));
    try {
      await runOnComfyui(graph, { url: await url, checks: left, wait: 1 });
      return false;
    } catch {
      return true;
    }
  }

  test('is seen', async () => {
    expect(await isSeen(null)).toBe(true);
  });

  test.each(names)(`is seen without the check "%s", unless that is "${check}"`, async (without) => {
    expect(await isSeen(without)).toBe(without !== check);
  });
});

test('every check is the one that sees a failure', () => {
  expect(Object.values(failures).map(([, , check]) => check)).toEqual(names);
});
