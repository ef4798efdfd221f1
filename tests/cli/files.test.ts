import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWholeFile } from '../../src/cli/whole-file.ts';
import { buildStagePlan } from '../../src/index.ts';
import { run } from './fake-io.ts';

const good = '{"txt2img_enabled":true}';
const bad = '{"adetailer_enabled":true}';
const plan = JSON.stringify(buildStagePlan({ txt2img_enabled: true }));

describe('what is piped in is read without a name', () => {
  test.each([
    [['build'], good],
    [['explain'], good],
    [['verify'], plan],
    [['sweep', '--axis', 'steps=20'], good],
    [['compile', '--to', 'forge'], good],
    [['import'], 'x\nSteps: 20, Sampler: Euler a, Size: 512x512'],
  ])('%j', async (argv, stdin) => {
    const named = await run([...argv, '-'], { stdin });
    expect(named.code).toBe(0);
    expect(await run(argv, { stdin })).toEqual(named);
    expect(await run(argv)).toEqual({ code: 2, out: '', err: 'error: name a file, or pipe one in\n' });
  });
});

describe('a folder or a pattern stands for the documents in it', () => {
  const files = { 'in/b.json': good, 'in/a/c.jsonc': good, 'in/notes.md': '', 'in/d.json': bad };

  test.each([
    [['in'], ['in/a/c.jsonc', 'in/b.json', 'in/d.json']],
    [['in/*.json'], ['in/b.json', 'in/d.json']],
    [
      ['in/d.json', 'in/**/*.jsonc'],
      ['in/d.json', 'in/a/c.jsonc'],
    ],
  ])('%j', async (names, expected) => {
    const { out } = await run(['build', ...names, '--table'], { files });
    const { err } = await run(['build', ...names, '--table'], { files });
    const read = expected.map((file) =>
      (files[file as keyof typeof files] === bad ? err : out).includes(`${file}`),
    );
    expect(read).toEqual(expected.map(() => true));
  });

  test('but not for what nobody keeps a run in, unless that is named', async () => {
    const beside = {
      ...files,
      'in/node_modules/x/package.json': bad,
      'in/.cache/e.json': bad,
      'in/a/.f.json': bad,
    };
    for (const name of ['in', 'in/**/*.json*'])
      expect(await run(['build', name], { files: beside })).toEqual(await run(['build', name], { files }));
    const { out } = await run(['build', 'in/.cache'], { files: beside });
    expect(JSON.parse(out)).toMatchObject({ file: 'in/.cache/e.json' });
  });

  test('and says what it passes over, or that there is nothing', async () => {
    const { err } = await run(['explain', 'in'], { files });
    expect(err).toBe(
      '1 file is passed over, being no JSON or JSONC by name: in/notes.md. Name them to read them.\n',
    );
    expect(await run(['build', 'out/*.json'], { files })).toMatchObject({
      code: 2,
      err: 'error: there is no JSON file in out/*.json\n',
    });
  });
});

describe('a .jsonc file', () => {
  const text = '{\n  // what to make\n  "txt2img_enabled": true, /* of\n  two */ "steps": 30,\n}';

  test('may have comments and trailing commas, and is the same run', async () => {
    const { out } = await run(['build', 'a.jsonc'], { files: { 'a.jsonc': text } });
    expect(JSON.parse(out)).toEqual(buildStagePlan({ txt2img_enabled: true, steps: 30 }));
  });

  test('is told the right place where it breaks, and of a key that stands twice', async () => {
    const broken = text.replace('30,', '30 30');
    const { out } = await run(['build', 'a.jsonc'], { files: { 'a.jsonc': broken } });
    expect(JSON.parse(out)).toMatchObject({ error: { name: 'InputError', line: 4, column: 22 } });
    const twice = text.replace('30,', '30, "steps": 31,');
    expect((await run(['build', 'a.jsonc'], { files: { 'a.jsonc': twice } })).err).toContain(
      'steps stands twice',
    );
  });

  test('is what has comments: a .json file and standard input have none, and are told of it', async () => {
    const told = { code: 2, err: expect.stringContaining('A file named .jsonc may have comments') };
    expect(await run(['build', 'a.json'], { files: { 'a.json': text } })).toMatchObject(told);
    expect(await run(['build'], { stdin: text })).toMatchObject(told);
  });

  test('is imported as it is built, and is UTF-8', async () => {
    const { code, out } = await run(['import', 'a.jsonc', '--ndjson'], { files: { 'a.jsonc': text } });
    expect([code, JSON.parse(out).error]).toEqual([0, undefined]);
    const latin = { 'a.jsonc': Uint8Array.of(0x22, 0xe9, 0x22) };
    expect((await run(['build', 'a.jsonc'], { files: latin })).err).toContain('Save it as UTF-8');
  });
});

