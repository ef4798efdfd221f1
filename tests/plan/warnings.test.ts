import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildStagePlan,
  explainStagePlan,
  PlanWarning,
  type RunConfigInput,
  saySize,
  sayWarning,
  verifyStagePlan,
} from '../../src/index.ts';
import { sequenceOf } from '../growth/machines.ts';

/** A side of a picture, in pixels. */
const side = () => fc.integer({ min: 8, max: 256 }).map((blocks) => blocks * 8);
const size = { width: 512, height: 512 };
const existing: RunConfigInput = { img2img_enabled: true, input_image: 'photo.png' };

function codesOf(config: RunConfigInput): readonly string[] {
  return buildStagePlan(config).warnings.map(({ code }) => code);
}

/** For each code: a run that has it, and every warning of its plan in words. */
const cases: readonly (readonly [
  code: PlanWarning['code'],
  config: RunConfigInput,
  said: readonly string[],
])[] = [
  [
    'unused_input_image',
    { txt2img_enabled: true, input_image: 'photo.png' },
    [
      'No stage takes the input_image "photo.png": start with img2img in place of txt2img to use it, or leave it out.',
    ],
  ],
  [
    'unnamed_input_image',
    { img2img_enabled: true },
    [
      '1-img2img starts from an existing image that is not named: state input_image, or let the runner bring it.',
    ],
  ],
  [
    'unnamed_mask',
    { ...existing, img2img: { mask: {} } },
    [
      "1-img2img redraws what a mask says, and the mask's image is not named: state img2img.mask.image, or let the runner bring it.",
    ],
  ],
  [
    'no_effect',
    { txt2img_enabled: true, input_image_size: size },
    ['input_image_size has no effect in this plan.'],
  ],
  [
    'picture_shrinks',
    { txt2img_enabled: true, img2img_enabled: true, width: 1024, height: 1024, img2img: size },
    ['2-img2img makes the picture smaller: 1024 x 1024 comes in, 512 x 512 goes out.'],
  ],
  [
    'shape_changes',
    { txt2img_enabled: true, hires_enabled: true, hires_resize_to: { width: 1024, height: 768 } },
    [
      '1-txt2img cuts off a part of the picture: 512 x 512 is brought to 1024 x 768, which has another shape.',
    ],
  ],
  [
    'picture_stretches',
    { txt2img_enabled: true, img2img_enabled: true, img2img: { width: 768, height: 512 } },
    ['2-img2img stretches the picture: 512 x 512 is brought to 768 x 512, which has another shape.'],
  ],
  [
    'hires_in_upscale',
    { ...existing, hires_enabled: true },
    ['Hires fix works in 2-upscale, as its redraw, and in no generation.'],
  ],
  [
    'redraws_everything',
    { ...existing, steps: 1 },
    [
      '1-img2img starts from noise alone: at denoising_strength 0.3, 1 step keeps nothing of what it redraws. Take more steps or a lower strength.',
    ],
  ],
  [
    'batch_ignored',
    { upscale_enabled: true, input_image: 'photo.png', n_iter: 3 },
    ['1-upscale works on one image: batch_size 1 and n_iter 3 have no effect without generation.'],
  ],
  [
    'refiner_is_base',
    { txt2img_enabled: true, model: 'base', refiner_enabled: true, refiner_model_name: 'base' },
    ['The refiner of 1-txt2img takes over from the same checkpoint, base: nothing is refined.'],
  ],
  [
    'refiner_is_late',
    { txt2img_enabled: true, refiner_enabled: true, refiner_model_name: 'r', steps: 4 },
    [
      'The refiner of 1-txt2img comes too late: at refiner_switch_at 0.8 a backend that counts steps has none left for it. Take more steps or an earlier switch.',
    ],
  ],
];

