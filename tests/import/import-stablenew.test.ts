import { describe, expect, test } from 'vitest';
import type { SequenceName } from '../../machines/sequences.ts';
import {
  type ComposedRun,
  InvalidImportError,
  importStableNew,
  LossyImportError,
  type NoteCode,
  UnknownShapeError,
  UnreadableInputError,
} from '../../src/import/index.ts';
import { buildStagePlan } from '../../src/index.ts';
import { lostLeaves } from './lost-leaves.ts';
import { jobRecord, packPreset } from './stablenew-fixtures.ts';

function planned(config: ComposedRun['config'], sequence: SequenceName = 'canonical'): string {
  return buildStagePlan(config, { sequence })
    .stages.map((stage) => stage.stage_type)
    .join('>');
}

function pathsOf({ notes }: ComposedRun, code: NoteCode): readonly string[] {
  return notes.filter((note) => note.code === code).map(({ path }) => path.join('.'));
}

function errorOf(json: unknown): unknown {
  try {
    return importStableNew(json);
  } catch (error) {
    return error;
  }
}

describe('a pack preset', () => {
  const imported = importStableNew(packPreset);
  const { config } = imported;

  test('is of family N4 and plans to the stages that flag or section switch on', () => {
    expect(imported.family).toBe('N4');
    expect(planned(config)).toBe('txt2img>upscale>adetailer');
  });

  test('a hash is no part of the model', () => expect(config.model).toBe('dreamXL.safetensors'));
  test('a VAE "Automatic" is not set', () => expect(config.vae).toBeNull());

  test('a sampler with a scheduler suffix is split', () => {
    expect([config.sampler_name, config.scheduler]).toEqual(['DPM++ 2M', 'Karras']);
  });

  test('a switch of the refiner over 1 is a percentage', () => {
    expect(config.refiner_switch_at).toBe(0.8);
    expect(pathsOf(imported, 'converted')).toContain('txt2img.refiner_switch_at');
  });

  test('a switch of the refiner at 1 is all of the steps, and no percentage', () => {
    expect(() => importStableNew({ txt2img: { refiner_switch_at: 1 } })).toThrow('less than 1, but is 1');
  });

  test('hires fields go by the names of the WebUI', () => {
    expect(config).toMatchObject({
      hires_enabled: true,
      hires_upscale_factor: 1.5,
      hires_steps: 12,
      hires_denoise: 0.35,
    });
    expect(pathsOf(imported, 'renamed')).toContain('txt2img.hr_scale');
  });

  test('of two confidences the one that ADetailer is sent is taken, and the other noted', () => {
    expect(config.adetailer[0]?.confidence).toBe(0.35);
    expect(pathsOf(imported, 'contradicted')).toContain('adetailer.adetailer_confidence');
  });

  test('a section that is off under a flag that is on is noted, with the one taken', () => {
    const note = imported.notes.find(({ path }) => path.join('.') === 'upscale.enabled');
    expect(note).toEqual({
      path: ['upscale', 'enabled'],
      code: 'contradicted',
      message: 'upscale.enabled says off, but upscale is on by pipeline.upscale_enabled.',
    });
  });

  test('what no field takes is dropped with a note', () => {
    expect(pathsOf(imported, 'dropped')).toEqual(['txt2img.subseed_strength']);
  });

  test('what the input leaves out and the plan uses is noted by its field', () => {
    expect(pathsOf(imported, 'defaulted')).toEqual(
      expect.arrayContaining(['prompt', 'adetailer.0.mask_blur']),
    );
    expect(pathsOf(imported, 'defaulted')).not.toContain('img2img.denoising_strength');
  });

  test('no value is lost without a note', () => expect(lostLeaves(packPreset, imported)).toEqual([]));

  test('a strict import refuses the losses, and only them', () => {
    const refused = () => importStableNew(packPreset, { strict: true });
    expect(refused).toThrow(LossyImportError);
    expect(refused).toThrow('dropped: txt2img.subseed_strength is lost');
    expect(refused).not.toThrow('renamed');
  });
});

