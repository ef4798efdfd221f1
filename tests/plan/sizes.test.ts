import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../examples/own-stage.ts';
import { plainLook } from '../../src/cli/look.ts';
import { renderPlan } from '../../src/cli/render-plan.ts';
import { buildStagePlan, type RunConfigInput, type Size, safeBuildStagePlan } from '../../src/index.ts';
import { retouchPlanner } from '../retouch.ts';

const upscaled: RunConfigInput = { upscale_enabled: true, input_image: 'photo.png' };
const alone = { standaloneUpscale: true };

/** The size that each stage gives, as text. */
function sizesOf(config: RunConfigInput, options = {}): readonly string[] {
  return buildStagePlan(config, options).stages.map(({ output_size }) => text(output_size));
}

function text(size: Size | null): string {
  return size === null ? 'unknown' : `${size.width} x ${size.height}`;
}

function problemsOf(config: unknown, options = {}) {
  const result = safeBuildStagePlan(config, options);
  return !result.success && 'problems' in result.error ? result.error.problems : [];
}

/** floor(side * factor / 8) * 8 in whole numbers, for a factor of so many 64ths. */
function enlarged(side: number, sixtyFourths: number): number {
  return Number(((BigInt(side) * BigInt(sixtyFourths)) / 512n) * 8n);
}

const side = fc.integer({ min: 8, max: 8192 });

describe('a factor gives whole blocks of 8 pixels, cut off below', () => {
  test('in an upscale of a picture of any size', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 64, max: 512 }), (width, height, sixtyFourths) => {
        const upscale = { upscale_factor: sixtyFourths / 64 };
        expect(sizesOf({ ...upscaled, input_image_size: { width, height }, upscale }, alone)).toEqual([
          text({ width: enlarged(width, sixtyFourths), height: enlarged(height, sixtyFourths) }),
        ]);
      }),
    );
  });

  test('in hires fix', () => {
    const blocks = fc.integer({ min: 8, max: 1024 });
    fc.assert(
      fc.property(blocks, blocks, fc.integer({ min: 64, max: 256 }), (across, down, sixtyFourths) => {
        const [width, height] = [across * 8, down * 8];
        const hires = { hires_enabled: true, hires_upscale_factor: sixtyFourths / 64 };
        expect(sizesOf({ txt2img_enabled: true, width, height, ...hires })).toEqual([
          text({ width: enlarged(width, sixtyFourths), height: enlarged(height, sixtyFourths) }),
        ]);
      }),
    );
  });

  // In doubles 800 * 1.15 is 919.9999999999999: the WebUI takes int() of the same, 919, and gives 912.
  test.each([
    [584, 512, 1.35, '784 x 688'],
    [512, 768, 1.5, '768 x 1152'],
    [832, 1216, 1.5, '1248 x 1824'],
    [800, 800, 1.15, '912 x 912'],
    [1000, 1000, 1, '1000 x 1000'],
  ])('%i x %i at %d gives %4$s', (width, height, hires_upscale_factor, expected) => {
    const config = { txt2img_enabled: true, hires_enabled: true, width, height, hires_upscale_factor };
    expect(sizesOf(config)).toEqual([expected]);
  });
});

