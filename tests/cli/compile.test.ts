import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../src/cli/compile-answers.ts';
import { plainLook } from '../../src/cli/look.ts';
import { toComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { toWebuiRequests } from '../../src/compile/webui/index.ts';
import { buildStagePlan } from '../../src/index.ts';
import { png } from '../compile/webui/images.ts';
import { serve } from '../stand-ins/serve.ts';
import { standInWebui } from '../stand-ins/webui.ts';
import { run } from './fake-io.ts';

const config = {
  txt2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  model: 'sd_xl_base_1.0.safetensors',
  prompt: "it's a lighthouse",
  seed: 7,
};
const plan = buildStagePlan(config);
const files = { 'run.json': JSON.stringify(config), 'plan.json': JSON.stringify(plan) };
const compile = (argv: readonly string[], outside: object = {}) =>
  run(['compile', ...argv], { files, ...outside });

describe('compile', () => {
  test.each(['run.json', 'plan.json'])('prints the requests or the graph of %s as JSON', async (file) => {
    const webui = await compile([file, '--to', 'a1111']);
    expect(webui).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(webui.out)).toEqual(toWebuiRequests(plan, { target: 'a1111' }));
    expect(JSON.parse((await compile([file, '--to', 'comfyui'])).out)).toEqual(toComfyPrompt(plan));
  });

  test('prints a table with warnings on a terminal', async () => {
    const webui = await compile(['run.json', '--to', 'forge'], { terminal: true });
    expect(webui.out.split('\n')).toEqual([
      'request      POST                          takes      looks for',
      '1-txt2img    /sdapi/v1/txt2img             nothing    images, size, model, sampler',
      '2-upscale    /sdapi/v1/extra-single-image  1-txt2img  images, size',
      '3-adetailer  /sdapi/v1/img2img             2-upscale  images, size, model, parameter',
      '',
      '3 requests',
      '',
    ]);
    const comfy = await compile(['run.json', '--to', 'comfyui', '--table']);
    expect(comfy.out).toContain('1-txt2img-sample                 KSampler');
    expect(comfy.out).toContain('warning: 3-adetailer repaints what "face_yolov8n.pt" finds');
    const photo = { img2img_enabled: true, input_image: 'a.png' };
    const two = { txt2img_enabled: true, upscale_enabled: true, batch_size: 2 };
    for (const [stdin, flags, said] of [
      [photo, [], 'a.png'],
      [{ ...photo, input_image: null }, [], 'an image'],
      [two, ['--fan-out'], 'image 2 of 1-txt2img'],
    ] as const) {
      const { out } = await compile(['-', '--to', 'a1111', '--table', ...flags], {
        stdin: JSON.stringify(stdin),
      });
      expect(out).toContain(said);
    }
    expect(
      (await compile(['-', '--to', 'a1111', '--table'], { stdin: '{"img2img_enabled":true}' })).out,
    ).toContain('warning: 1-img2img starts from an existing image that is not named');
  });

  test('refuses what the backend cannot do, and exits 1', async () => {
    const { code, out, err } = await compile(['run.json', '--to', 'sdnext']);
    expect(code).toBe(1);
    expect(err).toContain('run.json cannot be done by sdnext.\n  ✗ 3-adetailer: Say in the option detectors');
    expect(JSON.parse(out)).toMatchObject({
      file: 'run.json',
      error: { name: 'UncompilablePlanError', target: 'sdnext', refusals: [{ code: 'no_detector' }] },
    });
  });

  test('reads what the backend calls detectors, upscalers and LoRAs', async () => {
    const names = { detectors: { 'face_yolov8n.pt': 'face-yolo8n' } };
    const others = {
      ...files,
      'names.json': JSON.stringify(names),
      'wrong.json': '{"detector":{},"loras":{"a":1}}',
    };
    const named = await compile(['run.json', '--to', 'sdnext', '--names', 'names.json'], { files: others });
    expect(named.code).toBe(0);
    const wrong = await compile(['run.json', '--to', 'sdnext', '--names', 'wrong.json'], { files: others });
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain(
      '✗ wrong.json cannot be used.\n  ✗ It is not what --names reads: Invalid input: expected string, received number at loras.a; Unrecognized key: "detector".',
    );
  });

  test('refuses a run without a plan, and a plan that its sequence would not have built', async () => {
    const rejected = await compile(['-', '--to', 'a1111'], { stdin: '{"adetailer_enabled":true}' });
    expect(rejected.code).toBe(1);
    for (const changes of [{ events: [] }, { sequence: { id: 'unknown' } }, { sequence: 1 }]) {
      const { code, err } = await compile(['-', '--to', 'a1111'], {
        stdin: JSON.stringify({ ...plan, ...changes }),
      });
      expect(code).toBe(1);
      expect(err).toContain('standard input is not a valid plan.');
    }
  });

  test('writes files with --out, and says which', async () => {
    const saved: Record<string, string> = {};
    const { out } = await compile(['run.json', '--to', 'a1111', '--out', 'made/', '--table'], { saved });
    expect(out).toBe('made/1-txt2img.json\nmade/2-upscale.json\nmade/3-adetailer.json\n');
    expect(JSON.parse(saved['made/1-txt2img.json'] ?? '')).toMatchObject({ id: '1-txt2img' });
    const comfy = await compile(['run.json', '--to', 'comfyui', '--out', 'made'], { saved });
    expect(JSON.parse(comfy.out)).toEqual({ files: ['made/prompt.json'] });
    const script = await compile(['run.json', '--to', 'comfyui', '--format', 'curl', '--out', 'made'], {
      saved,
    });
    expect(JSON.parse(script.out)).toEqual({ files: ['made/run.sh'] });
    const refused = await compile(['run.json', '--to', 'sdnext', '--out', 'made'], { saved });
    expect(refused.code).toBe(1);
    expect(Object.keys(saved)).toHaveLength(5);
  });

  test('compiles what is imported, by the sequence that has its order', async () => {
    const image = readFileSync('examples/import/lighthouse.png');
    const outside = { files: { 'a.png': image } };
    const { code, out, err } = await compile(['--import', 'a.png', '--to', 'a1111'], outside);
    expect([code, err.includes('Eta is lost')]).toEqual([0, true]);
    expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toEqual(['1-txt2img', '2-adetailer']);
    const other = ['--import', 'a.png', '--to', 'a1111', '--sequence', 'detail-before-upscale'];
    expect((await compile(other, outside)).code).toBe(0);
  });

  test('writes the files of one run', async () => {
    const job = { txt2img: { steps: 20 }, pipeline: { txt2img_enabled: true } };
    const several = { files: { 'a.json': JSON.stringify({ jobs: [job, job] }) } };
    const imported = await run(['build', '--import', 'a.json'], several);
    if (!Array.isArray(JSON.parse(imported.out))) throw new Error('It should hold several runs.');
    const { code, err } = await compile(['--import', 'a.json', '--to', 'a1111', '--out', 'made'], several);
    expect([code, err]).toEqual([2, expect.stringContaining('--out writes the files of one')]);
  });

  test('takes a file or an import, not both and not neither', async () => {
    for (const [argv, said] of [
      [[], 'name a file, or pipe one in'],
      [['run.json', '--import', 'a.png'], '--import takes the place of a RunConfig or a plan'],
    ] as const) {
      const { code, err } = await compile([...argv, '--to', 'a1111']);
      expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});

test('an error that is no refusal is a bug, and thrown', () => {
  const flags = { to: 'nowhere' as 'a1111', format: 'json' } as const;
  const source = { name: 'a', place: { file: 'a' }, looks: { out: plainLook, err: plainLook } };
  expect(() => compilePlan(plan, flags, {}, source)).toThrow(RangeError);
});

describe('--format curl', () => {
  /** Runs a script in a folder of its own. */
  async function shell(script: string, inputs: Readonly<Record<string, string>> = {}): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'stageplan-'));
    for (const [name, base64] of Object.entries(inputs))
      writeFileSync(join(folder, name), Buffer.from(base64, 'base64'));
    writeFileSync(join(folder, 'run.sh'), script);
    await promisify(execFile)('sh', ['run.sh'], { cwd: folder });
    return folder;
  }

  test('is a script that runs as it is, and hands images on through files', async () => {
    const { url, seen } = standInWebui();
    const { out } = await compile(['run.json', '--to', 'a1111', '--format', 'curl', '--url', await url]);
    const folder = await shell(out);
    expect(seen.map(({ path }) => path)).toEqual([
      '/sdapi/v1/txt2img',
      '/sdapi/v1/extra-single-image',
      '/sdapi/v1/img2img',
    ]);
    expect(seen[0]?.body).toMatchObject({ prompt: "it's a lighthouse" });
    expect(seen[2]?.body).toMatchObject({ init_images: [png(1024, 1024)] });
    expect(readFileSync(join(folder, '3-adetailer.png')).toString('base64')).toBe(png(1024, 1024));
  });

  test('fills in an existing image and a mask', async () => {
    const { url, seen } = standInWebui();
    const photo = { img2img_enabled: true, input_image: null, img2img: { mask: { image: 'the mask.png' } } };
    const stdin = JSON.stringify(photo);
    const { out } = await compile(['-', '--to', 'a1111', '--format', 'curl', '--url', await url], { stdin });
    await shell(out, { 'input.png': png(8, 8), 'the mask.png': png(16, 16) });
    expect(seen[0]?.body).toMatchObject({ init_images: [png(8, 8)], mask: png(16, 16) });
    const named = await compile(['-', '--to', 'a1111', '--format', 'curl'], {
      stdin: JSON.stringify({ ...photo, input_image: 'a.png' }),
    });
    expect(named.out).toContain('base64 < a.png');
    expect(named.out).toContain('http://127.0.0.1:7860/sdapi/v1/img2img');
  });

  test('uploads the image of a graph, and queues it', async () => {
    const seen: string[] = [];
    const url = await serve((path, body) => {
      seen.push(`${path} ${body.includes('scans') ? 'scans' : ''}`);
      return { body: { prompt_id: 'x', node_errors: {} } };
    });
    const photo = { img2img_enabled: true, input_image: 'a.png', model: 'm.safetensors', seed: 1 };
    const args = ['-', '--to', 'comfyui', '--format', 'curl', '--url', url];
    const { out } = await compile(args, { stdin: JSON.stringify(photo) });
    await shell(out, { 'a.png': png(8, 8) });
    expect(seen).toEqual(['/upload/image ', '/prompt ']);
    const inFolder = await compile(args, { stdin: JSON.stringify({ ...photo, input_image: 'scans/a.png' }) });
    expect(inFolder.out).toContain('-F subfolder=scans'.replace(' subfolder', " 'subfolder").concat("'"));
    const odd = { ...photo, img2img: { mask: { image: '/masks/the "mask".png' } } };
    const far = await compile(args, { stdin: JSON.stringify({ ...odd, input_image: 'old.png [output]' }) });
    expect(far.out).toContain(
      `-F 'image=@"/masks/the \\"mask\\".png";filename="1-img2img-mask-image.png"' -F overwrite=true http`,
    );
    expect(far.out).toContain('{"image":"1-img2img-mask-image.png"}');
    expect(far.out).not.toContain('@"old.png');
    const bare = await compile(args, { stdin: JSON.stringify({ ...photo, input_image: '../photo' }) });
    expect(bare.out).toContain(`'image=@"../photo";filename="1-img2img-image"'`);
    expect((await compile(['run.json', '--to', 'comfyui', '--format', 'curl'])).out).toContain(
      'http://127.0.0.1:8188/prompt',
    );
  });

  test('is data for programs only in a file', async () => {
    const { out } = await compile(['run.json', '--to', 'a1111', '--format', 'curl']);
    expect(out.startsWith('#!/bin/sh\n')).toBe(true);
  });
});