describe('a job record', () => {
  const imported = importStableNew(jobRecord);

  test('is switched by its chain, whatever its config says', () => {
    expect(imported.family).toBe('R');
    expect(planned(imported.config, imported.sequence)).toBe('txt2img>adetailer>upscale');
    expect(pathsOf(imported, 'contradicted')).toEqual(
      expect.arrayContaining(['config.upscale.enabled', 'config.stages', 'config.upscale.upscaling_resize']),
    );
  });

  test('keeps the order that was recorded, and names the sequence that has it', () => {
    expect(imported.config.stage_order).toEqual(['txt2img', 'adetailer', 'upscale']);
    expect(imported.sequence).toBe('detail-before-upscale');
    expect(pathsOf(imported, 'illegal_order')).toEqual([]);
  });

  test('planned by another sequence, its order is refused instead of turned round', () => {
    expect(() => buildStagePlan(imported.config)).toThrow('stage_order');
  });

  test('an order that no shipped sequence has is left out', () => {
    const message = (stage_chain: unknown) =>
      importStableNew({ ...jobRecord, stage_chain }).notes.find(({ code }) => code === 'illegal_order')
        ?.message;
    expect(message(['upscale', 'txt2img'])).toMatch(/so it is left out\.$/);
    expect(message([{ stage_type: 'txt2img', enabled: false, extra: 7 }])).toContain('gives no stage');
  });

  test('a legal order is kept', () => {
    const { config } = importStableNew({ ...jobRecord, stage_chain: ['txt2img', 'upscale', 'adetailer'] });
    expect(config.stage_order).toEqual(['txt2img', 'upscale', 'adetailer']);
  });

  test('an ADetailer entry names its checkpoint in model, which is no detector', () => {
    expect(imported.config.adetailer.map(({ model }) => model)).toEqual(['hand_yolov8n.pt']);
    expect(pathsOf(imported, 'dropped')).toContain('stage_chain.2.model');
  });

  test('a stage that stageplan does not plan is dropped when it is on, and left out when it is off', () => {
    const chain = [{ stage_type: 'txt2img' }, { stage_type: 'svd', enabled: true }, 7, { enabled: true }];
    expect(pathsOf(imported, 'ignored')).toContain('stage_chain.4');
    expect(pathsOf(importStableNew({ ...jobRecord, stage_chain: chain }), 'dropped')).toEqual(
      expect.arrayContaining(['stage_chain.1', 'stage_chain.2', 'stage_chain.3']),
    );
  });

  test('a list that names the passes switches them on', () => {
    const flat = {
      prompt: 'x',
      model: 'm',
      stages: ['txt2img', 'hires', 'refiner'],
      refiner_model_name: 'r',
    };
    const { config, family } = importStableNew(flat);
    expect([family, config.hires_enabled, config.refiner_enabled]).toEqual(['F5', true, true]);
  });

  test('a list that names nothing but passes states no order', () => {
    const { config } = importStableNew({ prompt: 'x', model: 'm', stages: ['hires'] });
    expect([config.hires_enabled, config.stage_order]).toEqual([true, undefined]);
  });

  test('a name that is no stage is dropped from a list of names', () => {
    const imported = importStableNew({ prompt: 'x', model: 'm', stages: ['txt2img', 'svd'] });
    expect(imported.config.stage_order).toEqual(['txt2img']);
    expect(pathsOf(imported, 'dropped')).toEqual(['stages.1']);
  });

  test('the first input image is the one that the run starts from', () => {
    const run = { ...jobRecord, input_image_paths: ['a.png', 'b.png'] };
    expect(importStableNew(run).config.input_image).toBe('a.png');
    expect(pathsOf(importStableNew(run), 'dropped')).toContain('input_image_paths.1');
  });
});

