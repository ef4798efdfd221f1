import { describe, expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { plainLook } from '../src/cli/look.ts';
import { renderRefusal } from '../src/cli/render-refusal.ts';
import {
  buildStagePlan,
  definePlanner,
  explainStagePlan,
  InvalidRunConfigError,
  InvalidStagePlanError,
  migrateStagePlan,
  repairStageOrder,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../src/index.ts';
import { planSweep } from '../src/sweep/index.ts';

const many = 1000;
const names = Array.from({ length: many }, (_, index) => `none_${index}`);
const keys = Object.fromEntries(names.map((name) => [name, 1]));
const plan = buildStagePlan({ txt2img_enabled: true });

/** A machine with a thousand states that nothing leads to. */
const undescribed = createMachine({
  initial: 'none_0',
  states: Object.fromEntries(names.map((name) => [name, {}])),
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

/** What is refused for a thousand reasons, by who refuses it. */
const refusals: Readonly<Record<string, () => unknown>> = {
  'a RunConfig with unknown keys': () => thrownBy(() => buildStagePlan(keys as never)),
  'a section with unknown keys': () => thrownBy(() => buildStagePlan({ upscale: keys } as never)),
  'a run that is explained': () => explainStagePlan(keys),
  'images to keep': () => thrownBy(() => buildStagePlan({ keep: names } as never)),
  'options of a call': () => thrownBy(() => buildStagePlan({ txt2img_enabled: true }, keys)),
  'an order': () => thrownBy(() => repairStageOrder(names)),
  'the axes of a sweep': () => thrownBy(() => planSweep({}, names.map((field) => ({ field })) as never)),
  "a machine of one's own": () => thrownBy(() => definePlanner({ sequence: undescribed })),
  'events of a plan that is migrated': () =>
    thrownBy(() =>
      migrateStagePlan(
        { ...plan, events: names.map((name) => `stage.${name}`) } as never,
        'detail-before-upscale',
      ),
    ),
};

describe.each(Object.entries(refusals))('of a thousand things wrong with %s', (_what, refuse) => {
  test('the first 50 are listed, and the rest is counted', () => {
    const { problems = [], rejections = [], more }: RefusalFields = Object(refuse());
    const listed = problems.length + rejections.length;
    expect(listed).toBe(50);
    expect(listed + Number(more)).toBeGreaterThanOrEqual(many);
    expect(listed + Number(more)).toBeLessThanOrEqual(many + 1);
  });
});

interface RefusalFields {
  readonly problems?: readonly unknown[];
  readonly rejections?: readonly unknown[];
  readonly more?: number;
}

test('the last line of a refusal counts what is not listed', () => {
  const result = safeBuildStagePlan({ ...keys, txt2img_enabled: true });
  if (result.success || !(result.error instanceof InvalidRunConfigError)) throw new Error('It is refused.');
  expect(result.error.message).toMatch(/\n- and 950 more$/);
  expect(renderRefusal('run.json', result.error, plainLook)).toMatch(/\n {4}and 950 more\n$/);
  expect(thrownBy(() => repairStageOrder(names))).toBeInstanceOf(InvalidStagePlanError);
});

test('of as many stages as a plan can have, all of them wrong, the first 50 are listed', () => {
  const { problems, ...rest } = verifyStagePlan({ ...plan, stages: names.slice(0, 84).map(() => ({})) });
  expect(problems).toHaveLength(50);
  expect(rest).toEqual({ valid: false, more: 34 });
});

test('of 50 nothing is left over to be counted', () => {
  const fifty = Object.fromEntries(names.slice(0, 50).map((name) => [name, 1]));
  const result = safeBuildStagePlan(fifty);
  expect(!result.success && result.error).toMatchObject({ more: 0 });
  expect(!result.success && result.error.message).not.toContain('more');
});

test('unknown keys of a plan are told in one line, cut', () => {
  const { problems } = verifyStagePlan({ ...plan, ...keys, ['k'.repeat(100_000)]: 1 });
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toMatch(/^The plan has unknown keys: "none_0", .* and 951 more\.$/);
  expect(verifyStagePlan({ ...plan, ['k'.repeat(100_000)]: 1 }).problems[0]?.message).toBe(
    `The plan has an unknown key: "${'k'.repeat(60)}…".`,
  );
});

test('a long key is cut in the path as it is in the sentence', () => {
  const result = safeBuildStagePlan({ ['k'.repeat(100_000)]: 1 });
  expect(JSON.stringify(result).length).toBeLessThan(400);
});
