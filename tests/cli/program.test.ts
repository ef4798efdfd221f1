import { describe, expect, test } from 'vitest';
import { policies } from '../../machines/policies.ts';
import { buildStagePlan, explainStagePlan, legalStageOrders, planFingerprint } from '../../src/index.ts';
import { everything } from '../fixtures.ts';
import { fakeIo, run } from './fake-io.ts';

const full = JSON.stringify(everything);
const rejected = '{"adetailer_enabled":true}';

describe('build', () => {
  test('prints JSON where standard output is no terminal, and a table where it is one', async () => {
    const files = { 'full.json': full };
    const piped = await run(['build', 'full.json'], { files });
    expect(piped).toEqual({
      code: 0,
      out: `${JSON.stringify(buildStagePlan(everything), null, 2)}\n`,
      err: '',
    });
    const shown = await run(['build', 'full.json'], { files, terminal: true });
    expect(shown.out.split('\n')).toEqual([
      '#  stage      takes      gives             settings',
      '1  txt2img    nothing    6 of 1248 x 1824  sd_xl_base_1.0.safetensors, 30 steps Euler a Karras, cfg 6.5, 832 x 1216',
      '                                           refiner sd_xl_refiner_1.0.safetensors from 0.7, in both passes',
      '                                           hires fix 1.5x 4x-UltraSharp, 12 steps, denoise 0.4',
      '2  img2img    1-txt2img  6 of 1248 x 1824  sd_xl_base_1.0.safetensors, 18 steps Euler a Karras, cfg 6.5, 1248 x 1824, denoise 0.25',
      '                                           only what mask.png shows',
      '3  upscale    2-img2img  6 of 3744 x 5472  3x R-ESRGAN 4x+ Anime6B',
      '                                           GFPGAN 0.1',
      '                                           CodeFormer 0.2',
      '                                           redrawn: sd_xl_base_1.0.safetensors, 10 steps Euler a Karras, cfg 6.5, denoise 0.2',
      '4  adetailer  3-upscale  6 of 3744 x 5472  face_yolov8s.pt, denoise 0.4',
      '                                           hand_yolov8n.pt, denoise 0.4',
      '',
      '4 stages, 832 x 1216 -> 6 of 3744 x 5472',
      '',
    ]);
  });

  test('--json and --compact hold on a terminal, --table holds in a pipe', async () => {
    const files = { 'full.json': full };
    expect((await run(['build', 'full.json', '--json'], { files, terminal: true })).out).toContain(
      '\n  "run_id"',
    );
    expect((await run(['build', 'full.json', '--compact'], { files, terminal: true })).out).toBe(
      `${JSON.stringify(buildStagePlan(everything))}\n`,
    );
    expect((await run(['build', 'full.json', '--table'], { files })).out).toContain('#  stage');
  });

  test('shows what is skipped, and an image that starts the plan', async () => {
    const config = '{"img2img_enabled":true,"hires_enabled":true,"input_image":"a.png"}';
    const { out } = await run(['build', '-', '--table'], { stdin: config });
    expect(out).toContain('1  img2img    a.png      512 x 512    the loaded model, 20 steps');
    expect(out).toContain('redrawn: the loaded model, 20 steps DPM++ 2M Automatic, cfg 7, denoise 0.3');
    expect(out).toContain(
      '   upscale    planned                 hires_enabled is on, and in this run hires works in upscale.',
    );
    expect((await run(['build', '-', '--table'], { stdin: '{"img2img_enabled":true}' })).out).toContain(
      'an image',
    );
  });

  test('a rejected run exits 1, tells people on standard error and programs on standard output', async () => {
    const { code, out, err } = await run(['build', '-'], { stdin: rejected });
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      '✗ standard input has no plan.',
      '  ✗ adetailer needs txt2img or img2img before it, which give it an image.',
      '',
      'To fix it, one of:',
      '  > allow standaloneAdetailer (ADetailer with no generation before it): --standalone-adetailer',
      '  > turn txt2img_enabled on',
      '  > turn img2img_enabled on',
      '',
      'Why',
      '  The walk stands in start, which leads to txt2img or img2img.',
      '',
    ]);
    const { rejections, fixes } = explainStagePlan(JSON.parse(rejected));
    expect(JSON.parse(out)).toMatchObject({
      file: '-',
      error: { name: 'InvalidStagePlanError', rejections, fixes },
    });
  });

  test('a table of a rejected run leaves standard output empty', async () => {
    expect(await run(['build', '-', '--table'], { stdin: rejected })).toMatchObject({ code: 1, out: '' });
  });

  test('colours are only there where they are taken', async () => {
    expect((await run(['build', '-'], { stdin: rejected, color: true })).err).toContain('\u001b[31m✗');
    expect((await run(['build', '-'], { stdin: rejected })).err).not.toContain('\u001b');
  });

  test('a config with wrong fields exits 1 and lists all of them', async () => {
    const { code, out, err } = await run(['build', '-'], { stdin: '{"steps":0,"sampler":"x"}' });
    expect(code).toBe(1);
    expect(err).toBe(
      '✗ standard input is not a valid RunConfig.\n  ✗ steps must be at least 1, but is 0.\n  ✗ sampler is not a field of a RunConfig. Did you mean sampler_name?\n',
    );
    expect(JSON.parse(out).error.problems).toHaveLength(2);
  });

  test('several files give several documents in their order, and the worst exit code', async () => {
    const files = { 'a.json': '{"txt2img_enabled":true}', 'b.json': rejected, 'c.json': '{' };
    const { code, out } = await run(['build', 'a.json', 'b.json', 'c.json', '--compact'], { files });
    expect(code).toBe(2);
    const documents = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents).toMatchObject([
      { file: 'a.json', plan: { format_version: '2.0' } },
      { file: 'b.json', error: { name: 'InvalidStagePlanError' } },
      { file: 'c.json', error: { name: 'InputError' } },
    ]);
    const table = await run(['build', 'a.json', 'a.json', '--table'], { files });
    expect(table.out.match(/^a\.json$/gm)).toHaveLength(2);
  });

  test.each([
    [['--no-external-input'], '{"img2img_enabled":true}', 1],
    [['--standalone-upscale'], '{"upscale_enabled":true}', 0],
    [
      ['--order', 'repair'],
      '{"txt2img_enabled":true,"upscale_enabled":true,"stage_order":["upscale","txt2img"]}',
      0,
    ],
    [[], '{"txt2img_enabled":true,"upscale_enabled":true,"stage_order":["upscale","txt2img"]}', 1],
  ])('%j decides over %s: exit %i', async (flags, stdin, code) => {
    expect((await run(['build', '-', ...flags], { stdin })).code).toBe(code);
  });

  test('--sequence names the order to plan by', async () => {
    const { out } = await run(['build', '-', '--sequence', 'detail-before-upscale'], { stdin: full });
    expect(JSON.parse(out)).toMatchObject({
      sequence: { id: 'detailBeforeUpscale' },
      stages: [{}, {}, { stage_type: 'adetailer' }, { stage_type: 'upscale' }],
    });
  });
});