describe('the switches of nested shapes', () => {
  const on = (run: object) => planned(importStableNew({ txt2img: {}, ...run }).config);

  test.each([
    ['txt2img is on without a flag or a switch', {}, 'txt2img'],
    ['another stage is off without one', { upscale: {} }, 'txt2img'],
    [
      'a flag is enough',
      { pipeline: { upscale_enabled: true }, upscale: { enabled: false } },
      'txt2img>upscale',
    ],
    [
      'a section is enough',
      { pipeline: { img2img_enabled: false }, img2img: { enabled: true } },
      'txt2img>img2img',
    ],
    [
      'adetailer_enabled is a switch of its section',
      { adetailer: { adetailer_enabled: true } },
      'txt2img>adetailer',
    ],
    ['null says nothing', { pipeline: { txt2img_enabled: null, upscale_enabled: null } }, 'txt2img'],
    ['txt2img needs its flag', { pipeline: { txt2img_enabled: false, img2img_enabled: true } }, 'img2img'],
    ['txt2img needs its section', { txt2img: { enabled: false }, img2img: { enabled: true } }, 'img2img'],
    [
      'a flag outside pipeline counts only without one inside',
      { pipeline: { upscale_enabled: false }, upscale_enabled: true },
      'txt2img',
    ],
  ])('%s', (_fact, run, plan) => expect(on(run)).toBe(plan));

  test('that txt2img is on without a switch is noted', () => {
    expect(pathsOf(importStableNew({ txt2img: {} }), 'defaulted')).toContain('txt2img_enabled');
  });

  test('a switch that is no boolean is an error with its path', () => {
    expect(errorOf({ txt2img: { enabled: 'yes' } })).toMatchObject({
      problems: [{ path: ['txt2img', 'enabled'], field: ['txt2img_enabled'], code: 'wrong_type' }],
    });
  });
});

describe('the refiner', () => {
  const refined = (run: object) => importStableNew({ steps: 20, model: 'm', ...run }).config;

  test('is not switched on by a model alone', () => {
    const run = { steps: 20, model: 'm', refiner: { refiner_checkpoint: 'r.safetensors' } };
    const imported = importStableNew(run);
    expect(imported.config.refiner_enabled).toBe(false);
    expect(imported.config.refiner_model_name).toBe('r.safetensors');
    expect(pathsOf(imported, 'defaulted')).toContain('refiner_enabled');
  });

  test('switched after so many steps is a fraction of them, whatever the fraction said', () => {
    expect(refined({ refiner_switch_steps: 15, refiner_switch_at: 0.8 }).refiner_switch_at).toBe(0.75);
    expect(importStableNew({ txt2img: { refiner_switch_steps: 5 } }).config.refiner_switch_at).toBe(0.25);
  });

  test('switched after no step at all is not set', () => {
    expect(refined({ refiner_switch_steps: 0 }).refiner_switch_at).toBe(0.8);
  });

  test.each([25, 'soon'])('switched after %s of 20 steps is an error with its path', (steps) => {
    expect(errorOf({ steps: 20, model: 'm', refiner_switch_steps: steps })).toMatchObject({
      problems: [{ path: ['refiner_switch_steps'], field: ['refiner_switch_at'] }],
    });
  });

  test('on without a model is an error', () => {
    expect(errorOf({ steps: 20, model: 'm', use_refiner: true })).toMatchObject({
      problems: [{ path: ['refiner_model_name'], code: 'required' }],
    });
  });
});

