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
    expect(JSON.parse(first).notes.length).toBe(44);
  });

  test('tells people the stages that are on and what is lost', async () => {
    const { out } = await run(['import', 'image.png'], { files, terminal: true });
    expect(out.split('\n')).toEqual([
      'AUTOMATIC1111 WebUI v1.10.1: txt2img, hires, adetailer',
      '  dropped       Eta is lost: no field of a RunConfig takes it.',
      '  defaulted     run: vae null, batch_size 1, n_iter 1, clip_skip 1',
      '  defaulted     adetailer[0]: classes "", prompt "", negative_prompt "", mask_filter_method "Area", mask_k 0, mask_min_ratio 0, mask_max_ratio 1, dilate_erode 4, x_offset 0, y_offset 0, mask_merge_invert "None", mask_blur 4, denoising_strength 0.4, inpaint_only_masked true, inpaint_only_masked_padding 32, restore_face false',
      '  ignored       Model hash is left out: it says nothing of the run.',
      '  ignored       Version is left out: it says nothing of the run.',
      '',
      '1 lost or in doubt, 20 defaulted, 16 renamed, 2 without effect: --json has them all',
      '',
    ]);
  });

  test('names the order where it is not the canonical one', async () => {
    const record =
      '{"stage_chain": ["txt2img", "adetailer", "upscale"], "config": {"steps": 9, "model": "m"}}';
    const { out } = await run(['import', '-', '--table'], { stdin: record });
    expect(out).toContain('txt2img, adetailer, upscale, in the order of detail-before-upscale\n');
  });

  test('shows what a terminal would obey, instead of sending it', async () => {
    const stdin = 'x\nSteps: 20, Sampler: Euler a, Size: 512x512, K\u001b]0;\u202e: 1';
    const { out } = await run(['import', '-', '--table'], { stdin });
    expect(out).toContain('K\\u001b]0;\\u202e is lost');
  });

  test('of many notes people are told the first 50, and programs all', async () => {
    const stdin = `p\nSteps: 20, Sampler: Euler a, Size: 512x512${', K: 1'.repeat(60)}`;
    const { out } = await run(['import', '-', '--table'], { stdin });
    expect(out.match(/K is lost/g)).toHaveLength(50);
    expect(out).toContain('\n  and 10 more\n');
    const { err } = await run(['import', '-', '--table', '--strict'], { stdin });
    expect(err.match(/K is lost/g)).toHaveLength(50);
    expect(err).toContain('and 10 more\n');
    expect((await run(['import', '-', '--json'], { stdin })).out.match(/K is lost/g)).toHaveLength(60);
  });

  test('--ndjson prints one line for each file, errors and lists as well', async () => {
    const { code, out, err } = await run(
      ['import', 'clean.json', 'bad.json', 'history.jsonl', 'missing.json', '--ndjson'],
      { files },
    );
    expect([code, err]).toEqual([2, expect.not.stringContaining('cannot be imported')]);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { file: 'clean.json', writer: 'StableNew', sequence: 'canonical' },
      { file: 'bad.json', error: { name: 'InvalidImportError' } },
      { file: 'history.jsonl', runs: [{ config: { steps: 5 } }, { config: { steps: 6 } }], notes: [] },
      { file: 'missing.json', error: { name: 'InputError' } },
    ]);
  });

  test('--ndjson has the notes on what stands around the runs of a file', async () => {
    const { code, out } = await run(['import', 'queue.json', '--ndjson'], { files });
    expect([code, JSON.parse(out)]).toMatchObject([1, { file: 'queue.json', notes: [{ path: ['paused'] }] }]);
  });

  const folder = {
    'out/b.PNG': image,
    'out/a.png': image,
    'out/deep/c.png': image,
    'out/notes.md': 'x',
    'out/a.txt': files['prompt.txt'],
  };
  const found = async (...names: readonly string[]) => {
    const { out } = await run(['import', ...names, '--ndjson'], { files: folder });
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).file);
  };

  test.each([
    ['out', ['out/a.png', 'out/b.PNG', 'out/deep/c.png']],
    ['out/*.png', ['out/a.png']],
    ['out/?.txt', ['out/a.txt']],
    ['**/c.png', ['out/deep/c.png']],
    ['./out/a.*', ['out/a.png', 'out/a.txt']],
    ['out/a.png', ['out/a.png']],
  ])('%s stands for its files in their order', async (name, expected) => {
    expect(await found(name)).toEqual(expected);
  });

  test('says how many files of a folder are passed over, and why', async () => {
    const { err } = await run(['import', 'out', '--ndjson'], { files: folder });
    expect(err).toBe(
      '2 files are passed over, being no PNG, JPEG, WebP or AVIF by name: out/a.txt, out/notes.md. Name them to read them.\n',
    );
    const names = [1, 2, 3, 4, 5, 6, 7].map((number) => [`many/${number}.gif`, 'x']);
    const many = { ...Object.fromEntries(names), 'many/a.png': image, 'one/a.png': image, 'one/b.txt': 'x' };
    expect((await run(['import', 'many'], { files: many })).err).toContain('many/5.gif and 2 more');
    expect((await run(['import', 'one'], { files: many })).err).toContain('1 file is passed over');
  });

  test('a name that stands for no image is wrong usage', async () => {
    const { code, err } = await run(['import', 'none/*.png'], { files: folder });
    expect([code, err]).toEqual([2, 'error: there is no image in none/*.png\n']);
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

  test('the runs of a file are told to people one below the other', async () => {
    const { out } = await run(['import', 'history.jsonl', '--table'], { files });
    expect(out.split('\n\n').map((told) => told.split('\n')[0])).toEqual([
      'StableNew (by its keys): txt2img',
      '14 defaulted: --json has them all',
      'StableNew (by its keys): txt2img',
      '14 defaulted: --json has them all',
    ]);
    expect((await run(['import', 'queue.json', '--table'], { files })).out).toMatch(
      /^StableNew.*: txt2img\n/,
    );
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
    const told = await run(['build', '--import', 'clean.json', '--table'], { files });
    expect(told.out).toMatch(/\n1 stage, /);
  });

  test('plans in the order that was recorded, unless it is told another one', async () => {
    const record =
      '{"stage_chain": ["txt2img", "adetailer", "upscale"], "config": {"steps": 9, "model": "m"}}';
    const recorded = { files: { 'record.json': record } };
    const { out } = await run(['build', '--import', 'record.json'], recorded);
    expect(stages(out)).toEqual(['1-txt2img', '2-adetailer', '3-upscale']);
    const told = await run(['build', '--import', 'record.json', '--sequence', 'canonical'], recorded);
    expect([told.code, told.err]).toEqual([1, expect.stringContaining('stage_order')]);
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
