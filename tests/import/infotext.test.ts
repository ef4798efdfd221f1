import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatInfotext,
  InvalidImportError,
  LossyImportError,
  maxInfotextLength,
  parseInfotext,
} from '../../src/import/index.ts';
import { isUnset } from '../../src/import/normalise-value.ts';
import { buildStagePlan, type RunConfigInput } from '../../src/index.ts';

function planned(text: string): string {
  return buildStagePlan(parseInfotext(text).config)
    .stages.map((stage) => stage.stage_type)
    .join('>');
}

function pathsOf(text: string, code: string): readonly string[] {
  return parseInfotext(text).notes.flatMap((note) => (note.code === code ? [note.path.join('.')] : []));
}

const automatic1111 = `a lighthouse, (storm:1.2),
on a cliff: dawn
Negative prompt: blurry, lowres,
Steps: many
Steps: 24, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 7, Size: 512x768, Model hash: 0123abcdef, Model: dreamXL, VAE: Automatic, Denoising strength: 0.35, Clip skip: 2, Hires upscale: 1.5, Hires steps: 12, Hires upscaler: Latent, Hires sampler: Use same sampler, Refiner: refinerXL [0123abcdef], Refiner switch at: 0.8, Lora hashes: "a: 12, b: 34", Hashes: {"model": "0123", "vae": "4567"}, Version: v1.10.1`;

const adetailer = `portrait
Steps: 20, Sampler: DPM++ 2M Karras, Size: 512x512, Batch size: 2, ADetailer model: face_yolov8n.pt, ADetailer prompt: "face, \\"smile\\"\\nsharp", ADetailer confidence: 0.3, ADetailer inpaint only masked: True, ADetailer inpaint padding: 32, ADetailer model 2nd: hand_yolov8n.pt, ADetailer use separate steps 2nd: True, ADetailer steps 2nd: 12, ADetailer mask only top k largest 3rd: 1, ADetailer model 3rd: person.pt, ADetailer version: 25.3.0`;

