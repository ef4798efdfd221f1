import { describe, expect, test } from 'vitest';
import { maxTextLength, readJsonText } from '../../src/import/index.ts';

function errorOf(text: string): unknown {
  try {
    return readJsonText(text);
  } catch (error) {
    return error;
  }
}

describe('readJsonText', () => {
  test('reads JSON with or without a byte order mark', () => {
    expect(readJsonText('\uFEFF{"a": 1}')).toEqual({ a: 1 });
  });

  test('reads JSON Lines as a list', () => {
    expect(readJsonText('{"a": 1}\r\n\n{"a": 2}\n')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('refuses text over the stated limit', () => {
    expect(errorOf(' '.repeat(maxTextLength + 1))).toMatchObject({ code: 'too_large' });
  });

  test.each([
    ['nothing', ' \n', 'empty', undefined],
    ['a cut-off object', '{"txt2img": {\n"steps": 20', 'cut_off', 2],
    ['a cut-off list', '[{"steps": 20},', 'cut_off', 1],
    ['a cut-off string', '"a\\', 'cut_off', 1],
    ['JSON Lines with a cut-off end', '{"a": 1}\n{"a": {"b', 'cut_off', 2],
    ['JSON Lines with a bracket that closes nothing', '{"a": 1}\n\n}', 'not_json', 3],
    ['a bracket that closes the wrong one', '{"a": [1}\n]', 'not_json', 1],
    ['a string that does not end on its line', '{"a: 1\n}', 'not_json', 1],
    ['words', 'steps: 20', 'not_json', 1],
    ["git's markers", '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}', 'conflict_markers', 2],
  ])('refuses %s with its line', (_kind, text, code, line) => {
    expect(errorOf(text)).toMatchObject({ name: 'UnreadableInputError', code, line });
  });
});