describe('build --ndjson', () => {
  test('gives one line for each line, in order: a plan, or an error that names the line', async () => {
    const stdin = `{"txt2img_enabled":true}\n\n${rejected}\r\n{bad\n{"img2img_enabled":true}`;
    const { code, out, err } = await run(['build', '--ndjson'], { stdin });
    expect([code, err]).toEqual([2, '']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { format_version: '2.0' },
      { line: 2, error: { name: 'InputError' } },
      { line: 3, error: { name: 'InvalidStagePlanError' } },
      { line: 4, error: { name: 'InputError', line: 1, column: 2 } },
      { stages: [{ stage_type: 'img2img' }] },
    ]);
  });

  test('a line over the limit is refused and the next one is read', async () => {
    const { out } = await run(['build', '--ndjson', '-'], {
      stdin: `"${'x'.repeat(17 * 1024 * 1024)}"\n{"txt2img_enabled":true}\n`,
    });
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      line: 1,
      error: { message: 'It is larger than 16 MiB, the most that is read.' },
    });
    expect(second).toMatchObject({ format_version: '2.0' });
  });

  test('nothing in, nothing out', async () => {
    expect(await run(['build', '--ndjson'])).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('input that cannot be read exits 2 and says why', () => {
  test.each([
    ['missing.json', undefined, 'There is no such file.', null, null],
    ['folder', undefined, 'It is a folder, not a file.', null, null],
    ['empty.json', ' \n', 'It is empty, not JSON.', null, null],
    ['bad.json', '{\n  "steps": 20\n  "width": 512\n}', 'It is not JSON: a comma is missing before "', 3, 3],
    ['latin.json', new Uint8Array([0x22, 0xe9, 0x22]), 'It is not UTF-8 text. Save it as UTF-8.', null, null],
    ['deep.json', '['.repeat(200_000), 'It is not JSON: it ends before the [', 1, 200_001],
    [
      'large.json',
      new Uint8Array(16 * 1024 * 1024 + 1),
      'It is larger than 16 MiB, the most that is read.',
      null,
      null,
    ],
  ])('%s', async (file, content, message, line, column) => {
    const files = content === undefined ? {} : { [file]: content };
    const { code, out, err } = await run(['build', file], { files });
    expect(code).toBe(2);
    const place = line === null ? '' : `: see line ${line}, column ${column}`;
    expect(err).toContain(`${file} cannot be used${place}.\n  ✗ ${message}`);
    expect(JSON.parse(out)).toMatchObject({ file, error: { name: 'InputError', line, column } });
  });

  test('16 MiB to the byte are read: as a file, and as a line', async () => {
    const run16 = '{"txt2img_enabled":true}'.padEnd(16 * 1024 * 1024);
    expect((await run(['build', 'full.json'], { files: { 'full.json': run16 } })).code).toBe(0);
    expect((await run(['build', '--ndjson'], { stdin: `${run16}\n` })).code).toBe(0);
  });

  test('a byte order mark is no error', async () => {
    expect((await run(['build', '-'], { stdin: '\ufeff{"txt2img_enabled":true}' })).code).toBe(0);
  });

  test('an error of the system that is not known is given as it is', async () => {
    const broken: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('disk on fire')) }),
    };
    const { readJson } = await import('../../src/cli/read-json.ts');
    const io = { ...fakeIo(), open: () => broken };
    await expect(readJson(io, 'x.json')).rejects.toThrow('It cannot be read: Error: disk on fire');
  });
});

