import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from './fake-io.ts';

const preset = readFileSync('examples/import/stablenew-preset.json');
const image = readFileSync('examples/import/lighthouse.png');
const files = {
  'preset.json': preset,
  'image.png': image,
  'cut.json': '{"txt2img": {',
  'cut.png': image.subarray(0, 40),
  'clean.json': '{"txt2img": {}}',
  'bad.json': '{"txt2img": {"steps": 0}}',
  'empty.json': '[]',
  'latin1.txt': Uint8Array.of(0xe9, 0x20),
  'queue.json': '{"jobs": [{"txt2img": {}}, {"txt2img": {"steps": 0}}], "paused": true}',
  'history.jsonl': '{"txt2img": {"steps": 5}}\n{"txt2img": {"steps": 6}}\n',
  'prompt.txt': '{a|b} house\nSteps: 20, Sampler: Euler a, Size: 512x512',
  'off.json': '{"txt2img": {"enabled": false}}',
};

describe('import', () => {
  test('prints the RunConfig, its source and every note as JSON', async () => {
    const { code, out, err } = await run(['import', 'preset.json', 'image.png', '--compact'], { files });
    expect([code, err]).toEqual([0, '']);
    const [first = '', second = ''] = out.split('\n');
    expect(JSON.parse(first)).toMatchObject({
      source: 'json',
      writer: 'StableNew',
      config: { steps: 30, hires_upscale_factor: 1.5 },
    });
    expect(JSON.parse(second)).toMatchObject({ source: 'png', config: { steps: 24, hires_denoise: 0.4 } });
    expect(JSON.parse(first).notes.length).toBe(37);
  });

  test('tells people the stages that are on and what is lost', async () => {
    const { out } = await run(['import', 'image.png'], { files, terminal: true });
    expect(out.split('\n')).toEqual([
      'AUTOMATIC1111 WebUI v1.10.1: txt2img, adetailer, hires',
      '  dropped       Eta is lost: no field of a RunConfig takes it.',
      '  defaulted     run: vae null, batch_size 1, n_iter 1, clip_skip 1, hires_use_base_model true',
      '  defaulted     adetailer[0]: prompt "", negative_prompt "", denoising_strength 0.4, mask_blur 4, dilate_erode 4, inpaint_only_masked true, inpaint_only_masked_padding 32, mask_k 0',
      '  1 lost or in doubt, 13 defaulted, 16 renamed, 2 without effect: --json has them all',
      '',
    ]);
  });

  test('reads an infotext from standard input', async () => {
    const { out } = await run(['import', '-', '--table'], { stdin: files['prompt.txt'] });
    expect(out).toContain('AUTOMATIC1111 WebUI (by its keys): txt2img');
  });

  test('--strict refuses what loses anything', async () => {
    const { code, err } = await run(['import', 'preset.json', '--strict'], { files });
    expect(code).toBe(1);
    expect(err).toContain('dropped: txt2img.subseed_strength is lost');
    expect((await run(['import', 'clean.json', '--strict'], { files })).code).toBe(0);
  });

  test.each([
    ['bad.json', 1, 'InvalidImportError'],
    ['empty.json', 1, 'UnknownShapeError'],
    ['cut.json', 2, 'UnreadableInputError'],
    ['cut.png', 2, 'UnreadableImageError'],
    ['latin1.txt', 2, 'UnreadableInputError'],
    ['missing.json', 2, 'InputError'],
  ])('%s exits %i with an error for programs', async (file, code, name) => {
    const result = await run(['import', file], { files });
    expect(result.code).toBe(code);
    expect(JSON.parse(result.out)).toMatchObject({ file, error: { name } });
  });

  test('a file of many runs gives them all, and says which is refused', async () => {
    const { code, out, err } = await run(['import', 'queue.json'], { files });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { writer: 'StableNew' },
      { error: { name: 'InvalidImportError' } },
    ]);
    expect(err).toContain('queue.json jobs[1] cannot be imported.');
    expect(err).toContain('dropped       paused is lost');
  });
});

describe('build --import', () => {
  const stages = (out: string) => JSON.parse(out).stages.map((stage: { id: string }) => stage.id);

  test('prints the plan, and on standard error what was lost', async () => {
    const { code, out, err } = await run(['build', '--import', 'preset.json'], { files });
    expect(code).toBe(0);
    expect(stages(out)).toEqual(['1-txt2img', '2-upscale', '3-adetailer']);
    expect(err).toContain('preset.json:\n  contradicted  upscale.enabled says off');
    expect((await run(['build', '--import', 'clean.json'], { files })).err).toBe('');
  });

  test('plans every run of JSON Lines', async () => {
    const { out } = await run(['build', '--import', 'history.jsonl', '--compact'], { files });
    expect(JSON.parse(out).map((plan: { stages: unknown[] }) => plan.stages.length)).toEqual([1, 1]);
  });

  test('plans by the sequence of its flags, strictly where asked', async () => {
    const flags = ['--sequence', 'detail-before-upscale'];
    const { out } = await run(['build', '--import', 'preset.json', ...flags], { files });
    expect(stages(out)).toEqual(['1-txt2img', '2-adetailer', '3-upscale']);
    expect((await run(['build', '--import', 'preset.json', '--strict'], { files })).code).toBe(1);
  });

  test('a run without a plan is refused, and so are RunConfig files beside --import', async () => {
    const refused = await run(['build', '--import', 'off.json'], { files });
    expect([refused.code, JSON.parse(refused.out).error.name]).toEqual([1, 'InvalidStagePlanError']);
    const beside = await run(['build', '--import', 'preset.json', 'x.json'], { files });
    expect([beside.code, beside.err]).toEqual([2, expect.stringContaining('--import takes the place')]);
  });
});
