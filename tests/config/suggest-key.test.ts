import { describe, expect, test } from 'vitest';
import { detailPlanner } from '../../examples/detail-twice.ts';
import { knownRun } from '../../src/config/run-schema.ts';
import { suggestKey } from '../../src/config/suggest-key.ts';
import { explainStagePlan } from '../../src/index.ts';
import { typedNames } from '../../src/names/field-names.ts';

const { keys } = knownRun;

function suggestionFor(run: object): string | undefined {
  const [problem] = explainStagePlan({ txt2img_enabled: true, ...run }).problems;
  expect(problem?.code).toBe('unknown_key');
  return problem?.suggestion;
}

test.each([
  ['batch_count', 'n_iter'],
  ['hr_scale', 'hires_upscale_factor'],
  ['hires_fix', 'hires_enabled'],
  ['ckpt', 'model'],
  ['checkpoint', 'model'],
  ['sd_model', 'model'],
  ['STEPS', 'steps'],
  ['CFG Scale', 'cfg_scale'],
  ['cfg', 'cfg_scale'],
  ['sampler', 'sampler_name'],
  ['hiresEnabled', 'hires_enabled'],
  ['use_refiner', 'refiner_enabled'],
  ['enable_hr', 'hires_enabled'],
  ['hires_checkpoint', 'hires_model_name'],
  ['promt', 'prompt'],
  ['upscaler', 'upscale.upscaler'],
  ['denoising_strength', 'img2img.denoising_strength'],
])('who types %s is told of %s', (typed, meant) => {
  expect(suggestionFor({ [typed]: 1 })).toBe(meant);
});

test.each([
  ['upscale', 'upscale_by', 'upscale_factor'],
  ['img2img', 'denoise', 'denoising_strength'],
  ['adetailer', 'ad_model', 'model'],
  ['adetailer', 'mask_k_largest', 'mask_k'],
  ['adetailer', 'enabled', 'adetailer_enabled'],
  ['adetailer', 'backend_options', 'adetailer_backend_options'],
  ['upscale', 'denoising_strength', 'upscale.redraw.denoising_strength'],
  ['img2img', 'mask_blur', 'img2img.mask.blur'],
])('who types in %s the name %s is told of %s', (section, typed, meant) => {
  expect(suggestionFor({ [section]: { [typed]: 1 } })).toBe(meant);
});

test.each([
  [{ upscale: { redraw: { denoise: 1 } } }, 'denoising_strength'],
  [{ upscale: { redraw_steps: 1 } }, 'upscale.redraw.steps'],
  [{ adetailer: [{}, { denoise: 1 }] }, 'denoising_strength'],
  [{ img2img_mask: 1 }, 'img2img.mask'],
])('inside a section, and in a list, the path counts too: %j is told of %s', (run, meant) => {
  expect(suggestionFor(run)).toBe(meant);
});

test.each([
  ['img2img', 'upscale_factor'],
  ['img2img', 'resize_to'],
  ['img2img', 'confidence'],
  ['upscale', 'inpaint_width'],
])('in %s the name %s is not taken for a field of another stage', (section, typed) => {
  expect(suggestionFor({ [section]: { [typed]: 1 } })).toBeUndefined();
});

test.each([['styles'], ['faceswap_enabled'], ['hires_tiling'], ['lora_names'], ['tiling'], ['eta']])(
  'of %s nobody knows what was meant, and nothing is suggested',
  (typed) => {
    expect(suggestionFor({ [typed]: 1 })).toBeUndefined();
  },
);

