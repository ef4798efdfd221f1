import { describe, expect, test } from 'vitest';
import { buildStagePlan } from '../../src/index.ts';
import { countSweep, planSweep, type SweepAxis, sweepTree } from '../../src/sweep/index.ts';
import { run } from './fake-io.ts';

const base = {
  txt2img_enabled: true,
  upscale_enabled: true,
  seed: 1,
  upscale: { redraw: { denoising_strength: 0.2 } },
} as const;
const files = { 'base.json': JSON.stringify(base) };

/** Sweeps the base with these arguments. */
async function sweep(...argv: readonly string[]) {
  return run(['sweep', 'base.json', ...argv], { files });
}

/** What `--axis` makes of its text: the values of each combination. */
async function valuesOf(axis: string, ...argv: readonly string[]): Promise<readonly unknown[]> {
  const { out } = await sweep('--axis', axis, ...argv);
  const values: readonly { readonly sweep: object }[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return values.flatMap((each) => Object.values(each.sweep));
}

test('prints one line of JSON for each combination: its place, its values and its plan', async () => {
  const { code, out, err } = await sweep('--axis', 'model=a,b', '--axis', 'upscale.redraw.steps=10..20:10');
  const axes = [
    { field: 'model', values: ['a', 'b'] },
    { field: 'upscale.redraw.steps', range: { from: 10, to: 20, step: 10 } },
  ];
  const lines = Array.from(planSweep(base, axes), ({ index, values, result }) =>
    JSON.stringify({ index, sweep: values, plan: result.success && result.plan }),
  );
  expect({ code, out, err }).toEqual({ code: 0, out: `${lines.join('\n')}\n`, err: '' });
});

describe('--axis reads', () => {
  test.each<[string, readonly unknown[]]>([
    ['steps=20,30', [20, 30]],
    ['steps= 20 , 30 ', [20, 30]],
    ['hires_denoise=0.2..0.5:0.1', [0.2, 0.3, 0.4, 0.5]],
    ['seed=1..3', [1, 2, 3]],
    ['seed=3..1', [3, 2, 1]],
    ['steps=0.5..1.5:0.5', [0.5, 1, 1.5]],
    ['cfg_scale=1..1.2e1:5E+0', [1, 6, 11]],
    ['metadata.x=0..2e-9:1e-9', [0, 1e-9, 2e-9]],
    ['hires_enabled=true,false', [true, false]],
    ['model=null,"null"', [null, 'null']],
    ['prompt="a fox, red",a cat,', ['a fox, red', 'a cat', '']],
    ['prompt=,x', ['', 'x']],
    ['prompt="say \\"hi\\"","two\nlines"', ['say "hi"', 'two\nlines']],
    ['prompt=5" tall, "quoted" inside', ['5" tall', '"quoted" inside']],
    ['prompt=12,true,null,1..3', ['12', 'true', 'null', '1..3']],
    ['prompt=1..3', ['1..3']],
    ['prompt="\\q",-1e', ['"\\q"', '-1e']],
    ['model=x=y', ['x=y']],
    ['metadata.note=1,true,x', [1, true, 'x']],
    ['adetailer.0.model=a.pt,5', ['a.pt', '5']],
  ])('%s as %j', async (axis, values) => {
    expect(await valuesOf(axis)).toEqual(values);
  });

  test('a value of the wrong type as what it says, so that its error is about that', async () => {
    expect(await valuesOf('hires_enabled=1')).toEqual([1]);
    expect(await valuesOf('steps=many')).toEqual(['many']);
  });
});

test('--mode combines the axes', async () => {
  const axes = ['--axis', 'model=a,b', '--axis', 'steps=1,2'];
  const values = async (...argv: readonly string[]) =>
    (await sweep(...axes, ...argv)).out.trim().split('\n').length;
  expect([await values(), await values('--mode', 'zip'), await values('--mode', 'rotate')]).toEqual([
    4, 2, 2,
  ]);
});

test('--axis-file reads axes that have several fields, before those of --axis', async () => {
  const axes: readonly SweepAxis[] = [{ name: 'look', sets: [{ model: 'a', steps: 12 }, { model: 'b' }] }];
  const { code, out } = await run(['sweep', 'base.json', '--axis-file', 'axes.json', '--axis', 'seed=1..2'], {
    files: { ...files, 'axes.json': JSON.stringify(axes) },
  });
  const lines: readonly { readonly sweep: unknown }[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(lines.map(({ sweep: values }) => values)).toEqual([
    { look: { model: 'a', steps: 12 }, seed: 1 },
    { look: { model: 'a', steps: 12 }, seed: 2 },
    { look: { model: 'b' }, seed: 1 },
    { look: { model: 'b' }, seed: 2 },
  ]);
});

test('a combination without a plan is a line with its error, and makes the exit code 1', async () => {
  const { code, out, err } = await sweep('--axis', 'steps=20,200');
  const [first, second] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(first.plan).toEqual(buildStagePlan({ ...base, steps: 20, metadata: { sweep: { steps: 20 } } }));
  expect(second).toMatchObject({ index: 1, sweep: { steps: 200 }, error: { name: 'InvalidRunConfigError' } });
});

test('on a terminal it is a table', async () => {
  const { code, out } = await run(['sweep', '-', '--axis', 'model=a,the second', '--axis', 'steps=20,200'], {
    stdin: files['base.json'],
    terminal: true,
  });
  expect(code).toBe(1);
  expect(out).toBe(`#  model         steps  stages            gives
1  a             20     txt2img, upscale  1024 x 1024
2  a             200    ✗ no plan         steps must be at most 150, but is 200.
3  "the second"  20     txt2img, upscale  1024 x 1024
4  "the second"  200    ✗ no plan         steps must be at most 150, but is 200.

4 combinations, of which 2 have no plan
`);
});

test('a table says the fields that a set sets, and what cannot be reached', async () => {
  const axes = [
    {
      name: 'look',
      sets: [
        { model: 'a', steps: 12 },
        { upscale_enabled: false, txt2img_enabled: false },
      ],
    },
  ];
  const { out } = await run(['sweep', 'base.json', '--axis-file', 'axes.json', '--table'], {
    files: { ...files, 'axes.json': JSON.stringify(axes) },
  });
  expect(out.split('\n')).toEqual([
    '#  look                                          stages            gives',
    '1  model "a", steps 12                           txt2img, upscale  1024 x 1024',
    '2  upscale_enabled false, txt2img_enabled false  ✗ no plan         Begin with txt2img or img2img: a plan without a stage is no plan.',
    '',
    '2 combinations, of which 1 has no plan',
    '',
  ]);
});

const merged = ['--axis', 'upscale.redraw.steps=10,20,200', '--axis', 'metadata.take=1,2'];
const mergedSweep = planSweep(base, [
  { field: 'upscale.redraw.steps', values: [10, 20, 200] },
  { field: 'metadata.take', values: [1, 2] },
]);

describe('--dry-run', () => {
  test('counts plans, work, images and rejections without listing anything', async () => {
    const { code, out } = await sweep(...merged, '--dry-run');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(countSweep(mergedSweep));
  });

  test('says so in a table', async () => {
    expect((await sweep(...merged, '--dry-run', '--table')).out).toBe(`6 combinations, of which 2 have no plan
  2 x upscale.redraw.steps must be at most 150, but is 200.
4 plans: 1 txt2img instead of 4, 2 upscales instead of 4
4 images at the end

stage    runs  instead of
txt2img  1     4
upscale  2     4
`);
    const none = await sweep('--axis', 'steps=200', '--dry-run', '--table');
    expect(none.out.split('\n')).toEqual([
      '1 combination, of which 1 has no plan',
      '  1 x steps must be at most 150, but is 200.',
      '0 plans: nothing to do',
      '',
    ]);
  });
});

describe('--tree', () => {
  test('merges what the plans have in common', async () => {
    const { code, out } = await sweep(...merged, '--tree');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(sweepTree(mergedSweep));
  });

  test('is a table of stages behind stages', async () => {
    expect(
      (await sweep(...merged, '--tree', '--table')).out,
    ).toBe(`stage      plans  runs  gives        differs in
txt2img    4      1     512 x 512
  upscale  2      1     1024 x 1024  redraw.steps 10
  upscale  2      1     1024 x 1024  redraw.steps 20

6 combinations, of which 2 have no plan
  2 x upscale.redraw.steps must be at most 150, but is 200.
4 plans: 1 txt2img instead of 4, 2 upscales instead of 4
`);
    expect((await sweep('--axis', 'steps=200', '--tree', '--table')).out).toContain('0 plans: nothing to do');
    expect((await sweep('--axis', 'batch_size=2', '--tree', '--table')).out).toContain('2 of 512 x 512');
  });

  test.each([
    ['mermaid', /^flowchart LR/],
    ['dot', /^digraph/],
    ['svg', /^<svg class="stageplan-diagram"/],
    ['json', /^\{\n {2}"combinations": 2/],
  ])('is drawn with --format %s', async (format, picture) => {
    const { code, out } = await sweep('--axis', 'model=a,b', '--tree', '--format', format);
    expect(code).toBe(0);
    expect(out).toMatch(picture);
  });
});

describe('exits 2', () => {
  test('for axes that are wrong, and says so to people and programs', async () => {
    const { code, out, err } = await sweep('--axis', 'stepss=1');
    expect(code).toBe(2);
    expect(err).toBe(
      '✗ base.json cannot be swept like that.\n  ✗ stepss is not a field of a RunConfig. Did you mean steps?\n',
    );
    expect(JSON.parse(out)).toMatchObject({ file: 'base.json', error: { name: 'InvalidSweepError' } });
    expect(await sweep('--axis', 'adetailer.5.model=a.pt')).toMatchObject({ code: 2 });
    for (const how of [['--table'], ['--dry-run'], ['--tree'], ['--format', 'svg']])
      expect(await sweep('--axis', 'stepss=1', ...how)).toMatchObject({ code: 2, err });
  });

  test.each([
    [[], /say what to sweep with --axis or --axis-file/],
    [['--axis', 'steps'], /It must be a field and its values: steps=20,30/],
    [['--axis', '=5'], /It must be a field and its values/],
    [['--axis', 'steps=1', '--dry-run', '--tree'], /cannot be used with/],
    [['--axis', 'steps=1', '--format', 'svg', '--json'], /cannot be used with/],
  ])('for the arguments %j', async (argv, message) => {
    const { code, out, err } = await sweep(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('for files that cannot be read', async () => {
    const outside = { files: { ...files, 'axes.json': '{}', 'broken.json': '{' } };
    const told = async (...argv: readonly string[]) => run(['sweep', ...argv], outside);
    expect(await told('base.json', '--axis-file', 'axes.json')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^✗ axes\.json cannot be used\.\n.* It must hold a list of axes/),
    });
    // It is the axes that are missing, not the run.
    const missing = await told('base.json', '--axis-file', 'none.json', '--dry-run');
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('none.json cannot be used') });
    expect(JSON.parse(missing.out)).toMatchObject({ file: 'none.json' });
    expect(await told('broken.json', '--axis', 'steps=1')).toMatchObject({ code: 2 });
    expect(await told('none.json', '--axis', 'steps=1', '--tree')).toMatchObject({ code: 2 });
  });
});

test('a reader that goes away ends the sweep, whatever would have come', async () => {
  const { code, out } = await run(['sweep', 'base.json', '--axis', 'steps=1..200'], {
    files,
    failing: { code: 'EPIPE', after: 1 },
  });
  const lines = out.trim().split('\n').length;
  expect({ code, inPart: lines > 1 && lines < 50 }).toEqual({ code: 0, inPart: true });
});

test('a base that is no RunConfig is refused as build refuses it', async () => {
  const { code, err } = await run(['sweep', '-', '--axis', 'steps=1'], { stdin: '5' });
  expect(code).toBe(1);
  expect(err).toContain('standard input is not a valid RunConfig.');
});

test('the flags of build choose the sequence', async () => {
  const detailed = { ...base, adetailer_enabled: true };
  const { out } = await run(
    ['sweep', '-', '--axis', 'steps=1', '--table', '--sequence', 'detail-before-upscale'],
    { stdin: JSON.stringify(detailed) },
  );
  expect(out).toContain('txt2img, adetailer, upscale');
});
