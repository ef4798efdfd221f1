import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible, visibleLines } from '../src/visible.ts';

test.each([
  ['\u001b[2J', '\\u001b[2J'],
  ['a\nb', 'a\\nb'],
  ['\u0000\t\r\u007f\u0085\u009b', '\\u0000\\u0009\\u000d\\u007f\\u0085\\u009b'],
  ['\u202eabc\u2066\u200f\u2028\ufeff', '\\u202eabc\\u2066\\u200f\\u2028\\ufeff'],
  ['\ud800 alone', '\\ud800 alone'],
  ['\ufffe\uffff', '\\ufffe\\uffff'],
  ['ümlaut, 日本, 👩‍🎨', 'ümlaut, 日本, 👩‍🎨'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('JSON says the same, whatever a terminal would obey in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const printed = visibleLines(JSON.stringify({ [text]: text }, null, 2));
      expect(JSON.parse(printed)).toEqual({ [text]: text });
      expect(printed).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