describe('--output', () => {
  const files = { 'good.json': good, 'bad.json': bad };

  /** Runs a command with `-o kept.json`, where something stands already. */
  async function written(argv: readonly string[], stdin = '') {
    const saved = { 'kept.json': 'old' };
    const ran = await run([...argv, '-o', 'kept.json'], { files, stdin, saved, terminal: true, color: true });
    return { ...ran, kept: saved['kept.json'] };
  }

  test('writes what else is printed, as to a pipe', async () => {
    const { kept, ...ran } = await written(['build', 'good.json']);
    expect(ran).toEqual({ code: 0, out: '', err: '' });
    expect(kept).toBe((await run(['build', 'good.json'], { files })).out);
    expect((await written(['orders', '--table'])).kept).toBe((await run(['orders', '--table'])).out);
    expect((await written(['schema', 'plan'])).kept).toBe((await run(['schema', 'plan'])).out);
  });

  test('leaves what stands there when something is refused, and says so', async () => {
    for (const argv of [
      ['build', 'good.json', 'bad.json'],
      ['compile', 'bad.json', '--to', 'forge'],
      ['build', 'none.json'],
    ]) {
      const { code, out, err, kept } = await written(argv);
      expect(code).toBeGreaterThan(0);
      expect([out, kept]).toEqual(['', 'old']);
      expect(err).toMatch(/\nkept.json is not written.\n$/);
    }
  });

  test.each([
    [['explain', 'bad.json']],
    [['draw', 'bad.json']],
    [['sweep', 'good.json', '--axis', 'steps=200']],
  ])('of %j is a report, and written whatever it says', async (argv) => {
    const { code, kept } = await written(argv);
    expect(code).toBe(1);
    expect(kept).toBe((await run(argv, { files })).out);
  });

  test.each([
    [['build', '--ndjson'], `${good}\n${bad}\n{`],
    [['compile', '--ndjson', '--to', 'forge'], `${good}\n${bad}`],
    [['import', '--ndjson'], `${good}\n{`],
    [['import', '--ndjson', 'good.json', 'none.json'], ''],
  ])('of the stream %j has a line for each that is read, whatever it says', async (argv, stdin) => {
    const { code, err, kept } = await written(argv, stdin);
    const printed = await run(argv, { files, stdin });
    expect(code).toBeGreaterThan(0);
    expect({ code, err, kept }).toEqual({ code: printed.code, err: '', kept: printed.out });
  });

  test('of a stream that does not begin leaves what stands there', async () => {
    for (const option of [['--fields', 'stagse'], ['--jobs', '0'], ['good.json']])
      expect((await written(['build', '--ndjson', ...option], good)).kept).toBe('old');
  });

  test('- is standard output', async () => {
    expect(await run(['orders', '-o', '-'])).toEqual(await run(['orders']));
  });
});

describe('a whole file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stageplan-'));
  const at = (name: string) => join(folder, name);

  test('stands under its name once it is kept, and not before', async () => {
    writeFileSync(at('a'), 'old');
    chmodSync(at('a'), 0o640);
    const file = await createWholeFile(at('a'));
    await file.write('new ');
    await file.write('text');
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    await file.keep();
    expect(readFileSync(at('a'), 'utf8')).toBe('new text');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('that is dropped leaves nothing behind', async () => {
    const file = await createWholeFile(at('b'));
    await file.write('x');
    await file.drop();
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('that is dropped takes the folders with it that were made for it, unless others use them', async () => {
    const alone = await createWholeFile(at('new/er/b'));
    await alone.write('x');
    await alone.drop();
    expect(readdirSync(folder)).toEqual(['a']);
    const beside = await createWholeFile(at('new/er/b'));
    writeFileSync(at('new/of another'), '');
    await beside.drop();
    expect(readdirSync(at('new'))).toEqual(['of another']);
    rmSync(at('new'), { recursive: true });
  });

  test('is begun when the first of it is written', async () => {
    let begun = 0;
    const file = await createWholeFile(at('b'), () => {
      begun += 1;
    });
    expect([begun, readdirSync(folder)]).toEqual([0, ['a']]);
    await file.drop();
    expect([begun, readdirSync(folder)]).toEqual([0, ['a']]);
  });

  test('makes the folders that it lies in', async () => {
    const file = await createWholeFile(at('deep/er/c'));
    await file.keep();
    expect(statSync(at('deep/er/c')).size).toBe(0);
  });

  test('makes folders that others make at the same time', async () => {
    const files = await Promise.all(
      Array.from({ length: 8 }, (_, n) => createWholeFile(at(`both/of/us/${n}`))),
    );
    await Promise.all(files.map((file) => file.keep()));
    expect(readdirSync(at('both/of/us'))).toHaveLength(8);
  });

  test.skipIf(process.platform !== 'linux')(
    'in a folder that the system makes none in is told, and ends',
    async () => {
      await expect(createWholeFile('/proc/nope/x')).rejects.toThrow('no file or folder can be made there');
    },
  );

  test.skipIf(process.platform === 'win32')('keeps links, modes and pipes', async () => {
    symlinkSync(at('a'), at('link'));
    const linked = await createWholeFile(at('link'));
    await linked.write('through a link');
    await linked.keep();
    expect(readFileSync(at('a'), 'utf8')).toBe('through a link');
    expect(statSync(at('a')).mode & 0o777).toBe(0o640);
    symlinkSync('new', at('ahead'));
    await (await createWholeFile(at('ahead'))).keep();
    expect(statSync(at('new')).isFile()).toBe(true);
    symlinkSync('round', at('about'));
    symlinkSync('about', at('round'));
    await expect(createWholeFile(at('round'))).rejects.toThrow('its links lead in a circle');
    // A pipe of the test's own: where this fails, /dev/null would be the file that is replaced.
    execFileSync('mkfifo', [at('pipe')]);
    const reader = openSync(at('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    const pipe = await createWholeFile(at('pipe'));
    await pipe.write('x');
    await pipe.keep();
    expect(readFileSync(reader, 'utf8')).toBe('x');
    closeSync(reader);
  });

  test('that cannot be written is told by its name', async () => {
    await expect(createWholeFile(folder)).rejects.toThrow(`${folder} cannot be written: it is a folder.`);
    await expect(createWholeFile(at('a/b'))).rejects.toThrow(
      `${at('a/b')} cannot be written: a file stands where its folder should be.`,
    );
  });
});