describe('parseInfotext', () => {
  test('reads prompts of many lines, hires and refiner as A1111 writes them', () => {
    expect(planned(automatic1111)).toBe('txt2img');
    expect(parseInfotext(automatic1111).config).toMatchObject({
      prompt: 'a lighthouse, (storm:1.2),\non a cliff: dawn',
      negative_prompt: 'blurry, lowres,\nSteps: many',
      model: 'dreamXL',
      vae: null,
      width: 512,
      height: 768,
      clip_skip: 2,
      hires_enabled: true,
      hires_upscale_factor: 1.5,
      hires_denoise: 0.35,
      hires_steps: 12,
      refiner_enabled: true,
      refiner_model_name: 'refinerXL',
      refiner_switch_at: 0.8,
    });
  });

  test('leaves hashes and versions out, and says so', () => {
    expect(pathsOf(automatic1111, 'ignored')).toEqual(['Model hash', 'Lora hashes', 'Hashes', 'Version']);
    expect(pathsOf(automatic1111, 'not_set')).toEqual(['VAE', 'Hires sampler']);
    expect(pathsOf(automatic1111, 'dropped')).toEqual([]);
  });

  test('reads three detectors, with quoted prompts', () => {
    const { config } = parseInfotext(adetailer);
    expect(planned(adetailer)).toBe('txt2img>adetailer');
    expect(config.adetailer.map(({ model }) => model)).toEqual([
      'face_yolov8n.pt',
      'hand_yolov8n.pt',
      'person.pt',
    ]);
    expect(config.adetailer[0]?.prompt).toBe('face, "smile"\nsharp');
    expect(config.adetailer.map(({ steps, mask_k }) => [steps, mask_k])).toEqual([
      [null, 0],
      [12, 0],
      [null, 1],
    ]);
    expect(config).toMatchObject({ sampler_name: 'DPM++ 2M', scheduler: 'Karras', batch_size: 2 });
  });

  test('reads img2img as SD.Next writes it', () => {
    const text =
      'x\nSteps: 20, Size: 512x512, Batch: 2x4, Operations: img2img; face, Denoising strength: 0.6, Init image size: 8x8';
    expect(planned(text)).toBe('img2img');
    expect(parseInfotext(text).config).toMatchObject({
      n_iter: 2,
      batch_size: 4,
      img2img: { denoising_strength: 0.6 },
    });
  });

  test.each([
    ['neither is told of here', 'x\nSteps: 20, Size: 512x512, Denoising strength: 0.6'],
    ['both are here', 'x\nSteps: 20, Hires upscale: 2, Mask blur: 4, Denoising strength: 0.6'],
  ])('a Denoising strength where %s is ambiguous, and left out', (why, text) => {
    const note = parseInfotext(text).notes.find(({ code }) => code === 'ambiguous');
    expect(note?.path).toEqual(['Denoising strength']);
    expect(note?.message).toContain(why);
    expect(parseInfotext(text).config).toMatchObject({
      hires_denoise: 0.3,
      img2img: { denoising_strength: 0.3 },
    });
    expect(() => parseInfotext(text, { strict: true })).toThrow(LossyImportError);
  });

  test('a hires size is a factor where both sides grow alike, and the size itself where not', () => {
    const text = (size: string) =>
      `x\nSteps: 20, Size: 512x512, Hires resize: ${size}, Hires upscaler: Latent`;
    expect(parseInfotext(text('768x768')).config.hires_upscale_factor).toBe(1.5);
    expect(parseInfotext(text('768x516')).config).toMatchObject({
      hires_upscale_factor: 1.5,
      hires_resize_to: { width: 768, height: 512 },
    });
    expect(pathsOf(text('768x516'), 'converted')).toContain('Hires resize');
    expect(parseInfotext(text('768x0')).config).toMatchObject({
      hires_upscale_factor: 1.5,
      hires_resize_to: null,
    });
    expect(pathsOf('x\nSteps: 20, Hires resize: 8x8', 'dropped')).toEqual(['Hires resize']);
    expect(parseInfotext(text('0x0')).config.hires_upscale_factor).toBe(2);
  });

  test('an upscale is what the Extras tab wrote', () => {
    const text =
      'x\nSteps: 20, Postprocess upscale by: 3, Postprocess upscaler: R-ESRGAN 4x+, CodeFormer weight: 0.5';
    expect(planned(text)).toBe('txt2img>upscale');
    expect(parseInfotext(text).config.upscale).toMatchObject({ upscale_factor: 3, codeformer_weight: 0.5 });
  });

  test('what is no parameter of a run is dropped', () => {
    const text =
      'Steps: 20, Size: 512x512, Tiling, Eta: 0.5, ADetailer inpaint only masked: maybe\nTemplate: a {b|c}';
    expect(() => parseInfotext(text)).toThrow(InvalidImportError);
    expect(pathsOf(text.replace('maybe', 'False'), 'dropped')).toEqual(['Tiling', 'Eta', 'Template']);
  });

  test('out of range is an error with its key', () => {
    expect(() => parseInfotext('x\nSteps: 9999, Size: 512x500, CFG scale: high')).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([
          expect.objectContaining({ path: ['Steps'], field: ['steps'], code: 'out_of_range' }),
          expect.objectContaining({ path: ['Size'], field: ['height'] }),
          expect.objectContaining({ path: ['CFG scale'], code: 'wrong_type' }),
        ]),
      }),
    );
    expect(() => parseInfotext('Steps: 20, Size: 512')).toThrow(InvalidImportError);
  });

  test('a broken quote ends at the next comma', () => {
    const { config } = parseInfotext('x\nSteps: 20, Model: "half, VAE: "a"b, Seed: 3, Size: 512x512, ');
    expect(config).toMatchObject({ model: '"half', vae: '"a"b', seed: 3 });
    expect(parseInfotext('x\nSteps: 20, Model: "\\q", Seed: 3').config.model).toBe('"\\q"');
  });

  test.each([
    ['no parameters', 'only a prompt, of: words', 'no_parameters'],
    ['too much text', 'x'.repeat(maxInfotextLength + 1), 'too_large'],
  ])('%s is refused', (_what, text, code) => {
    expect(() => parseInfotext(text)).toThrow(
      expect.objectContaining({ name: 'UnreadableInputError', code }),
    );
  });
});

