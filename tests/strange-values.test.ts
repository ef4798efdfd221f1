import { expect, test } from 'vitest';
import { parseWith } from '../src/config/parse-run-config.ts';
import { knownRun } from '../src/config/run-schema.ts';
import {
  buildStagePlan,
  explainStagePlan,
  RunConfig,
  type StageSequence,
  safeBuildStagePlan,
  verifyStageOrder,
  verifyStagePlan,
} from '../src/index.ts';

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const revokedFunction = (): unknown => {
  const { proxy, revoke } = Proxy.revocable(() => {}, {});
  revoke();
  return proxy;
};
const boo = (): never => {
  throw new Error('boo');
};
const throwing = (key: string, thrown: unknown = new Error('boo')): object =>
  Object.defineProperty({}, key, {
    enumerable: true,
    get: () => {
      throw thrown;
    },
  });

test.each<[string, unknown, string]>([
  [
    'a Map',
    new Map([['txt2img_enabled', true]]),
    'must be a plain object, as JSON.parse makes it, but is a Map',
  ],
  ['a Date', new Date(0), 'but is a Date'],
  ['an object of a class', new (class Run {})(), 'but is a Run'],
  ['inherited fields', Object.create({ txt2img_enabled: true }), 'but inherits its fields'],
  ['fields inherited of nobody', Object.create(Object.create(null)), 'but inherits its fields'],
  ['a section of its own kind', { img2img: new Map() }, 'img2img must be a plain object'],
  ['one deeper', { upscale: { redraw: new Map() } }, 'upscale.redraw must be a plain object'],
  ['one in a list', { adetailer: [new Map()] }, 'adetailer[0] must be a plain object'],
  ['a getter that throws', throwing('steps'), 'cannot be read ("Error: boo"): hand over plain data'],
  ['a revoked proxy', revoked(), 'hand over plain data'],
  ['null', null, 'must be an object, but is null'],
  ['a revoked function', revokedFunction(), 'must be an object, but is a function'],
  ['one in metadata', { metadata: { a: revokedFunction() } }, 'hand over plain data'],
  ['one in a field', { prompt: revokedFunction() }, 'prompt must be a string, but is a function'],
  ['a proxy without a prototype', new Proxy({}, { getPrototypeOf: boo }), 'cannot be read ("Error: boo")'],
  ['a proxy that is strict about fields', new Proxy({}, { get: boo }), 'cannot be read ("Error: boo")'],
  ['a list without a length', { adetailer: new Proxy([], { get: boo }) }, 'cannot be read ("Error: boo")'],
  [
    'a getter that throws what has no text',
    throwing('steps', revoked()),
    'cannot be read ("something without',
  ],
  [
    'a class whose name throws',
    Object.create({
      get constructor() {
        return boo();
      },
    }),
    'hand over plain data',
  ],
  ['a class of a long name', Object.create({ constructor: { name: '\u001b'.repeat(99) } }), 'u001b…'],
  ['a number of many digits', { steps: 10n ** 99n }, `but is 1${'0'.repeat(59)}….`],
])('%s is no run, and is told as that', (_, run, message) => {
  const result = safeBuildStagePlan(run);
  expect(result.success ? '' : result.error.message).toContain(message);
  expect(explainStagePlan(run)).toMatchObject({ legal: false, problems: [{ code: 'wrong_type' }] });
});

test('what cannot be read is told of the run as a whole', () => {
  expect(explainStagePlan(throwing('steps')).problems.map(({ path }) => path)).toEqual([[]]);
});

test('an object without a prototype is as plain as any', () => {
  const run = Object.assign(Object.create(null), { txt2img_enabled: true });
  expect(safeBuildStagePlan(run).success).toBe(true);
});

test.each([
  ['a getter that throws', throwing('format_version')],
  ['a revoked proxy', revoked()],
  ['a proxy that throws whatever it is asked', new Proxy({}, { get: boo, has: boo, ownKeys: boo })],
  ['a getter that throws what has no text', throwing('format_version', revoked())],
])('%s is no plan', (_, plan) => {
  const { problems } = verifyStagePlan(plan);
  expect(problems).toMatchObject([{ code: 'malformed_plan', path: '' }]);
  expect(problems[0]?.message).toContain('cannot be read');
});

test.each([
  ['a getter that throws', throwing('order')],
  ['a revoked proxy', revoked()],
])('%s is no options', (_, options) => {
  const result = safeBuildStagePlan({ txt2img_enabled: true }, options);
  expect(result.success ? '' : result.error.message).toContain('The options cannot be read');
  expect(() => buildStagePlan({ txt2img_enabled: true }, options)).toThrow('hand over plain data');
});

test.each([
  ['a Map', new Map([['externalInput', false]])],
  ['a list', []],
  ['a function', () => {}],
])('%s is no options', (_, options) => {
  expect(() => buildStagePlan({ txt2img_enabled: true }, options as object)).toThrow('must be an object');
});

test('a revoked proxy is no list of stages', () => {
  expect(() => verifyStageOrder(revoked() as string[])).toThrow('stages must be a list of stage types');
});

test('a revoked proxy is no sequence', () => {
  const options = { sequence: revoked() as StageSequence };
  expect(() => buildStagePlan({ txt2img_enabled: true }, options)).toThrow(
    'sequence must be a machine or one of',
  );
});

test.each<[string, () => unknown]>([
  ['nothing else', () => ({})],
  ['a function', () => boo],
  [
    'a value that holds itself',
    () => {
      const list: unknown[] = [];
      list.push(list);
      return list;
    },
  ],
  ['more values than are read', () => Array.from({ length: 250_001 }, () => ({}))],
  [
    'values to no end',
    () => {
      const endless = (): object =>
        new Proxy(
          {},
          {
            ownKeys: () => ['a'],
            get: endless,
            getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
          },
        );
      return endless();
    },
  ],
])('a getter that throws once, beside %s, is told like one that always does', (_, beside) => {
  let readings = 0;
  const once = () => {
    readings += 1;
    return readings === 1 ? boo() : true;
  };
  const run = Object.defineProperty({ metadata: beside() }, 'txt2img_enabled', {
    enumerable: true,
    get: once,
  });
  const result = safeBuildStagePlan(run);
  expect(result.success ? '' : result.error.message).toContain('cannot be read ("Error: boo")');
});

test('a fault of the library itself is not taken for one of the run', () => {
  const broken = { ...RunConfig, safeParse: () => expect.unreachable('a fault of our own') };
  const schema = { ...knownRun, RunConfig: Object.setPrototypeOf(broken, RunConfig) };
  expect(() => parseWith(schema, {})).toThrow('a fault of our own');
});
