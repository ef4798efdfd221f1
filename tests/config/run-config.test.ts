import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  InvalidRunConfigError,
  parseRunConfig,
  RunConfig,
  type RunConfigInput,
  safeBuildStagePlan,
} from '../../src/index.ts';
import { everything } from '../fixtures.ts';

/** For each bounded field: the last values that are allowed, and the first that are not. */
const bounds: readonly (readonly [path: string, allowed: readonly unknown[], refused: readonly unknown[]])[] =
  [
    ['steps', [1, 150], [0, 151, 1.5, '20', Number.NaN]],
    ['cfg_scale', [0, 100], [-0.1, 100.1, Number.POSITIVE_INFINITY]],
    ['width', [64, 16384, 1032], [56, 16392, 1030, 63]],
    ['height', [64, 16384, 1032], [56, 16392, 1030]],
    ['seed', [-1, 0, 2 ** 53 - 10 ** 12], [-2, 2 ** 53 - 10 ** 12 + 1]],
    ['batch_size', [1, 1_000_000], [0, 1_000_001]],
    ['n_iter', [1, 1_000_000], [0, 1_000_001]],
    ['clip_skip', [1, 12], [0, 13]],
    ['refiner_switch_at', [0.001, 0.999], [0, 1, 80]],
    ['refiner_model_name', [null, 'r'], ['', ' ', 'None', 'none', 3]],
    ['refiner_pass', ['first', 'second', 'both'], ['third', true, null]],
    ['hires_upscale_factor', [1, 4], [0.99, 4.01]],
    ['hires_upscaler_name', ['Latent', '4x-UltraSharp'], ['', ' ', 'None', null]],
    ['hires_resize_to', [null, { width: 8, height: 65536 }], [{ width: 8 }, { width: 12, height: 16 }, 7]],
    ['hires_sampler_name', ['Euler a', null], ['', 7]],
    ['hires_scheduler', ['Karras', null], ['', 7]],
    ['hires_cfg_scale', [0, 100, null], [-0.1, 100.1]],
    ['hires_prompt', ['', 'p', null], [7]],
    ['hires_negative_prompt', ['', 'p', null], [7]],
    ['hires_model_name', ['m', null], ['', ' ']],
    ['hires_denoise', [0.001, 1], [0, 1.001]],
    ['hires_steps', [0, 150, null], [-1, 151, 2.5]],
    ['img2img.denoising_strength', [0, 1], [-0.01, 1.01]],
    ['img2img.steps', [1, 150], [0, 151]],
    [
      'img2img.mask',
      [null, {}, { image: 'm.png', blur: 64, padding: 256 }],
      [7, { blur: 65 }, { fill: 'grey' }],
    ],
    ['img2img.backend_options', [{}, { webui: {} }], [null, { forge: {} }]],
    ['img2img.model', ['m', null], ['']],
    [
      'upscale.upscaler',
      ['R-ESRGAN 4x+', 'Lanczos', 'Nearest'],
      ['None', 'none', 'Latent', 'Latent (bicubic antialiased)', '', ' '],
    ],
    ['upscale.resize_to', [null, { width: 1024, height: 8 }], [{ width: 1024, height: 4 }, 1024]],
    ['upscale.redraw', [null, {}, { denoising_strength: 1, steps: 150 }], [7, { steps: 0 }, { seed: 1 }]],
    ['upscale.backend_options', [{}, { comfyui: {} }], [7]],
    ['upscale.upscale_factor', [1, 8], [0.99, 8.01]],
    ['upscale.gfpgan_visibility', [0, 1], [-0.01, 1.01]],
    ['upscale.codeformer_visibility', [0, 1], [-0.01, 1.01]],
    ['upscale.codeformer_weight', [0, 1], [-0.01, 1.01]],
    ['adetailer.model', ['face_yolov8n.pt', 'mediapipe_face_mesh_eyes_only'], ['None', '']],
    ['adetailer.classes', ['', 'cat,dog'], [7]],
    ['adetailer.mask_filter_method', ['Area', 'Confidence'], ['area']],
    ['adetailer.mask_min_ratio', [0, 1], [-0.01, 1.01]],
    ['adetailer.mask_max_ratio', [0, 1], [-0.01, 1.01]],
    ['adetailer.x_offset', [-200, 200], [-201, 201, 0.5]],
    ['adetailer.y_offset', [-200, 200], [-201, 201, 0.5]],
    ['adetailer.mask_merge_invert', ['None', 'Merge', 'Merge and Invert'], ['Invert']],
    ['adetailer.checkpoint', ['c', null], ['', ' ']],
    ['adetailer.vae', ['v', null], ['']],
    ['adetailer.noise_multiplier', [0.5, 1.5, null], [0.49, 1.51]],
    ['adetailer.clip_skip', [1, 12, null], [0, 13]],
    ['adetailer.restore_face', [true, false], ['yes']],
    ['adetailer.confidence', [0, 1], [-0.01, 1.01]],
    ['adetailer.denoising_strength', [0, 1], [-0.01, 1.01]],
    ['adetailer.mask_blur', [0, 64], [-1, 0.5]],
    ['adetailer.dilate_erode', [-128, 128], [-129, 129]],
    ['adetailer.inpaint_only_masked', [true, false], ['yes']],
    ['adetailer.inpaint_only_masked_padding', [0, 256], [-1]],
    ['adetailer.inpaint_width', [1, 1024, null], [0]],
    ['adetailer.inpaint_height', [1, 1024, null], [0]],
    ['adetailer.steps', [1, 150, null], [0, 151]],
    ['adetailer.cfg_scale', [0, 100, null], [-0.1, 100.1]],
    ['adetailer.sampler_name', ['Euler a', null], ['']],
    ['adetailer.scheduler', ['Karras', null], ['']],
    ['adetailer.mask_k', [0, 10], [-1]],
    ['adetailer', [{}, [{}], [{}, {}, {}, {}]], [[], [{}, {}, {}, {}, {}], 'face', null]],
    ['txt2img_enabled', [true, false], ['true', 1, null]],
    ['run_id', ['x', '', null], [7]],
    ['$schema', ['x'], [7]],
    ['input_image', ['a.png', null], [7]],
    [
      'input_image_size',
      [null, { width: 8, height: 65536 }],
      [
        { width: 7, height: 8 },
        { width: 65537, height: 8 },
      ],
    ],
    ['backend_options', [{}, { webui: { a: { $image: 'k' } } }], [{ webui: 7 }, { webui: { $image: 7 } }]],
    ['adetailer_backend_options', [{}, { webui: {} }], [{ other: {} }]],
    ['prompt', ['', 'a\nb', '\ud800'], [null, 7]],
    ['model', ['m', null], ['']],
    ['keep', [[]], [['video'], 'txt2img', null]],
    ['stage_order', [[], ['txt2img']], [['video'], 'txt2img', null]],
    [
      'metadata',
      [{}, { a: [1, null, { b: 'c' }] }],
      [[], null, 'x', { a: undefined }, { a: () => 1 }, { a: Number.NaN }, { a: new Date(0) }],
    ],
  ];

