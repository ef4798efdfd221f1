import { expect, test } from 'vitest';
import { answerFiles } from '../../src/cli/answer.ts';
import { TooMuchWorkError } from '../../src/index.ts';
import { fakeIo, run } from './fake-io.ts';

test('an error that is no matter of the input is not turned into one', async () => {
  const broken = () => {
    throw new Error('a bug');
  };
  await expect(answerFiles(fakeIo({ stdin: '{}' }), ['-'], {}, broken)).rejects.toThrow('a bug');
});

test('more work than is counted is a refusal, and tells how much is', async () => {
  const most = 10_000_000;
  const tooMuch = () => {
    throw new TooMuchWorkError('counted', most);
  };
  const printed = { out: '', err: '' };
  expect(await answerFiles(fakeIo({ stdin: '{}' }, printed), ['-'], {}, tooMuch)).toBe(2);
  expect(JSON.parse(printed.out).error).toMatchObject({ name: 'TooMuchWorkError', most });
  expect(printed.err).toContain('more than 10,000,000 stages of different work');
});

const files = {
  'bad.json': '{"adetailer_enabled":true}',
  'good.json': '{"txt2img_enabled":true}',
  'broken.json': '{',
};

test.each([
  [['bad.json', 'good.json'], 1],
  [['good.json', 'bad.json'], 1],
  [['broken.json', 'bad.json', 'good.json'], 2],
  [['bad.json', 'broken.json', 'good.json'], 2],
  [['good.json', 'good.json'], 0],
])('of the codes of %j the worst is that of the command: %d', async (names, code) => {
  expect((await run(['build', ...names], { files })).code).toBe(code);
});

test.each([
  [['build', 'bad.json', 'good.json'], '', 1, 1],
  [['build', 'good.json', 'bad.json'], '', 1, 1],
  [['build', 'good.json', 'broken.json', 'bad.json'], '', 1, 2],
  [['build', '--ndjson'], '{"txt2img_enabled":true}\n{}\n{\n{}\n', 2, 2],
  [['orders'], '', 0, 0],
  [['--help'], '', 0, 0],
])('%j whose reader goes away still ends with the worst code so far', async (argv, stdin, after, code) => {
  const { err, ...ended } = await run(argv, { files, stdin, failing: { code: 'EPIPE', after } });
  expect(ended.code).toBe(code);
  expect(err).not.toContain('Standard output');
});

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'EDQUOT'],
])('where standard output fails with %s, one line says so and the code is 2', async (failure, reason) => {
  for (const argv of [['build', 'good.json', 'good.json'], ['orders'], ['--help']])
    expect(await run(argv, { files, failing: { code: failure, after: 0 } })).toEqual({
      code: 2,
      out: '',
      err: `Standard output cannot be written: ${reason}.\n`,
    });
});

const obeyed = '\u001b]0;x\u0007\u009b31m\u202e\n# fake';
const raw = /(?!\n)[\p{Cc}\u202a-\u202e]/u;

test.each([
  ['a value in a table', ['build', '--table', 'x'], { txt2img_enabled: true, model: obeyed }],
  ['a value in JSON', ['build', '--json', 'x'], { txt2img_enabled: true, model: obeyed }],
  ['a key', ['build', '--table', 'x'], { [obeyed]: 1 }],
  ['a refused value', ['build', '--table', 'x'], { txt2img_enabled: obeyed }],
  ['a name of a file', ['build', '--table', obeyed], {}],
  [
    'an event',
    ['draw', 'x'],
    { format_version: '2.0', sequence: { id: 'canonicalSequence' }, events: [obeyed] },
  ],
])('%s sends a terminal nothing that it obeys, and stays on its line', async (_, argv, document) => {
  const text = JSON.stringify(document);
  const { out, err } = await run(argv, { files: { x: text, [obeyed]: text } });
  expect(out + err).not.toMatch(raw);
  expect(out + err).toContain('\\u001b]0;x');
  expect(out + err).not.toMatch(/^# fake/m);
});

test.each(['build', 'explain', 'verify'])(
  '%s refuses a key that stands twice, with both places',
  async (verb) => {
    const text = '{\n  "txt2img_enabled": true,\n  "model": "\\"a\\": b",\n  "model": "c"\n}';
    expect(await run([verb, '--table', 'x'], { files: { x: text } })).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'model stands twice, with a value in line 3, column 12, and again in line 4, column 3: keep one of them.',
      ),
    });
    const once = await run([verb, 'x'], {
      files: { x: text.replace('"model": "c"', '"vae": "\\"model\\": c"') },
    });
    expect(once.err).not.toContain('twice');
  },
);
