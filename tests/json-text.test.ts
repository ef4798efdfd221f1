import { describe, expect, test } from 'vitest';
import { duplicateKeys, mayRepeatKeys, mostRepeatedKeys } from '../src/json-text.ts';

function repeatedIn(text: string): readonly (readonly [place: string, lost: string])[] {
  return duplicateKeys(text).map(({ path, lost }) => [path.join('.'), lost]);
}

describe('duplicateKeys', () => {
  test.each([
    ['a value', '{"a": 1, "a": 2}', [['a', '1']]],
    [
      'a value that is lost twice',
      '{"a":1,"a":[2],"a":3}',
      [
        ['a', '1'],
        ['a', '[2]'],
      ],
    ],
    [
      'an object with the one in it',
      '{"a":{"b":1,"b":2},"a":{}}',
      [
        ['a.b', '1'],
        ['a', '{"b":1,"b":2}'],
      ],
    ],
    ['a place in a list', '[{"a":1},{"b":[0,{"c":"x, }","c":1}]}]', [['1.b.1.c', '"x, }"']]],
    ['a key by another spelling', '{"a\\u0062":1,"ab":2}', [['ab', '1']]],
    ['the key of the prototype', '{"__proto__":1,"__proto__":2}', [['__proto__', '1']]],
    ['a key behind a string that ends in a backslash', '{"a":"\\\\","a":"\\""}', [['a', '"\\\\"']]],
  ])('tells %s', (_what, text, lost) => {
    expect(repeatedIn(text)).toEqual(lost);
    expect(mayRepeatKeys(text, JSON.parse(text))).toBe(true);
  });

  test('says where a key stands again', () => {
    expect(duplicateKeys('{"a":1,\n"a":2}')).toMatchObject([{ at: 8, lostAt: 5, lost: '1' }]);
  });

  test.each(['{"a":{"x":1},"b":{"x":1}}', '[{"a":1},{"a":1}]', '"a"', '{"constructor":1}', '[[],{},1,null]'])(
    'finds none in %s, and nobody needs to look',
    (text) => {
      expect(duplicateKeys(text)).toEqual([]);
      expect(mayRepeatKeys(text, JSON.parse(text))).toBe(false);
    },
  );

  test('takes no key of JSON in a string for one of its own', () => {
    expect(duplicateKeys('{"a":"{\\"b\\":1,\\"b\\":2}"}')).toEqual([]);
  });

  test('stops at the stated number', () => {
    expect(duplicateKeys(`{${'"a":1,'.repeat(100)}"a":2}`)).toHaveLength(mostRepeatedKeys);
  });
});
