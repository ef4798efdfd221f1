import fc from 'fast-check';
import { expect, test } from 'vitest';

test('whatever is drawn at random is drawn again in the next run', () => {
  const checked = () => fc.check(fc.property(fc.nat(), () => true)).seed;
  expect(checked()).toBe(checked());
  const sampled = () => fc.sample(fc.nat(), 20);
  expect(sampled()).toEqual(sampled());
});