describe('a plan and its explanation warn, in codes with fields', () => {
  test.each(cases)('%s', (code, config, said) => {
    const { warnings } = buildStagePlan(config, { standaloneUpscale: true });
    expect(warnings.map((warning) => warning.code)).toEqual([code]);
    expect(warnings.map(sayWarning)).toEqual(said);
    expect(explainStagePlan(config, { standaloneUpscale: true }).warnings).toEqual(warnings);
  });

  test('by every code that there is', () => {
    const codes = PlanWarning.options.map(({ shape }) => shape.code.value);
    expect(cases.map(([code]) => code).toSorted()).toEqual(codes.toSorted());
  });

  test('and not where everything is as its author expects', () => {
    const chain = {
      txt2img_enabled: true,
      img2img_enabled: true,
      upscale_enabled: true,
      adetailer_enabled: true,
    };
    expect(buildStagePlan({ ...chain, hires_enabled: true }).warnings).toEqual([]);
  });
});

describe('a picture', () => {
  const upscaled: RunConfigInput = { txt2img_enabled: true, upscale_enabled: true };
  test('that only loses part of a block of 8 pixels does not shrink', () => {
    const input = (width: number) => ({ ...existing, input_image_size: { width, height: 512 } });
    expect(codesOf(input(519))).toEqual([]);
    expect(codesOf({ ...input(520), img2img: size })).toEqual(['picture_shrinks', 'picture_stretches']);
  });

  test('shrinks where one side does, and keeps its shape where both sides go alike', () => {
    expect(codesOf({ ...upscaled, upscale: { resize_to: { width: 256, height: 256 } } })).toEqual([
      'picture_shrinks',
    ]);
    expect(codesOf({ ...upscaled, upscale: { resize_to: { width: 2048, height: 504 } } })).toEqual([
      'picture_shrinks',
      'shape_changes',
    ]);
    expect(codesOf({ ...upscaled, upscale: { resize_to: { width: 1024, height: 1024 } } })).toEqual([]);
  });

  test('has another shape where 8 pixels of it are cut off, and not where it is less', () => {
    expect(codesOf({ ...upscaled, upscale: { resize_to: { width: 1024, height: 1032 } } })).toEqual([
      'shape_changes',
    ]);
    const small = { txt2img_enabled: true, hires_enabled: true, width: 1000, height: 64 };
    expect(codesOf({ ...small, hires_resize_to: { width: 2000, height: 136 } })).toEqual(['shape_changes']);
    expect(codesOf({ ...small, width: 1008, hires_resize_to: { width: 1008, height: 64 } })).toEqual([]);
    const narrow = { input_image: 'photo.png', input_image_size: { width: 1001, height: 1000 } };
    const wider = { ...narrow, upscale_enabled: true, upscale: { resize_to: { width: 1008, height: 1000 } } };
    expect(buildStagePlan(wider, { standaloneUpscale: true }).warnings).toEqual([]);
  });

  test('loses its shape by pixels of the size that it is brought to, whichever side is cut', () => {
    fc.assert(
      fc.property(side(), side(), side(), side(), (width, height, toWidth, toHeight) => {
        const scale = Math.max(toWidth / width, toHeight / height);
        const cut = Math.max(width * scale - toWidth, height * scale - toHeight);
        fc.pre(Math.abs(cut - 8) > 1e-6);
        const resize_to = { width: toWidth, height: toHeight };
        const codes = codesOf({ ...upscaled, width, height, upscale: { resize_to } });
        expect(codes.includes('shape_changes')).toBe(cut > 8);
      }),
    );
  });

  test('that img2img cuts off in its hires fix is the one that it works at', () => {
    const between: RunConfigInput = {
      txt2img_enabled: true,
      img2img_enabled: true,
      width: 1024,
      height: 1024,
    };
    expect(codesOf({ ...between, img2img: { width: 1024, height: 1032 } })).toEqual(['picture_stretches']);
    expect(codesOf({ ...between, img2img: { width: 1024, height: 1024 } })).toEqual([]);
    const sequence = sequenceOf('hiresInImg2img', {
      start: { stage: null, on: { 'stage.txt2img': 'txt2img' } },
      txt2img: { stage: 'txt2img', on: { 'stage.img2img': 'img2img' } },
      img2img: { stage: 'img2img', on: { 'pass.hires': 'hires', 'plan.finished': 'complete' } },
      hires: { stage: 'img2img', pass: 'hires', on: { 'plan.finished': 'complete' } },
    });
    const to = { width: 1024, height: 768 };
    const config = { ...between, hires_enabled: true, hires_resize_to: to };
    expect(buildStagePlan(config, { sequence }).warnings).toEqual([
      { code: 'picture_shrinks', stage_id: '2-img2img', from: { width: 1024, height: 1024 }, to },
      { code: 'shape_changes', stage_id: '2-img2img', from: { width: 1024, height: 1024 }, to },
    ]);
  });
});