describe('an exact size', () => {
  test('wins over a factor, which the plan then does not have', () => {
    const { stages } = buildStagePlan({
      txt2img_enabled: true,
      hires_enabled: true,
      hires_resize_to: { width: 904, height: 912 },
      upscale_enabled: true,
      upscale: { upscale_factor: 4, resize_to: { width: 1800, height: 1824 } },
    });
    expect(stages).toMatchObject([
      {
        output_size: { width: 904, height: 912 },
        stage_config: { hires_upscale_factor: null, hires_resize_to: { width: 904, height: 912 } },
      },
      {
        output_size: { width: 1800, height: 1824 },
        stage_config: { upscale_factor: null, resize_to: { width: 1800, height: 1824 } },
      },
    ]);
  });

  test('is known even where the size that comes in is not', () => {
    const { stages } = buildStagePlan(
      { ...upscaled, upscale: { resize_to: { width: 64, height: 72 } } },
      alone,
    );
    expect(stages).toMatchObject([{ input_size: null, output_size: { width: 64, height: 72 } }]);
  });

  test('has sides that are multiples of 8', () => {
    const message = 'upscale.resize_to.width must be a multiple of 8, but is 1023.';
    expect(problemsOf({ upscale: { resize_to: { width: 1023, height: 8 } } })).toMatchObject([{ message }]);
    expect(problemsOf({ hires_resize_to: { width: 8, height: 12 } })).toMatchObject([
      { path: ['hires_resize_to', 'height'], code: 'not_a_multiple' },
    ]);
  });
});

