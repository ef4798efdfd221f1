import { describe, expect, test } from 'vitest';
import { buildStagePlan, type RunConfigInput, safeBuildStagePlan } from '../../src/index.ts';
import { refiner } from '../fixtures.ts';

const both: RunConfigInput = { txt2img_enabled: true, hires_enabled: true, ...refiner };

function problemsOf(config: unknown) {
  const result = safeBuildStagePlan(config);
  return !result.success && 'problems' in result.error ? result.error.problems : [];
}

describe('refiner_pass', () => {
  test.each(['first', 'second', 'both'] as const)('%s stands in the plan as it is stated', (refiner_pass) => {
    const plan = buildStagePlan({ ...both, refiner_pass });
    expect(plan.stages[0]?.stage_config).toMatchObject({ refiner_enabled: true, refiner_pass });
    expect(plan.events).toEqual(['stage.txt2img', 'pass.refiner', 'pass.hires', 'plan.finished']);
    expect(plan.warnings).toEqual([]);
  });

  test('is the first where nothing is said, and null without a refiner', () => {
    expect(buildStagePlan(both).stages[0]?.stage_config.refiner_pass).toBe('first');
    expect(buildStagePlan({ txt2img_enabled: true }).stages[0]?.stage_config.refiner_pass).toBeNull();
  });

  test.each(['second', 'both'] as const)(
    '%s has no effect without a hires pass: the plan says first, and warns',
    (refiner_pass) => {
      const plan = buildStagePlan({ ...both, hires_enabled: false, refiner_pass });
      expect(plan.stages[0]?.stage_config.refiner_pass).toBe('first');
      expect(plan.warnings).toEqual([{ code: 'no_effect', field: 'refiner_pass', value: refiner_pass }]);
    },
  );

  test.each([true, false])(
    'took the place of hires_use_base_model, whose %s is told what to write',
    (old) => {
      expect(problemsOf({ ...both, hires_use_base_model: old })).toEqual([
        {
          path: ['hires_use_base_model'],
          code: 'unknown_key',
          message:
            'hires_use_base_model is no field of a RunConfig any more: write refiner_pass: "first" for true, "both" for false.',
          suggestion: 'refiner_pass',
        },
      ]);
    },
  );
});

describe('a refiner', () => {
  test.each(['None', 'none', ' NONE ', '', '  '])('named %j is refused', (refiner_model_name) => {
    expect(problemsOf({ ...both, refiner_model_name })).toMatchObject([
      { path: ['refiner_model_name'], code: 'not_allowed' },
    ]);
  });

  test.each(['nonesuch.safetensors', 'None of these'])('named %j is taken', (refiner_model_name) => {
    expect(problemsOf({ ...both, refiner_model_name })).toEqual([]);
  });

  test('is told to be the base however either name is written', () => {
    const model = `${refiner.refiner_model_name} [7440042bbd]`;
    expect(buildStagePlan({ ...both, model }).warnings).toEqual([
      { code: 'refiner_is_base', stage_id: '1-txt2img', model: refiner.refiner_model_name },
    ]);
  });

  test("that is the run's own checkpoint refines nothing, and the plan says so", () => {
    const model = refiner.refiner_model_name;
    expect(buildStagePlan({ ...both, model }).warnings).toEqual([
      { code: 'refiner_is_base', stage_id: '1-txt2img', model },
    ]);
  });
});
