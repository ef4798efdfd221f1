import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFault } from '../src/json-fault.ts';
import { placeIn } from '../src/text-place.ts';

/** `|` marks the place that is told. */
function faultIn(marked: string): readonly [message: string, at: number, marked: number] {
  const { message, at } = jsonFault(marked.replace('|', ''));
  return [message, at, marked.indexOf('|')];
}

describe('a text that is no JSON is told by its first fault, in words', () => {
  test.each([
    ['{"steps": 20,|}', 'a comma stands before the }: take the comma out'],
    ['[1,|]', 'a comma stands before the ]: take the comma out'],
    ['[|,1]', 'a comma stands here with nothing before it: take it out'],
    ['{"a":1,|,}', 'a comma stands here with nothing before it: take it out'],
    ['|// a note\n{}', 'comments are not allowed in JSON: take it out'],
    ['{"a":1 |/* a note */}', 'comments are not allowed in JSON: take it out'],
    ['{"a":|# a note\n1}', 'comments are not allowed in JSON: take it out'],
    ["{|'a':1}", "a text stands in double quotes, not in '"],
    ['{"a":|“b”}', 'a text stands in straight double quotes, not in “'],
    ['{|steps: 20}', 'the key steps stands in double quotes: write "steps"'],
    ['{"a" |1}', 'a colon is missing behind the key, before 1'],
    ['{"a"|,1}', 'a colon is missing behind the key, before ,'],
    ['{"a":1\n|"b":2}', 'a comma is missing before "'],
    ['[1 |null]', 'a comma is missing before null'],
    ['{"a":|}', 'a value is missing before }'],
    ['[|\u0000]', 'a value is missing before \\u0000'],
    ['{|😀}', 'a key is missing before 😀'],
    ['[|True]', 'True is no value of JSON: write true'],
    ['[|None]', 'None is no value of JSON: write null'],
    ['[|-NaN]', '-NaN is no value of JSON: a text stands in double quotes'],
    ['[|constructor]', 'constructor is no value of JSON: a text stands in double quotes'],
    ['[|007]', '007 begins with a 0: write the number without it'],
    ['[|.5]', '.5 is no number of JSON: write digits, a point between digits, an exponent like e-5'],
    ['[|-]', '- is no number of JSON: write digits, a point between digits, an exponent like e-5'],
    [
      `[|1_${'0'.repeat(60)}]`,
      `1_${'0'.repeat(38)} is no number of JSON: write digits, a point between digits, an exponent like e-5`,
    ],
    ['["a|\nb"]', 'a line ends inside a text: close it with ", or write \\n for the line break'],
    ['["a|\tb"]', 'a text holds a tab: write \\t for it'],
    ['["a|\u001b"]', 'a text holds \\u001b: write it as that'],
    ['["C:|\\Users"]', '\\U means nothing in a text: write \\\\ for a backslash'],
    ['["C:|\\users"]', 'behind \\u stand four digits from 0 to 9 and a to f'],
    ['[1|}', '} does not close the [ in line 1, column 1: write ]'],
    ['{\n "a": [|}', '} does not close the [ in line 2, column 7: write ]'],
    ['|]', '] closes nothing: the bracket before it is missing'],
    ['{}|}', 'something stands behind the end of the JSON: it is one value, and no more'],
    ['|<<<<<<< HEAD', 'it holds a conflict marker of git: settle the merge first'],
    ['{"a":[1|', 'it ends before the [ in line 1, column 6 is closed: part of it is missing, or a ]'],
    ['{"a|', 'it ends inside a text: part of it is missing'],
    ['{"a\\u00|', 'it ends inside a text: part of it is missing'],
    ['[tru|', 'it ends inside a value: part of it is missing'],
    ['[-1.5e|', 'it ends inside a value: part of it is missing'],
    [' |', 'it ends before a value'],
  ])('%j', (marked, message) => {
    const [said, at, place] = faultIn(marked);
    expect([said, at]).toEqual([message, place]);
  });
});

test('lines and columns count from 1, and a line break belongs to the line that it ends', () => {
  const text = 'ab\n\ncd';
  expect([...text, ''].map((_, at) => Object.values(placeIn(text, at)).join(':'))).toEqual([
    '1:1',
    '1:2',
    '1:3',
    '2:1',
    '3:1',
    '3:2',
    '3:3',
  ]);
});

const signs = [...'{}[]:,"\\/-+.0123eEtrufalsn \n\t\u0000\u007f\u2028\'#a'];

/** JSON with a few of its characters replaced, taken out or put in. */
const almostJson = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(1), fc.constantFrom('', ...signs)), { maxLength: 3 }),
  )
  .map(([json, edits]) =>
    edits.reduce((text, [at, away, sign]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + sign + text.slice(place + away);
    }, json),
  );

test('JSON has no fault, and whatever JSON.parse refuses has one, up to which it could have become JSON', () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      const { at, message } = jsonFault(text);
      expect(message !== 'it is more than can be read').toBe(!isJson(text));
      if (isJson(text)) return;
      const before = text.slice(0, at);
      if (!isJson(before))
        expect(jsonFault(before)).toMatchObject({ at, message: expect.stringMatching(/^it ends/) });
    }),
    { numRuns: 2000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
