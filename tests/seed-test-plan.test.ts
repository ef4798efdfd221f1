import { describe, expect, test } from 'vitest';
import { buildStagePlan, InvalidStagePlanError } from '../src/index.ts';
import { refiner } from './fixtures.ts';

function stageTypes(...args: Parameters<typeof buildStagePlan>): readonly string[] {
  return buildStagePlan(...args).stages.map((stage) => stage.stage_type);
}

describe('the test plan of the seed, PR-089, section 5', () => {
  test('txt2img only: a single stage, no refiner, hires or ADetailer', () => {
    const plan = buildStagePlan({ txt2img_enabled: true });
    expect(plan.stages).toHaveLength(1);
    expect(plan.stages[0]?.stage_config).toMatchObject({
      stage_type: 'txt2img',
      refiner_enabled: false,
      hires_enabled: false,
      adetailer_enabled: false,
    });
  });

  test('txt2img + hires + refiner: one stage with both sets of metadata', () => {
    const plan = buildStagePlan({ txt2img_enabled: true, hires_enabled: true, ...refiner });
    expect(plan.stages).toHaveLength(1);
    expect(plan.stages[0]?.stage_config).toMatchObject({
      ...refiner,
      refiner_switch_at: 0.8,
      hires_enabled: true,
      hires_upscale_factor: 2,
      hires_denoise: 0.3,
      hires_steps: 20,
    });
  });

  test('txt2img + upscale + ADetailer: in this order', () => {
    const config = { adetailer_enabled: true, upscale_enabled: true, txt2img_enabled: true };
    expect(stageTypes(config)).toEqual(['txt2img', 'upscale', 'adetailer']);
  });

  test('img2img + ADetailer without txt2img: allowed, unless external input is not', () => {
    const config = { img2img_enabled: true, adetailer_enabled: true };
    expect(stageTypes(config)).toEqual(['img2img', 'adetailer']);
    expect(() => buildStagePlan(config, { externalInput: false })).toThrow(InvalidStagePlanError);
  });

  test('invalid: ADetailer with no generation raises', () => {
    expect(() => buildStagePlan({ adetailer_enabled: true })).toThrow(InvalidStagePlanError);
  });
});
