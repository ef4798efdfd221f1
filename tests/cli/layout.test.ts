import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largest } from '../../src/cli/largest.ts';
import { hanging, table } from '../../src/cli/layout.ts';
import { lookOf, plainLook } from '../../src/cli/look.ts';
import { run } from './fake-io.ts';

/** The columns of a text of Latin and Han letters. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter === '日' ? 2 : 1), 0);
}

/** The letters of a text in the order of the alphabet, without spaces. */
function lettersOf(text: string): string {
  return [...text.replaceAll(/\s/g, '')].sort().join('');
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', '日', '7'), minLength: 1, maxLength: 20 });
const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
const columns = fc.constantFrom(60, 80, 100, 120);

describe('a table', () => {
  test('is as wide as its widest cells where there is room, and a row may be short', () => {
    expect(table(['a', 'bbb', 'c'], [{ cells: ['dd', 'e'] }], plainLook)).toBe('a   bbb  c\ndd  e');
  });

  test('is never wider than its terminal, and loses no letter', () => {
    fc.assert(
      fc.property(columns, fc.array(fc.tuple(text, text, text), { maxLength: 4 }), (width, cells) => {
        const rows = cells.map((row) => ({ cells: row }));
        const said = table(['#', 'x', 'y'], rows, { columns: width, color: false });
        expect(Math.max(...said.split('\n').map(widthOf))).toBeLessThanOrEqual(width);
        expect(lettersOf(said)).toBe(lettersOf(`#xy${cells.flat().join('')}`));
      }),
      { numRuns: 60 },
    );
  });

  test('runs on two columns to the right, and parts no number from its thing', () => {
    const rows = [{ cells: ['1', 'base.safetensors, 30 steps Euler a, cfg 6.5, 832 x 1216'] }];
    expect(table(['#', 'settings'], rows, { columns: 30, color: false }).split('\n')).toEqual([
      '#  settings',
      '1  base.safetensors, 30 steps',
      '     Euler a, cfg 6.5,',
      '     832 x 1216',
    ]);
  });

  test('cuts through a word only where its columns have no room for their words', () => {
    const rows = [{ cells: ['one two three', '/sdapi/v1/extra-single-image'] }];
    const said = (width: number) => table(['a', 'b'], rows, { columns: width, color: false }).split('\n');
    expect(said(42)[1]).toBe('one two       /sdapi/v1/extra-single-image');
    expect(said(30)[1]).not.toContain('/sdapi/v1/extra-single-image');
  });

  test('runs on below the indent of a cell', () => {
    const rows = [{ cells: ['    upscale with a long name'] }];
    expect(table([''], rows, { columns: 20, color: false })).toBe('\n    upscale with a\n      long name');
  });
});

test('a text behind a lead runs on where it began', () => {
  fc.assert(
    fc.property(columns, text, (width, said) => {
      const [first = '', ...more] = hanging('  ✗ ', said, { columns: width, color: false }).split('\n');
      expect(first.startsWith('  ✗ ')).toBe(true);
      expect(more.filter((line) => !/^ {4}\S/.test(line))).toEqual([]);
      expect(Math.max(...[first, ...more].map(widthOf))).toBeLessThanOrEqual(width);
    }),
    { numRuns: 60 },
  );
});

describe('colour', () => {
  const files = {
    'good.json': '{"txt2img_enabled":true}',
    'bad.json': '{"adetailer_enabled":true}',
    'wrong.json': '{"steps":0}',
  };

  test.each([
    ['build', 'good.json', 'bad.json', 'wrong.json'],
    ['explain', 'good.json', 'bad.json'],
    ['verify', 'good.json'],
    ['orders'],
    ['compile', 'good.json', '--to', 'forge'],
    ['sweep', 'good.json', '--axis', 'steps=20,200'],
    ['--help'],
  ])('says nothing alone: %j %j', async (...argv) => {
    const plain = await run(argv, { files, terminal: true });
    const shown = await run(argv, { files, terminal: true, color: true });
    expect(shown.out + shown.err).toContain('\u001b[');
    expect([shown.out, shown.err].map(stripVTControlCharacters)).toEqual([plain.out, plain.err]);
  });

  test('is dim for what is skipped, green and red for marks', async () => {
    const { out } = await run(['explain', 'bad.json', 'good.json'], { files, terminal: true, color: true });
    expect(out).toContain('\u001b[32m✓\u001b[39m good.json has a plan');
    expect(out).toContain('\n\u001b[31m✗\u001b[39m  adetailer  rejected');
    expect(out).toContain('\n\u001b[2m-  upscale    skipped');
    const sweep = ['sweep', 'good.json', '--axis', 'steps=200'];
    expect((await run(sweep, { files, terminal: true, color: true })).out).toContain(
      '\u001b[31m✗\u001b[39m no plan',
    );
  });

  test.each([
    [{ isTTY: true, columns: 80 }, {}, true],
    [{ isTTY: true, columns: 80 }, { NO_COLOR: '1' }, false],
    [{ isTTY: true, columns: 80 }, { NO_COLOR: '' }, true],
    [{}, { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
    [{ isTTY: true, columns: 80 }, { TERM: 'dumb' }, false],
    [{ isTTY: true, columns: 80 }, { FORCE_COLOR: '0' }, false],
    [{}, {}, false],
    [{}, { FORCE_COLOR: '1' }, true],
    [{}, { FORCE_COLOR: '0' }, false],
    [{}, { NO_COLOR: '1' }, false],
  ])('of %j with %j is %j', (stream, env, color) => {
    expect(lookOf(stream, { TERM: 'xterm-256color', ...env }).color).toBe(color);
  });
});

test.each([
  [{ isTTY: true, columns: 100 }, { COLUMNS: '40' }, 100],
  [{}, { COLUMNS: '40' }, 40],
  [{}, { COLUMNS: '-40' }, Number.POSITIVE_INFINITY],
  [{}, { COLUMNS: 'wide' }, Number.POSITIVE_INFINITY],
  [{}, {}, Number.POSITIVE_INFINITY],
])('%j with %j has lines of %d columns', (stream, env, width) => {
  expect(lookOf(stream, env).columns).toBe(width);
});

describe('a plan in one line', () => {
  test.each([
    ['{"txt2img_enabled":true,"width":512,"height":512}', '1 stage, 512 x 512'],
    ['{"txt2img_enabled":true,"upscale_enabled":true}', '2 stages, 512 x 512 -> 1024 x 1024'],
    ['{"img2img_enabled":true}', '1 stage, unknown size -> 512 x 512, 1 warning'],
  ])('%s: %s', async (stdin, said) => {
    expect((await run(['build', '--table'], { stdin })).out.trim().split('\n').at(-1)).toBe(said);
  });
});

test('between refusals and tables there is a blank line', async () => {
  const files = { 'a.json': '{"steps":0}', 'b.json': '{"steps":0}' };
  const { err } = await run(['build', 'a.json', 'b.json', '--table'], { files });
  expect(err).toMatch(/^✗ a.json is .*\n.*\n\n✗ b.json is .*\n.*\n\n$/);
});

test('explain says what runs, with passes inside their stages, and that an order was repaired', async () => {
  const chain = { txt2img_enabled: true, upscale_enabled: true, hires_enabled: true };
  const explained = async (config: object, ...flags: readonly string[]) =>
    (await run(['explain', '--table', ...flags], { stdin: JSON.stringify(config) })).out.split('\n')[0];
  expect(await explained(chain)).toBe('✓ standard input has a plan: txt2img (hires), upscale.');
  expect(await explained({ img2img_enabled: true, hires_enabled: true })).toBe(
    '✓ standard input has a plan: img2img, upscale (hires).',
  );
  expect(await explained({ ...chain, stage_order: ['upscale', 'txt2img'] }, '--order', 'repair')).toBe(
    '✓ standard input has a plan, its stage_order repaired: txt2img (hires), upscale.',
  );
});

test('explain says what to do before it says where the walk stands', async () => {
  const { out } = await run(['explain', '--table'], { stdin: '{"adetailer_enabled":true}' });
  const [advice, why] = out.split('\nWhy\n');
  expect(advice).toContain('✗ adetailer needs txt2img or img2img before it, which give it an image.\n');
  expect(advice).toContain('> turn txt2img_enabled on');
  expect(advice).not.toContain('walk');
  expect(why).toMatch(/^ {2}The walk stands in start, which leads to txt2img or img2img.\n/);
});

test('explain says of no walk where it stands when no stage was refused', async () => {
  const { out } = await run(['explain', '--table'], { stdin: '{}' });
  expect(out).toContain('✗ Begin with txt2img or img2img: a plan without a stage is no plan.\n');
  expect(out).toContain('\nWhy\n   stage');
});

test('the largest of more numbers than a call takes', () => {
  expect(largest([...Array(200_000).keys()])).toBe(199_999);
  expect(largest([])).toBe(0);
});
