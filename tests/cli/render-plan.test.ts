import { describe, expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { renderPlan } from '../../src/cli/render-plan.ts';
import { buildStagePlan, type RunConfigInput } from '../../src/index.ts';
import { retouchPlanner } from '../retouch.ts';
import { run } from './fake-io.ts';

const existing: RunConfigInput = { img2img_enabled: true, input_image: 'photo.png', model: 'base' };

function linesOf(config: RunConfigInput): readonly string[] {
  return renderPlan(buildStagePlan(config), plainLook).split('\n');
}

describe('a plan as a table', () => {
  test('shows the mask of img2img, named or not, and warns of one that is not', () => {
    const named = linesOf({ ...existing, img2img: { mask: { image: 'mask.png' } } });
    expect(named[2]?.trim()).toBe('only what mask.png shows');
    const unnamed = linesOf({ ...existing, img2img: { mask: {} } });
    expect(unnamed[2]?.trim()).toBe('only what a mask shows');
    expect(unnamed.at(-3)).toContain('warning: 1-img2img redraws what a mask says');
  });

  test('shows an exact size in place of a factor', () => {
    const lines = linesOf({
      txt2img_enabled: true,
      upscale_enabled: true,
      upscale: { resize_to: { width: 1024, height: 1024 } },
    });
    expect(lines[2]).toContain('to 1024 x 1024 by R-ESRGAN 4x+');
  });

  test('names the pass of a refiner where it is not the first', () => {
    const refined = {
      txt2img_enabled: true,
      hires_enabled: true,
      refiner_enabled: true,
      refiner_model_name: 'r',
    };
    expect(linesOf({ ...refined, refiner_pass: 'both' })[2]).toMatch(/refiner r from 0\.8, in both passes$/);
    expect(linesOf({ ...refined, refiner_pass: 'first' })[2]).toMatch(/refiner r from 0\.8$/);
  });

  test('says that img2img works at a size that nobody knows', () => {
    const plan = retouchPlanner(false).buildStagePlan({
      txt2img_enabled: true,
      retouch_enabled: true,
      img2img_enabled: true,
    });
    // The table knows no stages of one's own; it is shown the two that it knows.
    const known = plan.stages.flatMap((stage) => (stage.stage_type === 'retouch' ? [] : [stage]));
    expect(renderPlan({ ...plan, stages: known }, plainLook)).toContain(
      'the size that comes in, denoise 0.3',
    );
  });
});

test('explain shows the warnings of a plan', async () => {
  const { out } = await run(['explain', '-', '--table'], { stdin: '{"img2img_enabled":true}' });
  expect(out).toContain('warning: 1-img2img starts from an existing image that is not named');
});