describe('explain', () => {
  test('prints the decisions, and for a rejected run the reasons and fixes', async () => {
    const planned = await run(['explain', '-', '--table'], { stdin: '{"txt2img_enabled":true}' });
    expect(planned).toMatchObject({ code: 0, err: '' });
    expect(planned.out).toContain('✓ standard input has a plan: txt2img.\n\nWhy\n');
    expect(planned.out).toContain('\n✓  txt2img    planned  txt2img_enabled is on.\n');
    const refused = await run(['explain', '-', '--table'], { stdin: rejected });
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(
      '✗  adetailer  rejected  adetailer cannot be reached: the start leads to txt2img or img2img.',
    );
    expect(refused.out).toContain('  > turn img2img_enabled on');
    const invalid = await run(['explain', '-', '--table'], { stdin: '{"steps":0}' });
    expect(invalid).toMatchObject({
      code: 1,
      out: '✗ standard input is not a valid RunConfig.\n  ✗ steps must be at least 1, but is 0.\n',
    });
  });

  test('--json gives the explanation of the library', async () => {
    const { out } = await run(['explain', '-', '--json'], { stdin: rejected });
    expect(JSON.parse(out)).toEqual(explainStagePlan(JSON.parse(rejected)));
  });
});

describe('verify', () => {
  const plan = JSON.stringify(buildStagePlan(everything));
  const fingerprint = planFingerprint(buildStagePlan(everything));

  test('tells the fingerprint of a valid plan', async () => {
    expect(await run(['verify', '-', '--table'], { stdin: plan })).toEqual({
      code: 0,
      out: `✓ standard input is a valid plan of canonicalSequence.\n  fingerprint ${fingerprint}\n`,
      err: '',
    });
    expect(JSON.parse((await run(['verify', '-'], { stdin: plan })).out)).toEqual({
      valid: true,
      fingerprint,
      problems: [],
    });
  });

  test('lists what is wrong with another, and exits 1', async () => {
    const changed = plan.replace('"id":"2-img2img"', '"id":"2-txt2img"');
    const { code, out } = await run(['verify', '-', '--table'], { stdin: changed });
    expect(code).toBe(1);
    expect(out).toBe(
      '✗ standard input is not a valid plan.\n  ✗ stages[1].id is "2-txt2img", but by the rest of the plan it is "2-img2img".\n',
    );
    expect((await run(['verify', '-', '--fingerprint', fingerprint], { stdin: plan })).code).toBe(0);
    expect((await run(['verify', '-', '--fingerprint', '0'.repeat(64)], { stdin: plan })).code).toBe(1);
  });
});