function withValue(path: string, value: unknown): Record<string, unknown> {
  const [section = '', field] = path.split('.');
  return { [section]: field === undefined ? value : { [field]: value } };
}

function problemsOf(config: unknown) {
  const result = safeBuildStagePlan(config);
  return !result.success && result.error instanceof InvalidRunConfigError ? result.error.problems : [];
}

describe('bounds', () => {
  test.each(bounds)('%s takes its last allowed values', (path, allowed) => {
    for (const value of allowed)
      expect(problemsOf(withValue(path, value)), JSON.stringify(value)).toEqual([]);
  });

  test.each(bounds)('%s refuses the first values beyond', (path, _, refused) => {
    for (const value of refused) {
      const problems = problemsOf(withValue(path, value));
      expect(
        problems.map((problem) => problem.path.join('.').startsWith(path)),
        String(value),
      ).toContain(true);
    }
  });

  test('every field of the schema that is no free text or switch is in the table of bounds', () => {
    const tested = new Set(bounds.map(([path]) => path.split('.')[0]));
    const free = new Set(['negative_prompt', 'vae', 'sampler_name', 'scheduler', 'img2img', 'upscale']);
    const untested = Object.keys(RunConfig.shape).filter(
      (key) => !tested.has(key) && !free.has(key) && !key.endsWith('_enabled'),
    );
    expect(untested).toEqual([]);
  });

  test('metadata may be 64 levels deep and no deeper', () => {
    const nested = (levels: number): object => (levels === 0 ? {} : { inner: nested(levels - 1) });
    expect(problemsOf({ metadata: nested(63) })).toEqual([]);
    expect(problemsOf({ metadata: nested(64) })).toHaveLength(1);
    expect(problemsOf({ metadata: nested(5000) })).toHaveLength(1);
  });
});