describe('the detectors', () => {
  const detectors = (adetailer: object) => importStableNew({ txt2img: {}, adetailer });

  test('the hands are a second detector where their pass is on', () => {
    const { config } = detectors({
      enable_hands_pass: true,
      hands_model: 'hand_yolov8n.pt',
      ad_model: 'face.pt',
    });
    expect(config.adetailer.map(({ model }) => model)).toEqual(['face.pt', 'hand_yolov8n.pt']);
  });

  test('the hands are alone where the pass of the faces is off', () => {
    const hands = { enable_face_pass: false, enable_hands_pass: true, hands_model: 'h.pt', ad_model: 'f.pt' };
    expect(detectors(hands).config.adetailer.map(({ model }) => model)).toEqual(['h.pt']);
    expect(pathsOf(detectors(hands), 'ignored')).toEqual(['adetailer.ad_model']);
  });

  test('what belongs to hands that are off is left out', () => {
    const imported = detectors({
      enable_hands_pass: false,
      ad_hands_enabled: true,
      hands_model: 'h.pt',
      ad_model: 'f',
    });
    expect(imported.config.adetailer).toHaveLength(2);
    expect(pathsOf(imported, 'contradicted')).toEqual(['adetailer.enable_hands_pass']);
    expect(pathsOf(detectors({ hands_model: 'h.pt' }), 'ignored')).toEqual(['adetailer.hands_model']);
  });

  test('a value that is not to be used is left out', () => {
    const imported = detectors({
      ad_model: 'f.pt',
      ad_steps: 12,
      ad_use_steps: false,
      ad_use_sampler: true,
      ad_use_cfg_scale: 1,
    });
    expect(imported.config.adetailer[0]?.steps).toBeNull();
    expect(pathsOf(imported, 'ignored')).toEqual(['adetailer.ad_steps']);
    expect(pathsOf(imported, 'dropped')).toEqual(['adetailer.ad_use_cfg_scale', 'adetailer.ad_use_sampler']);
  });

  test('a list of them is kept in order, and more than four are an error', () => {
    const run = (count: number) => ({
      steps: 20,
      model: 'm',
      adetailer_configs: Array.from({ length: count }, (_, index) => ({ model: `${index}.pt` })),
    });
    expect(importStableNew(run(3)).config.adetailer.map(({ model }) => model)).toEqual([
      '0.pt',
      '1.pt',
      '2.pt',
    ]);
    expect(errorOf(run(5))).toBeInstanceOf(InvalidImportError);
  });
});

describe('values', () => {
  test('out of range is an error with its path, and nothing is clamped', () => {
    const error = errorOf({ txt2img: { hr_scale: 9, width: 500, cfg_scale: 'high' } });
    expect(error).toBeInstanceOf(InvalidImportError);
    expect(error).toMatchObject({
      problems: [
        { path: ['txt2img', 'cfg_scale'], code: 'wrong_type' },
        { path: ['txt2img', 'width'], code: 'not_a_multiple' },
        { path: ['txt2img', 'hr_scale'], field: ['hires_upscale_factor'], code: 'out_of_range' },
      ],
    });
    expect(String(error)).toContain('txt2img.hr_scale: hires_upscale_factor must be at most 4, but is 9.');
  });

  test.each([null, '', 'None', 'none', 'Automatic', 'inherit', 'Use sampler default'])(
    '%j is not set',
    (scheduler) => {
      const imported = importStableNew({ txt2img: { scheduler } });
      expect(imported.config.scheduler).toBe('Automatic');
      expect(pathsOf(imported, 'not_set')).toEqual(['txt2img.scheduler']);
    },
  );

  test('a long value is cut in a message', () => {
    const { notes } = importStableNew({ txt2img: { prompt: 'a' }, prompt: 'b'.repeat(99) });
    expect(notes.find(({ code }) => code === 'contradicted')?.message).toContain(`"${'b'.repeat(60)}…"`);
  });

  test('a list or an object is named as such in a message', () => {
    const { notes } = importStableNew({
      txt2img: { prompt: 'a', width: 512 },
      prompt: ['b'],
      width: { pixels: 640 },
    });
    expect(notes.flatMap(({ code, message }) => (code === 'contradicted' ? [message] : []))).toEqual([
      'prompt says a list, but txt2img.prompt says "a": prompt takes the latter.',
      'width says an object, but txt2img.width says 512: width takes the latter.',
    ]);
  });

  test('an explicit scheduler counts more than one in the name of a sampler', () => {
    const imported = importStableNew({ txt2img: { sampler_name: 'DPM++ SDE Karras', scheduler: 'Simple' } });
    expect(imported.config.scheduler).toBe('Simple');
    expect(pathsOf(imported, 'contradicted')).toEqual(['txt2img.sampler_name']);
  });

  test('a sampler that is named as a schedule is not cut', () => {
    expect(importStableNew({ txt2img: { sampler_name: 'Karras' } }).config.sampler_name).toBe('Karras');
    expect(importStableNew({ txt2img: { sampler_name: 'DDIM' } }).config.sampler_name).toBe('DDIM');
  });

  test('a name of the wrong type is an error, and a hash alone is a name', () => {
    expect(
      errorOf({ txt2img: { model: 7, sampler_name: 7, scheduler: 7, refiner_switch_at: '80' } }),
    ).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ path: ['txt2img', 'model'] })]),
    });
    expect(importStableNew({ txt2img: { model: ' [0123abcdef]' } }).config.model).toBe(' [0123abcdef]');
  });

  test('a scheduler that nobody knows stays as it is', () => {
    expect(importStableNew({ txt2img: { scheduler: 'bong' } }).config.scheduler).toBe('bong');
  });

  test("img2img's clip skip counts only where the run has none", () => {
    const run = (txt2img: object) => importStableNew({ txt2img, img2img: { clip_skip: 2 } });
    expect(run({}).config.clip_skip).toBe(2);
    expect(run({ clip_skip: 1 }).config.clip_skip).toBe(1);
    expect(pathsOf(run({ clip_skip: 1 }), 'contradicted')).toEqual(['img2img.clip_skip']);
  });

  test('a section that is off is left out, and one that is on is lost', () => {
    const run = (enabled: boolean) => importStableNew({ txt2img: {}, aesthetic: { enabled, weight: 0.9 } });
    expect(pathsOf(run(false), 'ignored')).toEqual(['aesthetic']);
    expect(pathsOf(run(true), 'dropped')).toEqual(['aesthetic']);
  });
});