describe('img2img that starts from noise alone', () => {
  test('says how many steps it has', () => {
    const plan = buildStagePlan({ ...existing, img2img: { steps: 2, denoising_strength: 0.5 } });
    expect(plan.warnings.map(sayWarning)).toEqual([
      '1-img2img starts from noise alone: at denoising_strength 0.5, 2 steps keep nothing of what it redraws. Take more steps or a lower strength.',
    ]);
  });

  const redrawn = (steps: number, denoising_strength: number) =>
    buildStagePlan({ ...existing, steps, img2img: { denoising_strength } }).warnings.length > 0;

  // int(min(strength, 0.999) * steps) + 1 steps are run.
  test.each([
    [1, 0, true],
    [1, 0.99, true],
    [2, 0.5, true],
    [2, 0.49, false],
    [20, 0.95, true],
    [20, 0.94, false],
    [150, 0.999, true],
    [1, 1, false],
    [20, 1, false],
  ])('with %i steps and a strength of %d: %s', (steps, strength, expected) => {
    expect(redrawn(steps, strength)).toBe(expected);
  });
});

describe('what is stated for a stage that is not planned has no effect', () => {
  const backend_options = { webui: { tiling: true } };
  const mask = {
    image: 'mask.png',
    blur: 4,
    fill: 'original',
    only_masked: false,
    padding: 32,
    invert: false,
  };

  test.each<[field: string, stated: RunConfigInput, value: unknown]>([
    ['backend_options', { ...existing, backend_options }, backend_options],
    ['img2img.backend_options', { txt2img_enabled: true, img2img: { backend_options } }, backend_options],
    ['img2img.mask', { txt2img_enabled: true, img2img: { mask: { image: 'mask.png' } } }, mask],
    ['upscale.backend_options', { ...existing, upscale: { backend_options } }, backend_options],
    [
      'adetailer_backend_options',
      { ...existing, adetailer_backend_options: backend_options },
      backend_options,
    ],
  ])('%s', (field, stated, value) => {
    const plan = buildStagePlan(stated);
    expect(plan.warnings).toStrictEqual([{ code: 'no_effect', field, value }]);
    expect(verifyStagePlan(plan).valid).toBe(true);
  });

  test('and has one where it is', () => {
    expect(codesOf({ txt2img_enabled: true, backend_options })).toEqual([]);
  });

  test('and a batch of any shape where no stage makes it', () => {
    const batch = { batch_size: 2, n_iter: 2 };
    expect(codesOf({ txt2img_enabled: true, ...batch })).toEqual([]);
    expect(codesOf({ ...existing, ...batch })).toEqual([]);
    expect(
      buildStagePlan({ upscale_enabled: true, input_image: 'a.png', ...batch }, { standaloneUpscale: true })
        .warnings,
    ).toEqual([{ code: 'batch_ignored', stage_id: '1-upscale', ...batch }]);
  });
});

describe('refiner_pass has no effect', () => {
  const second = { txt2img_enabled: true, refiner_pass: 'second' } as const;
  const told = { code: 'no_effect', field: 'refiner_pass', value: 'second' };

  test('where no stage has both passes', () => {
    const refined = { refiner_enabled: true, refiner_model_name: 'refiner' } as const;
    expect(buildStagePlan(second).warnings).toEqual([told]);
    expect(buildStagePlan({ ...second, hires_enabled: true }).warnings).toEqual([told]);
    expect(buildStagePlan({ ...second, ...refined }).warnings).toEqual([told]);
  });

  test('and has one where one of the stages has', () => {
    const refined = { refiner_enabled: true, refiner_model_name: 'refiner', hires_enabled: true } as const;
    expect(codesOf({ ...second, ...refined, upscale_enabled: true })).toEqual([]);
  });
});