const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\r', ''));
const prompt = fc.array(line, { maxLength: 3 }).map((lines) =>
  lines
    .filter((text) => !text.startsWith('Negative prompt:'))
    .join('\n')
    .trim(),
);
const name = fc
  .string({ minLength: 1, unit: 'binary' })
  .filter((text) => !isUnset(text) && !/\[[0-9a-f]+\]$/i.test(text));
const unit = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs);
const sampler = fc.constantFrom('Euler a', 'DPM++ 2M', 'DDIM', 'UniPC');
const scheduler = fc.constantFrom('Automatic', 'Karras', 'SGM Uniform');
const side = fc.integer({ min: 8, max: 256 }).map((eighth) => eighth * 8);
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const generation = fc.record({
  prompt,
  negative_prompt: prompt,
  model: nullable(name),
  vae: nullable(name),
  sampler_name: sampler,
  scheduler,
  steps: fc.integer({ min: 1, max: 150 }),
  cfg_scale: fc.double({ min: 0, max: 100, noNaN: true }).map(Math.abs),
  width: side,
  height: side,
  seed: fc.maxSafeNat().map((seed) => seed % 2 ** 52),
  batch_size: fc.integer({ min: 1, max: 8 }),
  n_iter: fc.integer({ min: 1, max: 8 }),
  clip_skip: fc.integer({ min: 1, max: 12 }),
});
const passes = fc.record(
  {
    hires_enabled: fc.constant(true),
    hires_upscale_factor: fc.double({ min: 1, max: 4, noNaN: true }),
    hires_upscaler_name: name,
    hires_denoise: fc.double({ min: 0.01, max: 1, noNaN: true }),
    hires_steps: nullable(fc.nat({ max: 150 })),
    hires_sampler_name: sampler,
    hires_scheduler: scheduler,
    hires_cfg_scale: fc.double({ min: 0, max: 100, noNaN: true }).map(Math.abs),
    hires_prompt: name,
    hires_negative_prompt: name,
    hires_model_name: name,
  },
  { requiredKeys: [] },
);
const refiner = fc.record({
  refiner_enabled: fc.constant(true),
  refiner_model_name: name,
  refiner_switch_at: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  refiner_pass: fc.constantFrom('first' as const, 'second' as const, 'both' as const),
});
const detector = fc.record({
  model: name,
  prompt: fc.string({ unit: 'binary' }),
  negative_prompt: fc.string({ unit: 'binary' }),
  confidence: unit,
  denoising_strength: unit,
  mask_blur: fc.nat({ max: 64 }),
  dilate_erode: fc.integer({ min: -128, max: 128 }),
  inpaint_only_masked: fc.boolean(),
  inpaint_only_masked_padding: fc.nat({ max: 256 }),
  inpaint_width: nullable(fc.integer({ min: 1, max: 4096 })),
  inpaint_height: nullable(fc.integer({ min: 1, max: 4096 })),
  steps: nullable(fc.integer({ min: 1, max: 150 })),
  cfg_scale: nullable(fc.double({ min: 0, max: 100, noNaN: true }).map(Math.abs)),
  sampler_name: nullable(sampler),
  scheduler: nullable(fc.constantFrom('Karras', 'SGM Uniform')),
  mask_k: fc.nat({ max: 10 }),
  classes: fc.constantFrom('', 'cat, dog'),
  mask_filter_method: fc.constantFrom('Area' as const, 'Confidence' as const),
  mask_min_ratio: unit,
  mask_max_ratio: unit,
  x_offset: fc.integer({ min: -200, max: 200 }),
  y_offset: fc.integer({ min: -200, max: 200 }),
  mask_merge_invert: fc.constantFrom('None' as const, 'Merge' as const, 'Merge and Invert' as const),
  checkpoint: nullable(name),
  vae: nullable(name),
  noise_multiplier: nullable(fc.double({ min: 0.5, max: 1.5, noNaN: true })),
  clip_skip: nullable(fc.integer({ min: 1, max: 12 })),
  restore_face: fc.boolean(),
});
const mask = fc.record({
  blur: fc.nat({ max: 64 }),
  fill: fc.constantFrom(
    'fill' as const,
    'original' as const,
    'latent_noise' as const,
    'latent_nothing' as const,
  ),
  only_masked: fc.boolean(),
  padding: fc.nat({ max: 256 }),
  invert: fc.boolean(),
});
const upscale = fc.record({
  upscaler: name.filter((text) => !/^(None$|Latent)/.test(text)),
  upscale_factor: fc.double({ min: 1, max: 8, noNaN: true }),
  gfpgan_visibility: unit,
  codeformer_visibility: unit,
  codeformer_weight: unit,
});
const sayable: fc.Arbitrary<RunConfigInput> = fc
  .tuple(
    generation,
    fc.oneof(
      fc.constant({ txt2img_enabled: true }),
      fc.tuple(passes, refiner).map(([hires, refined]) => ({ txt2img_enabled: true, ...hires, ...refined })),
      fc.record({ denoising_strength: unit, mask: nullable(mask) }).map((img2img) => ({
        img2img_enabled: true,
        img2img,
      })),
    ),
    fc.option(
      upscale.map((settings) => ({ upscale_enabled: true, upscale: settings })),
      { nil: {} },
    ),
    fc.option(
      fc
        .array(detector, { minLength: 1, maxLength: 4 })
        .map((list) => ({ adetailer_enabled: true, adetailer: list })),
      { nil: {} },
    ),
  )
  .map(([run, stage, enlarging, detailing]) => ({ ...run, ...stage, ...enlarging, ...detailing }));

