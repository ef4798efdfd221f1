import { expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { fixLines } from '../../src/cli/render-refusal.ts';

const fixes = [{ change: { x_enabled: true }, options: {}, flips: 1, message: 'turn x_enabled on' }];

test.each([
  [{ count: 1, at_least: false }, []],
  [{ count: 21, at_least: false }, ['  and 20 more']],
  [{ count: 9007199254740991, at_least: true }, ['  and at least 9007199254740990 more']],
])('of %j fixes those that are not listed are counted', (fix_count, more) => {
  expect(fixLines({ fixes, fix_count }, plainLook)).toEqual([
    '',
    'To fix it, one of:',
    '  > turn x_enabled on',
    ...more,
  ]);
});

test('without a fix there is nothing to say', () => {
  expect(fixLines({ fixes: [], fix_count: { count: 0, at_least: false } }, plainLook)).toEqual([]);
});
