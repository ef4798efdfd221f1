import { describe, expect, test } from 'vitest';
import {
  buildStagePlan,
  InvalidRunConfigError,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../../src/index.ts';

/** An object of so many levels, each of which holds the one below it twice. */
function doubled(levels: number): object {
  let value = {};
  for (let level = 0; level < levels; level += 1) value = { a: value, b: value };
  return value;
}

describe('JSON that shares its parts counts as long as it is written', () => {
  test.each([
    ['metadata', { metadata: doubled(60) }],
    ['backend_options.webui', { backend_options: { webui: doubled(60) } }],
    ['img2img.backend_options.webui', { img2img: { backend_options: { webui: doubled(60) } } }],
  ])('%s of 2^60 values is refused at once', (path, config) => {
    const result = safeBuildStagePlan({ txt2img_enabled: true, ...config });
    const error = result.success ? undefined : result.error;
    expect(error).toBeInstanceOf(InvalidRunConfigError);
    expect(error?.message).toContain(
      `${path} must be an object of plain JSON, at most 64 levels deep and of at most 250000 values.`,
    );
  });

  test('a plan with such metadata is refused too', () => {
    const plan = buildStagePlan({ txt2img_enabled: true });
    expect(verifyStagePlan({ ...plan, metadata: doubled(60) }).problems).toMatchObject([
      { code: 'malformed_plan', path: 'metadata' },
    ]);
  });

  test('250,000 values are taken, and one more is not', () => {
    // The list is a value, and so is the object around it.
    const metadata = (values: number) => ({ list: Array.from({ length: values - 2 }, () => 0) });
    const takes = (values: number) =>
      safeBuildStagePlan({ txt2img_enabled: true, metadata: metadata(values) }).success;
    expect([takes(250_000), takes(250_001)]).toEqual([true, false]);
  });

  test('a list of a billion holes is refused without a look at each', () => {
    const metadata = { list: Array.from({ length: 1 }) };
    metadata.list.length = 1e9;
    expect(safeBuildStagePlan({ txt2img_enabled: true, metadata }).success).toBe(false);
  });
});