describe('families', () => {
  const sections = { txt2img: {}, img2img: {}, upscale: {} };
  const full = { ...sections, adetailer: {}, pipeline: {} };
  test.each([
    ['N1', sections],
    ['N1b', { ...sections, pipeline: {} }],
    ['N2', { ...full, api: {} }],
    ['N3', { ...full, hires_fix: {} }],
    ['N4', full],
    ['N4', { preset_data: full }],
    ['N5', { ...full, upscale_enabled: true }],
    ['N6', { ...full, img2img_steps: 20, upscale_factor: 2 }],
    ['N7', { txt2img: {} }],
    ['N8', { img2img: {}, upscale: {} }],
    ['F1', { steps: 20, hires_fix: {}, metadata: { output: { batch_size: 2 }, img2img: {} } }],
    ['F2', { steps: 20, hires_use_base_model: true }],
    ['F3', { steps: 20, model: 'm' }],
    ['F4', { base_model: 'm', use_refiner: false }],
    ['F4', { base_model: 'm', enable_hr: true }],
    ['F5', { model: 'm', stages: ['txt2img'] }],
    ['G', { txt2img_enabled: true, upscale_enabled: true }],
    ['H', { steps: 20, stages: ['txt2img'], pipeline: {} }],
    ['R', { stage_chain: [], config: {} }],
    ['R2', { stage_chain: ['txt2img'] }],
    ['W', { config: full, pipeline_controls: { upscale_enabled: true, loop_count: 1 } }],
    ['W2', { executor_config: full }],
    ['N4', { queue_id: 'q', njr_snapshot: full }],
  ])('%s', (family, run) => expect(importStableNew(run).family).toBe(family));
});

describe('what is no run', () => {
  test.each([[{}], [{ a: 1, b: 2 }], [[{ txt2img: {} }]], ['text'], [null]])('%j is refused', (json) => {
    expect(errorOf(json)).toBeInstanceOf(UnknownShapeError);
  });

  test('nesting without end is refused', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 10_000; depth += 1) deep = { config: deep };
    expect(errorOf({ txt2img: {}, config: deep })).toMatchObject({ code: 'not_json' });
    expect(errorOf({ txt2img: {}, config: deep })).toBeInstanceOf(UnreadableInputError);
  });

  test('keys of prototypes do nothing', () => {
    const json: unknown = JSON.parse(
      '{"txt2img": {"__proto__": {"steps": 99}, "constructor": 1}, "__proto__": {"upscale_enabled": true}, "toString": 1}',
    );
    const imported = importStableNew(json);
    expect(planned(imported.config)).toBe('txt2img');
    expect(imported.config.steps).toBe(20);
    expect(pathsOf(imported, 'dropped')).toEqual(
      expect.arrayContaining(['txt2img.__proto__', 'txt2img.constructor', '__proto__', 'toString']),
    );
  });
});
