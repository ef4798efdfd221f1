import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuickly } from '../../src/config/quick-read.ts';
import { RunConfig } from '../../src/index.ts';
import { runConfigArbitrary } from '../../src/testing/index.ts';
import { everything, refiner } from '../fixtures.ts';

/** The same schema, read by zod alone. */
const byZod = RunConfig.clone(RunConfig.def);

/** What a schema makes of a value, to the order of its keys, or its complaints. */
function read(schema: typeof RunConfig, value: unknown): string {
  const { data, error } = schema.safeParse(value);
  return JSON.stringify({ data, issues: error?.issues }, (_key, inner) =>
    inner === undefined ? 'undefined' : inner,
  );
}

const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  0.5,
  1e9,
  Number.NaN,
  '',
  'None',
  'DPM++ 2M Karras',
  [],
  [{}],
  {},
  { width: 64 },
  { unknown: 1 },
  new Map(),
  Object.create({ steps: 1 }),
];

test('a run is read as zod reads it, to the order of its keys', () => {
  fc.assert(
    fc.property(runConfigArbitrary(fc), (config) => {
      expect(read(RunConfig, config)).toBe(read(byZod, config));
    }),
    { numRuns: 20 },
  );
});

const inner = ['steps', 'width', 'upscaler', 'redraw', 'mask', 'webui', 'unknown'];

test.each([...Object.keys(RunConfig.shape), 'unknown', '__proto__'])(
  'whatever stands in %s is read or refused as zod does it',
  (field) => {
    for (const value of odd.flatMap((each) => [each, [each], ...inner.map((key) => ({ [key]: each }))])) {
      // Not by assignment, which would make `__proto__` no field.
      const run = Object.fromEntries([['prompt', 'a fox'] as const, [field, value] as const]);
      expect(read(RunConfig, run)).toBe(read(byZod, run));
    }
  },
);

test.each(odd)('%o in place of a run is refused as zod does it', (value) => {
  expect(read(RunConfig, value)).toBe(read(byZod, value));
});

test('zod reads what is wrong and what is read backwards, and nothing that is right', () => {
  const schema = RunConfig.clone(RunConfig.def);
  const { run } = schema._zod;
  let byZodAlone = 0;
  schema._zod.run = (payload, context) => {
    byZodAlone += 1;
    return run(payload, context);
  };
  readQuickly(schema);
  const detectors = {
    adetailer: [{ model: 'face.pt', confidence: 0.4 }, { model: 'hand.pt' }],
    keep: ['txt2img'],
  };
  for (const run of [{}, everything, { ...everything, ...refiner, ...detectors, metadata: { a: [1] } }])
    expect(schema.safeParse(run).error).toBeUndefined();
  expect(byZodAlone).toBe(0);
  schema.safeParse({ steps: 'many' });
  expect(byZodAlone).toBe(1);
  expect(() => schema.encode(schema.parse({}))).toThrow('unidirectional');
  expect(byZodAlone).toBe(2);
});

test('two runs share nothing that one of them could change', () => {
  const [one, other] = [RunConfig.parse({}), RunConfig.parse({})];
  for (const key of ['keep', 'backend_options', 'img2img', 'upscale', 'adetailer', 'metadata'] as const)
    expect(one[key]).not.toBe(other[key]);
  expect(one.adetailer[0]).not.toBe(other.adetailer[0]);
});

test('a run that is right is read once', () => {
  let looks = 0;
  const run = {
    get prompt() {
      looks += 1;
      return 'a fox';
    },
  };
  expect(RunConfig.parse(run).prompt).toBe('a fox');
  expect(looks).toBe(1);
});

test('a run can be read by promise', async () => {
  expect(await RunConfig.parseAsync({ steps: 30 })).toEqual(byZod.parse({ steps: 30 }));
});
