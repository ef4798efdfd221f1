import { expect, test } from 'vitest';
import { answerFiles } from '../../src/cli/answer.ts';
import { align } from '../../src/cli/render-plan.ts';

test('an error that is no matter of the input is not turned into one', async () => {
  const stdin = (async function* () {
    yield new TextEncoder().encode('{}');
  })();
  const io = {
    open: () => stdin,
    list: async () => null,
    save: async () => {},
    get: async () => null,
    stdin,
    out: async () => {},
    err: async () => {},
    version: '',
    terminal: false,
    color: false,
  };
  const broken = () => {
    throw new Error('a bug');
  };
  await expect(answerFiles(io, ['-'], {}, broken)).rejects.toThrow('a bug');
});

test('columns are as wide as their widest cell, and a row may be short', () => {
  expect(
    align([
      ['a', 'bbb', 'c'],
      ['dd', 'e'],
    ]),
  ).toBe('a   bbb  c\ndd  e');
});