describe('names of the field', () => {
  test.each([
    ['num_inference_steps', 'steps'],
    ['guidance_scale', 'cfg_scale'],
    ['sampler_index', 'sampler_name'],
    ['hr_resize_x', 'hires_resize_to'],
    ['denoise_strength', 'img2img.denoising_strength'],
    ['strength', 'img2img.denoising_strength'],
    ['mask_blur', 'img2img.mask.blur'],
    ['upscaling_resize', 'upscale.upscale_factor'],
    ['adetailer_model', 'adetailer.model'],
    ['ad_confidence', 'adetailer.confidence'],
    ['hrf_strength', 'hires_denoise'],
    ['noise_seed', 'seed'],
    ['enable_refiner', 'refiner_enabled'],
    ['use_adetailer', 'adetailer_enabled'],
  ])('at the top %s is %s', (typed, meant) => {
    expect(suggestionFor({ [typed]: 1 })).toBe(meant);
  });

  test.each([
    [{ adetailer: { denoise: 1 } }, 'denoising_strength'],
    [{ adetailer: [{ ckpt: 'x' }] }, 'checkpoint'],
    [{ img2img: { ckpt: 'x' } }, 'model'],
    [{ img2img: { mask_blur: 4 } }, 'img2img.mask.blur'],
    [{ img2img: { mask: { mask_blur: 4 } } }, 'blur'],
    [{ upscale: { scale_by: 2 } }, 'upscale_factor'],
    [{ upscale: { denoise: 0.3 } }, 'upscale.redraw.denoising_strength'],
    [{ upscale: { redraw: { denoise: 0.3 } } }, 'denoising_strength'],
  ])('%j is told of %s', (run, meant) => {
    expect(suggestionFor(run)).toBe(meant);
  });

  test.each([
    [{ cfg_rescale: 0.7 }],
    [{ guidance_rescale: 0.7 }],
    [{ video_enabled: true }],
    [{ prompt_2: 'x' }],
    [{ steps2: 1 }],
    [{ refiner_switch_at_step: 12 }],
    [{ batch: 2 }],
    [{ adetailer: { mask: 'm.png' } }],
    [{ adetailer: { seed: 1 } }],
    [{ upscale: { confidence: 0.3 } }],
    [{ upscale: { seed: 1 } }],
    [{ img2img: { confidence: 0.3 } }],
    [{ img2img: { mask: { steps: 3 } } }],
  ])('of %j nobody knows what was meant', (run) => {
    expect(suggestionFor(run)).toBeUndefined();
  });

  test('a stage that is like a known one has the names of that', () => {
    const { problems } = detailPlanner.explainStagePlan({
      txt2img_enabled: true,
      second_detail: { ad_model: 'x', denoise: 0.2, mask: 1 },
      enable_second_detail: true,
    });
    expect(problems.map(({ path, suggestion }) => [path.join('.'), suggestion])).toEqual([
      ['second_detail.ad_model', 'model'],
      ['second_detail.denoise', 'denoising_strength'],
      ['second_detail.mask', undefined],
      ['enable_second_detail', 'second_detail_enabled'],
    ]);
  });
});

describe('of keys that no run has', () => {
  const known = {
    '': ['alpha_beta_gamma', 'stride', 'ab_delta', 'hires_scale', 'turbo_enabled', 'x'.repeat(64)],
    section: ['x_y', 'deep_leaf'],
    'section.deep': ['leaf_one'],
  };

  test.each([
    ['', 'alpha_beta_ga', 'alpha_beta_gamma'],
    ['', 'str', 'stride'],
    ['', 'hiresSkale', 'hires_scale'],
    ['', 'hires  skale', 'hires_scale'],
    ['', 'use_turbo', 'turbo_enabled'],
    ['', 'Section.Deep.Leaf_One', 'section.deep.leaf_one'],
    ['section', 'X-Y', 'x_y'],
    ['section.deep', 'leaf', 'section.deep_leaf'],
    ['', 'X'.repeat(64), 'x'.repeat(64)],
  ])('in %j %j is told of %s', (section, typed, meant) => {
    expect(suggestKey(known, section, typed)).toBe(meant);
  });

  test.each([
    ['', 'alpha_be', 'two words are missing'],
    ['', 'st', 'two letters begin nothing'],
    ['', 'gamma', 'the end is no beginning'],
    ['', 'hirse_skale', 'two slips'],
    ['', 'ac_delta', 'a slip in a word of two letters'],
    ['', 'turbo', 'no verb that switches'],
    ['', 'turbo_use', 'the verb behind'],
    ['', `x${'X'.repeat(64)}`, 'longer than what is compared'],
  ])('in %j nothing is told of %j: %s', (section, typed) => {
    expect(suggestKey(known, section, typed)).toBeUndefined();
  });

  test('a section with one key alone is not told of it for every other', () => {
    for (const typed of ['xyzzyqq', 'x', 'xy', '_'])
      expect(suggestKey({ '': ['stride'] }, '', typed)).toBeUndefined();
  });

  test('a name of the field counts where its field is, inside a section of any name', () => {
    const own = { mine: ['upscaler'], 'mine.redraw': ['denoising_strength'] };
    expect(suggestKey(own, 'mine', 'denoise', 'upscale')).toBe('mine.redraw.denoising_strength');
    expect(suggestKey({ upscale: ['upscaler'] }, 'upscale', 'denoise')).toBeUndefined();
    expect(suggestKey({ img2img: ['steps'] }, 'img2img', 'clip_stop_at_last_layers')).toBeUndefined();
  });
});

