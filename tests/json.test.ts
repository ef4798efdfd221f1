import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, frozenCopy, sameJson } from '../src/json.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const proto: unknown = JSON.parse('{"__proto__":{"a":1}}');

test('values are the same where their sorted texts are', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(sameJson(one, other)).toBe(canonicalJson(one) === canonicalJson(other));
      expect(sameJson([one, { a: other, b: one }], [one, { b: one, a: other }])).toBe(true);
    }),
  );
});

test.each([
  [{}, proto],
  [proto, {}],
  [{ a: 1 }, { a: 1, b: null }],
  [[1], { 0: 1 }],
  [[1], [1, 1]],
  [null, {}],
])('%j is not %j', (one, other) => {
  expect(sameJson(one, other)).toBe(false);
});

test('a copy is equal, frozen at every depth and nobody else’s; __proto__ is a field of it', () => {
  const value = { list: [{ a: 1 }], proto };
  const copy = frozenCopy(value);
  expect(copy).toEqual(value);
  expect(canonicalJson(copy)).toBe(canonicalJson(value));
  expect([copy, copy.list, copy.list[0], copy.proto].every(Object.isFrozen)).toBe(true);
  expect(Object.isFrozen(value.list)).toBe(false);
});
