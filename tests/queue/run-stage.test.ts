import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { stageRunner } from '../../examples/one-box/run-stage.ts';
import { type HandedJob, jobsOf, toFlow } from '../../src/queue/index.ts';
import { png } from '../compile/webui/images.ts';
import { standInWebui } from '../stand-ins/webui.ts';
import { planOf } from './plans.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stageplan-box-'));
});

const { signal } = new AbortController();

/** Does every stage of a plan, each with what the one before it gave. */
async function done(changes: Parameters<typeof planOf>[0], url: string): Promise<HandedJob['before']> {
  const { handler, skipIfDone } = stageRunner({ url, folder });
  let before: HandedJob['before'] = null;
  for (const { data: job, opts } of jobsOf(
    toFlow(planOf(changes), { target: 'a1111', webui: { fanOut: true } }),
  )) {
    const handed: HandedJob = { id: opts.jobId, queue: 'q', attempt: 1, job, before };
    const found = await skipIfDone(handed);
    before = found ?? (await handler(handed, { signal, progress: async () => undefined })) ?? null;
  }
  return before;
}

test('stages are done one after the other, each image handed on by the name of its file, and none is done twice', async () => {
  const { url, seen } = standInWebui();
  const changes = { batch_size: 2 };
  const last = await done(changes, await url);
  expect(Object.keys(last ?? {})).toEqual(['3-upscale-image-1', '3-upscale-image-2']);
  expect(seen).toHaveLength(5);
  const [[file]] = Object.values(last ?? {});
  expect(readFileSync(join(folder, file), 'base64')).toBe(png(1024, 1024));
  expect(await done(changes, await url)).toEqual(last);
  expect(seen).toHaveLength(5);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('an existing image is read from its path, and a silent failure of the server is none', async () => {
  const { url, seen } = standInWebui({ upscales: false });
  const photo = join(folder, 'photo.png');
  writeFileSync(photo, Buffer.from(png(512, 512), 'base64'));
  await expect(done({ txt2img_enabled: false, input_image: photo }, await url)).rejects.toThrow(
    'should show',
  );
  expect(seen[0]?.body).toMatchObject({ init_images: [png(512, 512)] });
});
