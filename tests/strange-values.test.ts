import { expect, test } from 'vitest';
import { parseWith } from '../src/config/parse-run-config.ts';
import { knownRun } from '../src/config/run-schema.ts';
import {
  buildStagePlan,
  explainStagePlan,
  RunConfig,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../src/index.ts';

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing = (key: string): object =>
  Object.defineProperty({}, key, {
    enumerable: true,
    get: () => {
      throw new Error('boo');
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

test('a fault of the library itself is not taken for one of the run', () => {
  const broken = { ...RunConfig, safeParse: () => expect.unreachable('a fault of our own') };
  const schema = { ...knownRun, RunConfig: Object.setPrototypeOf(broken, RunConfig) };
  expect(() => parseWith(schema, {})).toThrow('a fault of our own');
});