test.each<[pass: RunConfigInput['refiner_pass'], hires: string | null, codes: readonly string[]]>([
  ['first', 'detail', ['refiner_is_base']],
  ['second', 'detail', []],
  ['second', null, ['refiner_is_base']],
  ['both', 'detail', []],
  ['both', 'base', ['refiner_is_base']],
])(
  'a refiner in the pass "%s" takes over from the checkpoint of that pass, hires %s',
  (refiner_pass, hires_model_name, codes) => {
    const refined = { refiner_enabled: true, refiner_model_name: 'base', refiner_pass } as const;
    const { warnings } = buildStagePlan({
      ...refined,
      txt2img_enabled: true,
      model: 'base',
      hires_enabled: true,
      hires_model_name,
    });
    expect(warnings.map(({ code }) => code)).toEqual(codes);
  },
);

test('a redraw of so few steps draws everything anew, and that of hires fix does not', () => {
  const upscaled: RunConfigInput = { txt2img_enabled: true, upscale_enabled: true };
  expect(buildStagePlan({ ...upscaled, upscale: { redraw: { steps: 1 } } }).warnings).toEqual([
    { code: 'redraws_everything', stage_id: '2-upscale', steps: 1, denoising_strength: 0.3 },
  ]);
  const byHires = buildStagePlan({ ...existing, hires_enabled: true, hires_steps: 1 }).warnings;
  expect(byHires.map(({ code }) => code)).toEqual(['hires_in_upscale']);
});

test('an existing image that the first fix would leave out is warned of, and a fix that uses it is offered', () => {
  const config = { adetailer_enabled: true, input_image: 'photo.png' };
  const warned = explainStagePlan(config).fixes.map(({ change, options }) =>
    buildStagePlan({ ...config, ...change }, options).warnings.map(({ code }) => code),
  );
  expect(warned).toEqual([[], [], ['unused_input_image']]);
});

test('a size that nobody knows is said too', () => {
  expect([saySize(size), saySize(null)]).toEqual(['512 x 512', 'unknown size']);
});

describe('a plan that claims a setting without effect', () => {
  const plan = buildStagePlan({ txt2img_enabled: true, input_image_size: size });
  const [warning] = plan.warnings;
  const problemsOf = (warnings: readonly unknown[]) => verifyStagePlan({ ...plan, warnings }).problems;

  test.each([
    'metadata.z',
    'prompt',
    'input_image_size.width',
    'a.b.redraw',
    '.redraw',
    'upscale.redraw.steps',
  ])('that never is, %s, is malformed', (field) => {
    expect(problemsOf([{ code: 'no_effect', field, value: 1 }])).toMatchObject([
      { code: 'malformed_plan', path: 'warnings[0].field' },
    ]);
  });

  test('that has its effect is refused for the warning', () => {
    const codes = problemsOf([warning, { code: 'no_effect', field: 'metadata.redraw', value: {} }]).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['tampered_warning']);
  });

  test('twice is refused for the second time', () => {
    expect(problemsOf([warning, warning])).toMatchObject([{ code: 'tampered_warning', path: 'warnings[1]' }]);
  });
});

test.each<
  [pass: RunConfigInput['refiner_pass'], steps: number, hires_steps: number, at: number, late: boolean]
>([
  ['first', 4, 20, 0.8, true],
  ['first', 5, 20, 0.8, false],
  ['first', 1, 20, 0.1, true],
  ['first', 4, 20, 0.75, false],
  ['first', 100, 20, 0.99, false],
  ['first', 100, 20, 0.991, true],
  ['second', 4, 20, 0.8, false],
  ['second', 20, 4, 0.8, true],
  ['both', 20, 4, 0.8, false],
  ['both', 4, 4, 0.8, true],
])(
  'a refiner in the pass "%s" of %i and %i steps from %d has no step of its own: %s',
  (refiner_pass, steps, hires_steps, at, late) => {
    const { warnings } = buildStagePlan({
      txt2img_enabled: true,
      hires_enabled: true,
      refiner_enabled: true,
      refiner_model_name: 'r',
      refiner_switch_at: at,
      refiner_pass,
      steps,
      hires_steps,
    });
    expect(warnings.some(({ code }) => code === 'refiner_is_late')).toBe(late);
  },
);