test('orders lists every order, as lines or as data', async () => {
  const { out } = await run(['orders', '--table', '--standalone-upscale']);
  expect(out.trim().split('\n').at(-1)).toBe('41 orders');
  expect(out).toContain('\n41  txt2img, refiner, hires, img2img, upscale, adetailer\n');
  expect(JSON.parse((await run(['orders'])).out)).toEqual([...legalStageOrders()]);
});

test('schema prints the schemas', async () => {
  expect(JSON.parse((await run(['schema', 'run-config'])).out).title).toBe('RunConfig');
  expect(JSON.parse((await run(['schema', 'plan'])).out).title).toBe('StageExecutionPlan');
});

describe('usage', () => {
  test.each([
    [[], 'Usage: stageplan'],
    [['build'], 'name a file, or pipe one in'],
    [['build', '--ndjson', 'a.json'], '--ndjson reads standard input and takes no files'],
    [['bild'], "unknown command 'bild'"],
    [['build', '-', '--oder', 'repair'], 'Did you mean --order?'],
    [['build', '-', '--order', 'fix'], 'Allowed choices are reject, repair.'],
    [['build', '-', '--json', '--table'], 'cannot be used with'],
    [['schema', 'config'], 'Allowed choices are run-config, plan.'],
    [['build', '--import', '--json'], "'--import <file>' argument missing: --json is an option itself"],
    [['build', 'a.json', '-o', '--table'], "'-o, --output <file>' argument missing: --table is an option"],
    [
      ['verify', 'a.json', '--fingerprint', '-o'],
      "'--fingerprint <sha256>' argument missing: -o is an option",
    ],
    [['compile', 'a.json', '--to', 'a1111', '--out', ''], "'--out <folder>' argument missing: it is empty"],
    [['build', '--ndjson', '--fields', 'fingerprint,x'], 'sequence.fingerprint?\nerror: x is no field'],
    [['build', '--oder\u001b[2J\n\u202e'], "unknown option '--oder\\u001b[2J\\n\\u202e'"],
    [['build', 'a.json', '--order', '\u001b[2J'], "argument '\\u001b[2J' is invalid"],
  ])('%j exits 2 and says what is wrong', async (argv, message) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test.each([['--help'], ['build', '--help'], ['--version']])('%s exits 0', async (...argv) => {
    expect(await run(argv)).toMatchObject({ code: 0, err: '' });
  });
});

test('an error that nobody expects is not hidden', async () => {
  const { runCli } = await import('../../src/cli/program.ts');
  const broken = () => Promise.reject(new Error('a bug'));
  const io = { ...fakeIo(), out: broken, err: broken };
  await expect(runCli(['orders'], io)).rejects.toThrow('a bug');
});

describe.each(Object.entries(policies))('the policy %s', (name, { default: allowed, allows }) => {
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flag = allowed ? `--no-${words}` : `--${words}`;

  test.each(['build', 'explain', 'verify', 'orders', 'draw', 'inspect'])(
    'is a flag of %s',
    async (command) => {
      const { out } = await run([command, '--help']);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(`${flag} ${allowed ? 'forbid' : 'allow'} ${allows}`);
    },
  );

  test('is turned by its flag', async () => {
    const orders = JSON.parse((await run(['orders', '--json', flag])).out);
    expect(orders).toEqual([...legalStageOrders({ [name]: !allowed })]);
  });
});
