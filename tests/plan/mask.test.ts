import { expect, test } from 'vitest';
import { buildStagePlan, type RunConfigInput } from '../../src/index.ts';

const existing: RunConfigInput = { img2img_enabled: true, input_image: 'photo.png' };

function maskOf(config: RunConfigInput) {
  const [stage] = buildStagePlan(config).stages;
  return stage?.stage_type === 'img2img' ? stage.stage_config.mask : undefined;
}

test('img2img redraws the whole image, unless it has a mask', () => {
  expect(maskOf(existing)).toBeNull();
});

test('a mask has what it states, and the defaults of the WebUI for the rest', () => {
  expect(maskOf({ ...existing, img2img: { mask: { image: 'mask.png' } } })).toEqual({
    image: 'mask.png',
    blur: 4,
    fill: 'original',
    only_masked: false,
    padding: 32,
    invert: false,
  });
  const stated = {
    image: 'm',
    blur: 0,
    fill: 'latent_nothing',
    only_masked: true,
    padding: 0,
    invert: true,
  } as const;
  expect(maskOf({ ...existing, img2img: { mask: stated } })).toEqual(stated);
});

test.each([
  { size: { width: 517, height: 301 }, own: {} },
  { size: { width: 1248, height: 1824 }, own: { width: 512, height: 512 } },
  { size: null, own: {} },
  { size: null, own: { width: 768, height: 512 } },
])(
  'what is redrawn under its mask alone is pasted back: $size keeps its size, worked at $own',
  ({ size, own }) => {
    const [masked, whole] = [true, false].map((only_masked) =>
      buildStagePlan({
        ...existing,
        input_image_size: size,
        img2img: { ...own, mask: { image: 'm', only_masked } },
      }),
    );
    expect(masked?.stages[0]).toMatchObject({ input_size: size, output_size: size });
    expect(masked?.warnings).toEqual([]);
    const worked = whole?.stages[0]?.stage_config;
    expect(masked?.stages[0]?.stage_config).toMatchObject({ ...worked, mask: { only_masked: true } });
    expect(whole?.stages[0]?.output_size).toEqual({
      width: Reflect.get(Object(worked), 'width'),
      height: Reflect.get(Object(worked), 'height'),
    });
  },
);

test('what comes after a mask that keeps the size counts from that size', () => {
  const plan = buildStagePlan({
    ...existing,
    input_image_size: { width: 517, height: 301 },
    img2img: { width: 768, height: 768, mask: { image: 'm', only_masked: true } },
    upscale_enabled: true,
    adetailer_enabled: true,
  });
  expect(plan.stages.map(({ output_size }) => output_size)).toEqual([
    { width: 517, height: 301 },
    { width: 1032, height: 600 },
    { width: 1032, height: 600 },
  ]);
  expect(plan.stages[2]?.stage_config).toMatchObject({
    detectors: [{ inpaint_width: 768, inpaint_height: 768 }],
  });
});