test.each([
  ['img2img', 'ad_confidence'],
  ['', 'conf'],
  ['', 'dilation'],
])("in %j the detectors' name %s is no field", (section, typed) => {
  expect(suggestKey(keys, section, typed)).toBeUndefined();
});

const everyKey = Object.entries(keys).flatMap(([section, names]) =>
  names.map((name) => [section, name] as const),
);

/** The key that a suggestion in a section leads to. */
function keyOf(section: string, suggestion: string): readonly [string, string] {
  if (keys[section]?.includes(suggestion)) return [section, suggestion];
  const [, outer = '', name = ''] = /^(?:(.*)\.)?([^.]+)$/.exec(suggestion) ?? [];
  return [outer, name];
}

test('whatever is suggested is a key that there is', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const typed = [
    ...letters,
    ...everyKey.map(([, name]) => name),
    ...Object.values(typedNames).flatMap((names) => Object.values(names).flat()),
  ];
  for (const section of Object.keys(keys))
    for (const name of typed.filter((each) => !keys[section]?.includes(each))) {
      const suggestion = suggestKey(keys, section, name);
      if (suggestion === undefined) continue;
      const [outer, key] = keyOf(section, suggestion);
      expect(keys[outer], `${section}: ${name} -> ${suggestion}`).toContain(key);
    }
});

test('no letter alone is a slip of anything', () => {
  for (const section of Object.keys(keys))
    for (const letter of 'abcdefghijklmnopqrstuvwxyz')
      expect(suggestKey(keys, section, letter)).toBeUndefined();
});

test('every name in the table is told of the field that it stands by, if the section has it', () => {
  const told = Object.entries(typedNames).flatMap(([section, names]) =>
    Object.entries(names)
      .filter(([field]) => field.includes('.') || keys[section]?.includes(field))
      .flatMap(([field, others]) => others.map((name) => [section, name, field] as const))
      .filter(([, name]) => !keys[section]?.includes(name)),
  );
  expect(told.length).toBeGreaterThan(150);
  for (const [section, name, field] of told)
    expect(suggestKey(keys, section, name), `${section}: ${name}`).toBe(field);
});

test('a slip of the finger in any word of a key is seen, and never taken for another key', () => {
  for (const [section, name] of everyKey)
    for (let at = 1; at < name.length - 1; at += 1) {
      if (!/[a-z]{3}/.test(name.slice(at - 1, at + 2))) continue;
      const [before, letter, after] = [name.slice(0, at), name.slice(at, at + 1), name.slice(at + 1)];
      for (const typed of [before + after, `${before}${letter}${letter}${after}`, `${before}q${after}`]) {
        if (keys[section]?.includes(typed)) continue;
        const suggestion = suggestKey(keys, section, typed);
        if (suggestion !== undefined) expect(suggestion, typed).toBe(name);
      }
    }
  const seen = everyKey.filter(([section, name]) => {
    const typed = name.replace(/([a-z])([a-z])([a-z])/, '$1$3');
    return typed === name || suggestKey(keys, section, typed) === name;
  });
  expect(everyKey.length - seen.length).toBeLessThan(everyKey.length / 20);
});