describe('img2img', () => {
  const chain: RunConfigInput = { txt2img_enabled: true, img2img_enabled: true, width: 512, height: 768 };
  const existing: RunConfigInput = {
    img2img_enabled: true,
    input_image: 'photo.png',
    width: 640,
    height: 704,
  };

  test('works at the size that hires fix made, not at that of the first pass', () => {
    const plan = buildStagePlan({ ...chain, hires_enabled: true, hires_upscale_factor: 2 });
    expect(plan.stages[1]).toMatchObject({
      input_size: { width: 1024, height: 1536 },
      output_size: { width: 1024, height: 1536 },
      stage_config: { width: 1024, height: 1536, size_from: 'input' },
    });
    expect(plan.warnings).toEqual([]);
  });

  test('works at its own size where it states one, and the plan says that the picture shrinks', () => {
    const img2img = { width: 512, height: 768 };
    const plan = buildStagePlan({ ...chain, hires_enabled: true, hires_upscale_factor: 2, img2img });
    expect(plan.stages[1]).toMatchObject({
      output_size: img2img,
      stage_config: { ...img2img, size_from: 'stage' },
    });
    expect(plan.warnings).toEqual([
      { code: 'picture_shrinks', stage_id: '2-img2img', from: { width: 1024, height: 1536 }, to: img2img },
    ]);
  });

  test.each([
    ['width', 'height'],
    ['height', 'width'],
  ])('refuses a %s of its own alone', (one, other) => {
    expect(problemsOf({ ...chain, img2img: { [one]: 512 } })).toEqual([
      {
        path: ['img2img', other],
        code: 'required',
        message: `img2img.${other} is required where img2img.${one} is stated.`,
      },
    ]);
  });

  test('cuts an existing image down to whole blocks of 8 pixels', () => {
    const { stages, warnings } = buildStagePlan({
      ...existing,
      input_image_size: { width: 517, height: 301 },
    });
    expect(stages).toMatchObject([
      {
        input_size: { width: 517, height: 301 },
        output_size: { width: 512, height: 296 },
        stage_config: { width: 512, height: 296, size_from: 'input' },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  test("works at the run's size where it starts the plan from an image of unknown size", () => {
    expect(buildStagePlan(existing).stages).toMatchObject([
      {
        input_size: null,
        output_size: { width: 640, height: 704 },
        stage_config: { width: 640, height: 704, size_from: 'run' },
      },
    ]);
  });

  test('in the middle of a plan gives an unknown size where one comes in', () => {
    const retouched = retouchPlanner(false);
    const { stages } = retouched.buildStagePlan({ ...chain, retouch_enabled: true });
    expect(stages.map(({ output_size }) => text(output_size))).toEqual(['512 x 768', 'unknown', 'unknown']);
    expect(stages[2]).toMatchObject({ stage_config: { width: null, height: null, size_from: 'input' } });
  });
});

describe("a stage of one's own", () => {
  const config = { txt2img_enabled: true, retouch_enabled: true, img2img_enabled: true };

  test('that keeps the size gives the one that it takes', () => {
    const planner = retouchPlanner(true);
    const { stages } = planner.buildStagePlan(config);
    expect(stages.map(({ output_size }) => text(output_size))).toEqual([
      '512 x 512',
      '512 x 512',
      '512 x 512',
    ]);
  });

  test('that does not say so gives an unknown one', () => {
    const { stages } = filmPlanner.buildStagePlan({ txt2img_enabled: true, interpolate_enabled: true });
    expect(stages.map(({ output_size }) => text(output_size))).toEqual(['512 x 512', 'unknown']);
  });
});

test('ADetailer keeps the size, and neither it nor an upscale has a width or a height', () => {
  const config = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true };
  const [, upscale, adetailer] = buildStagePlan(config).stages;
  expect(adetailer?.input_size).toEqual({ width: 1024, height: 1024 });
  expect(adetailer?.output_size).toEqual({ width: 1024, height: 1024 });
  for (const stage of [upscale, adetailer]) {
    expect(stage?.stage_config).not.toHaveProperty('width');
    expect(stage?.stage_config).not.toHaveProperty('height');
  }
});

test('sizes that follow from an image of unknown size are unknown', () => {
  expect(sizesOf(upscaled, alone)).toEqual(['unknown']);
});

test('the full chain of the examples ends at 2496 x 3648', () => {
  const config: RunConfigInput = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));
  expect(sizesOf(config)).toEqual(['1248 x 1824', '1248 x 1824', '2496 x 3648', '2496 x 3648']);
  expect(renderPlan(buildStagePlan(config), plainLook)).toContain('4  adetailer  3-upscale  2496 x 3648');
});

describe('a side over 65,536 pixels is told once, at the factor that makes it', () => {
  const large: RunConfigInput = { txt2img_enabled: true, width: 16384, height: 64, adetailer_enabled: true };

  test('that of the upscale', () => {
    const config = { ...large, upscale_enabled: true, upscale: { upscale_factor: 8 } };
    expect(problemsOf(config)).toEqual([
      {
        path: ['upscale', 'upscale_factor'],
        code: 'out_of_range',
        message: 'upscale.upscale_factor makes a picture of 131072 x 512 pixels: no side can be over 65536.',
      },
    ]);
    expect(problemsOf({ ...config, upscale: { upscale_factor: 4 } })).toEqual([]);
    const high = { ...config, width: 64, height: 16384 };
    expect(problemsOf(high)).toMatchObject([{ path: ['upscale', 'upscale_factor'], code: 'out_of_range' }]);
    expect(problemsOf({ ...high, upscale: { upscale_factor: 4 } })).toEqual([]);
  });

  test('beside another fault of the same stage', () => {
    const latent = { upscaler: 'Latent', upscale_factor: 8 };
    const config = { ...large, hires_enabled: true, hires_upscale_factor: 1, upscale_enabled: true };
    expect(problemsOf({ ...config, upscale: latent })).toMatchObject([
      { path: ['upscale', 'upscaler'] },
      { path: ['upscale', 'upscale_factor'] },
    ]);
  });

  test('that of hires fix, where it works in an upscale', () => {
    const config = {
      img2img_enabled: true,
      hires_enabled: true,
      input_image_size: { width: 40_000, height: 8 },
    };
    expect(problemsOf(config)).toMatchObject([{ path: ['hires_upscale_factor'], code: 'out_of_range' }]);
    expect(problemsOf({ ...config, hires_upscale_factor: 1.5 })).toEqual([]);
  });

  test('or that of the existing image, whose sides are at least 8', () => {
    expect(problemsOf({ input_image_size: { width: 65_537, height: 7 } })).toMatchObject([
      { path: ['input_image_size', 'width'], code: 'out_of_range' },
      { path: ['input_image_size', 'height'], code: 'out_of_range' },
    ]);
    expect(problemsOf({ input_image_size: { width: 8.5, height: 8 } })).toMatchObject([
      { path: ['input_image_size', 'width'], code: 'wrong_type' },
    ]);
  });
});