describe('defaults', () => {
  test('an empty config has every default of the issue', () => {
    expect(parseRunConfig({})).toEqual({
      run_id: null,
      txt2img_enabled: false,
      img2img_enabled: false,
      upscale_enabled: false,
      adetailer_enabled: false,
      input_image: null,
      input_image_size: null,
      keep: [],
      prompt: '',
      negative_prompt: '',
      model: null,
      vae: null,
      sampler_name: 'DPM++ 2M',
      scheduler: 'Automatic',
      steps: 20,
      cfg_scale: 7,
      width: 512,
      height: 512,
      seed: -1,
      batch_size: 1,
      n_iter: 1,
      clip_skip: 1,
      backend_options: {},
      refiner_enabled: false,
      refiner_model_name: null,
      refiner_switch_at: 0.8,
      refiner_pass: 'first',
      hires_enabled: false,
      hires_upscale_factor: 2,
      hires_resize_to: null,
      hires_upscaler_name: 'Latent',
      hires_denoise: 0.3,
      hires_steps: null,
      hires_sampler_name: null,
      hires_scheduler: null,
      hires_cfg_scale: null,
      hires_prompt: null,
      hires_negative_prompt: null,
      hires_model_name: null,
      img2img: { denoising_strength: 0.3, mask: null, backend_options: {} },
      upscale: {
        upscaler: 'R-ESRGAN 4x+',
        upscale_factor: 2,
        gfpgan_visibility: 0,
        codeformer_visibility: 0,
        codeformer_weight: 0,
        resize_to: null,
        redraw: null,
        backend_options: {},
      },
      adetailer: [
        {
          model: 'face_yolov8n.pt',
          classes: '',
          prompt: '',
          negative_prompt: '',
          confidence: 0.3,
          denoising_strength: 0.4,
          mask_blur: 4,
          dilate_erode: 4,
          inpaint_only_masked: true,
          inpaint_only_masked_padding: 32,
          inpaint_width: null,
          inpaint_height: null,
          steps: null,
          cfg_scale: null,
          sampler_name: null,
          scheduler: null,
          mask_k: 0,
          mask_filter_method: 'Area',
          mask_min_ratio: 0,
          mask_max_ratio: 1,
          x_offset: 0,
          y_offset: 0,
          mask_merge_invert: 'None',
          checkpoint: null,
          vae: null,
          noise_multiplier: null,
          clip_skip: null,
          restore_face: false,
        },
      ],
      adetailer_backend_options: {},
      metadata: {},
    });
  });

  test('a parsed config parses to itself', () => {
    const config = parseRunConfig(everything);
    expect(parseRunConfig(config)).toEqual(config);
    expectTypeOf<RunConfig>().toExtend<RunConfigInput>();
  });
});

describe('the refiner', () => {
  test('a refiner model alone does not switch the refiner on', () => {
    expect(parseRunConfig({ refiner_model_name: 'r' }).refiner_enabled).toBe(false);
  });

  test.each([{}, { steps: 1.5 }, { sampler: 'x' }])(
    'an enabled refiner needs a model, whatever else is wrong: %o',
    (other) => {
      const problems = problemsOf({ ...other, refiner_enabled: true });
      expect(problems).toContainEqual({
        path: ['refiner_model_name'],
        code: 'required',
        message: 'refiner_model_name is required when refiner_enabled is true.',
      });
      expect(RunConfig.safeParse({ ...other, refiner_enabled: true }).success).toBe(false);
    },
  );
});