describe('formatInfotext', () => {
  test('what an infotext can say is the same after config -> infotext -> config', () => {
    fc.assert(
      fc.property(sayable, (config) => {
        const plan = buildStagePlan(config);
        const { text, notes } = formatInfotext(plan);
        expect(notes).toEqual([]);
        expect(buildStagePlan(parseInfotext(text).config).stages).toEqual(plan.stages);
      }),
    );
  });

  test('writes the keys of the WebUI in its order', () => {
    const plan = buildStagePlan({
      txt2img_enabled: true,
      prompt: 'a: b',
      model: 'x, y',
      hires_enabled: true,
      hires_denoise: 0.4,
    });
    expect(formatInfotext(plan)).toEqual({
      text: 'a: b\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Automatic, CFG scale: 7, Seed: -1, Size: 512x512, Model: "x, y", Denoising strength: 0.4, Hires upscale: 2, Hires upscaler: Latent',
      notes: [],
    });
  });

  test('tells ADetailer which values of a detector to use, as Python writes booleans', () => {
    const plan = buildStagePlan({ txt2img_enabled: true, adetailer_enabled: true, adetailer: { steps: 12 } });
    const { text } = formatInfotext(plan);
    expect(text).toContain('ADetailer use separate steps: True, ADetailer steps: 12');
    expect(text).toContain('ADetailer inpaint only masked: True');
    expect(text).not.toContain('separate sampler');
    const whole = {
      txt2img_enabled: true,
      adetailer_enabled: true,
      adetailer: { inpaint_only_masked: false },
    };
    expect(formatInfotext(buildStagePlan(whole)).text).toContain('ADetailer inpaint only masked: False');
  });

  test('says a negative prompt, a clip skip and a batch where there is one', () => {
    const text = (run: RunConfigInput) =>
      formatInfotext(buildStagePlan({ txt2img_enabled: true, prompt: 'a', ...run })).text;
    expect(text({})).not.toMatch(/Negative prompt|Clip skip|Batch/);
    expect(text({ negative_prompt: 'b', clip_skip: 2 })).toMatch(/^a\nNegative prompt: b\n.*, Clip skip: 2$/);
    expect(text({ batch_size: 3 })).toMatch(/, Batch size: 3$/);
    expect(text({ batch_size: 3, n_iter: 2 })).toMatch(/, Batch: 2x3$/);
  });

  test('says an upscale in the keys of the Extras tab', () => {
    const upscale = { upscaler: 'Lanczos', upscale_factor: 3, codeformer_visibility: 0.5 };
    const plan = buildStagePlan({ txt2img_enabled: true, upscale_enabled: true, upscale });
    expect(formatInfotext(plan).text).toMatch(
      /, Postprocess upscale by: 3, Postprocess upscaler: Lanczos, GFPGAN visibility: 0, CodeFormer visibility: 0.5, CodeFormer weight: 0$/,
    );
  });

  test('says a size to go to, and no size where there is none', () => {
    const to = { width: 1024, height: 1024 };
    const run = { upscale_enabled: true, upscale: { resize_to: to }, input_image: 'a.png' };
    const { text } = formatInfotext(buildStagePlan(run, { standaloneUpscale: true }));
    expect(text).toContain('Postprocess upscale to: 1024x1024');
    expect(text).not.toContain(', Size: ');
    const hires = buildStagePlan({ txt2img_enabled: true, hires_enabled: true, hires_resize_to: to });
    expect(formatInfotext(hires).text).toContain('Hires resize: 1024x1024');
  });

  test('leaves an upscale in a latent mode out, which parseInfotext would refuse', () => {
    const byHires = buildStagePlan({ img2img_enabled: true, hires_enabled: true });
    const { text, notes } = formatInfotext(byHires);
    expect(text).not.toContain('Postprocess');
    expect(notes).toMatchObject([{ path: ['stages', 1], code: 'dropped' }]);
    expect(parseInfotext(text).config).toMatchObject({ img2img_enabled: true });
  });

  test('a plan without stages is no text', () => {
    const plan = buildStagePlan({ txt2img_enabled: true });
    expect(formatInfotext({ ...plan, stages: [] })).toEqual({ text: '', notes: [] });
  });

  test('notes what an infotext does not say', () => {
    const both = buildStagePlan({
      txt2img_enabled: true,
      img2img_enabled: true,
      upscale_enabled: true,
      upscale: { redraw: {} },
    });
    expect(formatInfotext(both).notes.map(({ path }) => path)).toEqual([
      ['stages', 1],
      ['stages', 2, 'stage_config', 'redraw'],
    ]);
    const masked = buildStagePlan({
      img2img_enabled: true,
      img2img: { mask: { image: 'mask.png' }, backend_options: { webui: { tiling: true } } },
    });
    expect(formatInfotext(masked).notes.map(({ path }) => path)).toEqual([
      ['stages', 0, 'stage_config', 'mask', 'image'],
      ['stages', 0, 'stage_config', 'backend_options'],
    ]);
    const given = buildStagePlan({ img2img_enabled: true, input_image: 'a.png' });
    expect(formatInfotext(given).notes).toMatchObject([
      { path: ['stages', 0, 'input', 'image'], code: 'dropped' },
    ]);
  });
});

test.each([
  ['Negative Prompt: mud', { negative_prompt: 'mud' }],
  ['  Negative prompt: mud', { negative_prompt: 'mud' }],
])('%j begins the negative prompt', (line, config) => {
  expect(parseInfotext(`a kiln\n${line}\nSteps: 9, Sampler: Euler a, Size: 512x512`).config).toMatchObject({
    prompt: 'a kiln',
    ...config,
  });
});

test('a schedule may be called that, and a VAE may have its hash behind it', () => {
  const text =
    'a kiln\nSteps: 9, Sampler: euler, Schedule: karras, VAE: glaze.pt [0123456789], Size: 512x512';
  expect(parseInfotext(text).config).toMatchObject({ scheduler: 'Karras', vae: 'glaze.pt' });
});