describe('problems', () => {
  test('every problem is reported at once, each with its path, code and a sentence that names the field', () => {
    const config = {
      adetailer_enabled: 'yes',
      width: 513,
      steps: 2 ** 60,
      img2img: 5,
      upscale: { upscaler: 'None' },
      adetailer: [{ confidence: 3 }, { modle: 'x' }],
      stage_order: ['adetail'],
      metadata: 7,
      hires_denoise: 0,
    };
    expect(problemsOf(config).map(({ code, message, suggestion }) => [code, message, suggestion])).toEqual([
      ['wrong_type', 'adetailer_enabled must be true or false, but is "yes".', undefined],
      [
        'not_allowed',
        'stage_order[0] must be txt2img, img2img, upscale, or adetailer, but is "adetail".',
        'adetailer',
      ],
      ['out_of_range', 'steps must be at most 150, but is 1152921504606847000.', undefined],
      ['not_a_multiple', 'width must be a multiple of 8, but is 513.', '512'],
      ['out_of_range', 'hires_denoise must be more than 0, but is 0.', undefined],
      ['wrong_type', 'img2img must be an object, but is 5.', undefined],
      [
        'not_allowed',
        'upscale.upscaler must be an upscaler: backends take "None" or a blank for off, but is "None".',
        undefined,
      ],
      ['out_of_range', 'adetailer[0].confidence must be at most 1, but is 3.', undefined],
      ['unknown_key', 'adetailer[1].modle is not a field of a RunConfig. Did you mean model?', 'model'],
      [
        'not_allowed',
        'metadata must be an object of plain JSON, at most 64 levels deep and of at most 250000 values.',
        undefined,
      ],
    ]);
  });

  test.each([
    ['step', 'steps'],
    ['sampler', 'sampler_name'],
    ['hires', 'hires_enabled'],
    ['txt2img_enable', 'txt2img_enabled'],
    ['refiner_swich_at', 'refiner_switch_at'],
    ['upscaler', 'upscale.upscaler'],
    ['denoising_strength', 'img2img.denoising_strength'],
    ['mask_k', 'adetailer.mask_k'],
  ])('the unknown key %s suggests %s', (key, suggestion) => {
    expect(problemsOf({ [key]: 1 })).toMatchObject([{ code: 'unknown_key', path: [key], suggestion }]);
  });

  test.each([
    [{ upscale: { factor: 2 } }, undefined],
    [{ upscale: { upscale_facter: 2 } }, 'upscale_factor'],
    [{ img2img: { txt2img_enabled: true } }, 'txt2img_enabled'],
    [{ quux: 1 }, undefined],
    [{ ['k'.repeat(70)]: 1 }, undefined],
  ])('in %o the suggestion is %s', (config, suggestion) => {
    expect(problemsOf(config)[0]?.suggestion).toBe(suggestion);
  });

  test.each([
    [[], 'The RunConfig must be an object, but is a list.'],
    [null, 'The RunConfig must be an object, but is null.'],
    [undefined, 'The RunConfig must be an object, but is missing.'],
    ['txt2img', 'The RunConfig must be an object, but is "txt2img".'],
    [{ model: {} }, 'model must be a string, but is an object.'],
    [{ model: '' }, 'model must not be blank, but is "".'],
    [{ adetailer: [] }, 'adetailer must have at least 1 entry.'],
    [{ adetailer: [{}, {}, {}, {}, {}] }, 'adetailer must have at most 4 entries.'],
    [{ adetailer: 7 }, 'adetailer must be an object, but is 7.'],
    [{ seed: 'x'.repeat(100) }, `seed must be a number, but is "${'x'.repeat(60)}…".`],
    [{ stage_order: [7] }, 'stage_order[0] must be txt2img, img2img, upscale, or adetailer, but is 7.'],
    [{ refiner_switch_at: 80 }, 'refiner_switch_at must be less than 1, but is 80.'],
    [{ input_image: ' ' }, 'input_image must not be blank, but is " ".'],
    [
      { sampler_name: 'None' },
      'sampler_name must be a name: "None" and "Use same ..." are null here, or left out, but is "None".',
    ],
    ...[
      ['refiner_model_name', 'a checkpoint'],
      ['hires_upscaler_name', 'an upscaler'],
      ['upscale.upscaler', 'an upscaler'],
    ].map(([field = '', what]): [object, string] => [
      withValue(field, 'None'),
      `${field} must be ${what}: backends take "None" or a blank for off, but is "None".`,
    ]),
    [
      { adetailer: [{ model: 'None' }] },
      'adetailer[0].model must be a detector: backends take "None" or a blank for off, but is "None".',
    ],
    [new Map(), 'The RunConfig must be a plain object, as JSON.parse makes it, but is a Map.'],
    [
      { hires_use_base_model: true },
      'hires_use_base_model is no field of a RunConfig any more: write refiner_pass: "first" for true, "both" for false.',
    ],
    [{ steps: 1.5 }, 'steps must be a whole number, but is 1.5.'],
    [{ keep: 'upscale' }, 'keep must be a list, but is "upscale".'],
    [
      { img2img: { hires_use_base_model: true } },
      'img2img.hires_use_base_model is not a field of a RunConfig.',
    ],
    [{ input_image_size: { width: 8 } }, 'input_image_size.height must be a number, but is missing.'],
    [{ adetailer: { model: 7 } }, 'adetailer.model must be a string, but is 7.'],
    [{ adetailer: [{ model: 7 }] }, 'adetailer[0].model must be a string, but is 7.'],
    [{ adetailer: 7 }, 'adetailer must be an object, but is 7.'],
    [
      { upscale: { upscaler: 'Latent' } },
      'upscale.upscaler is the latent mode "Latent", which needs upscale.redraw behind it: state that, or take an image upscaler.',
    ],
    [
      { sampler_name: ' DPM++ 2M Karras ', scheduler: ' Simple ' },
      'sampler_name " DPM++ 2M Karras " says Karras, but scheduler is " Simple ": write sampler_name "DPM++ 2M", and in scheduler the one that is meant.',
    ],
  ])('%j is told: %s', (config, message) => {
    expect(problemsOf(config)).toMatchObject([{ message }]);
  });

  test('the prototype of an object is no way in', () => {
    const config: unknown = JSON.parse(
      '{"txt2img_enabled":true,"__proto__":{"adetailer_enabled":true},"constructor":1}',
    );
    expect(problemsOf(config).map((problem) => problem.path)).toEqual([['__proto__'], ['constructor']]);
  });

  test('each has a code of its kind, and the error its name', () => {
    const codes = [
      new Map(),
      { steps: 'x' },
      { img2img: { width: 64 } },
      { hires_use_base_model: true },
      { x: 1 },
    ].map((config) => problemsOf(config).map(({ code }) => code));
    expect(codes).toEqual([['wrong_type'], ['wrong_type'], ['required'], ['unknown_key'], ['unknown_key']]);
    expect(() => parseRunConfig({ x: 1 })).toThrow(
      expect.objectContaining({ name: 'InvalidRunConfigError' }),
    );
    expect(problemsOf({ hires_use_base_model: true })).toMatchObject([
      { path: ['hires_use_base_model'], suggestion: 'refiner_pass' },
    ]);
    expect(problemsOf({ x: 1, steps: 0, input_image_size: { height: 8 } })).toStrictEqual([
      {
        path: ['input_image_size', 'width'],
        code: 'required',
        message: 'input_image_size.width must be a number, but is missing.',
      },
      { path: ['steps'], code: 'out_of_range', message: 'steps must be at least 1, but is 0.' },
      { path: ['x'], code: 'unknown_key', message: 'x is not a field of a RunConfig.' },
    ]);
  });

  test('a sampler that says the schedule beside it is no contradiction, whatever stands around the two', () => {
    expect(problemsOf({ sampler_name: ' DPM++ 2M Karras', scheduler: 'Karras ' })).toEqual([]);
    expect(problemsOf({ sampler_name: 'DPM++ 2M Karras', scheduler: ' Automatic ' })).toEqual([]);
  });

  test('unknown keys of a detector are told up to fifty, and how many there are besides', () => {
    const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`zz${index}`, 1]));
    for (const adetailer of [unknown, [unknown]]) {
      const result = safeBuildStagePlan({ adetailer });
      if (result.success || !(result.error instanceof InvalidRunConfigError))
        expect.unreachable('It has a plan.');
      expect([result.error.problems.length, result.error.more]).toEqual([50, 10]);
    }
  });

  test('zod alone tells rules between fields at their fields', () => {
    const { error } = RunConfig.safeParse({ refiner_enabled: true, img2img: { width: 64 } });
    expect(error?.issues.map(({ path }) => path)).toEqual([['refiner_model_name'], ['img2img', 'height']]);
  });

  test('parseRunConfig throws them all', () => {
    expect(() => parseRunConfig({ steps: 0, cfg_scale: -1 })).toThrow(
      'The RunConfig is not valid.\n- steps must be at least 1, but is 0.\n- cfg_scale must be at least 0, but is -1.',
    );
  });
});

test('metadata with any key at all comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }), { noNullPrototype: true }),
      (drawn) => {
        const metadata: unknown = JSON.parse(JSON.stringify({ ...drawn }));
        const result = safeBuildStagePlan({ txt2img_enabled: true, metadata });
        expect(result.success && JSON.stringify(result.plan.metadata)).toBe(JSON.stringify(metadata));
      },
    ),
  );
});
