import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declaredNode } from '../../../src/compile/comfyui/object-info.ts';
import { freeInputs } from '../../../src/compile/comfyui/tables/free-inputs.ts';
import { comfySampler, comfySamplers } from '../../../src/compile/comfyui/tables/samplers.ts';
import { comfyScheduler, comfySchedulers } from '../../../src/compile/comfyui/tables/schedulers.ts';
import { imageMethod, latentMethod, upscaleModel } from '../../../src/compile/comfyui/tables/upscalers.ts';
import { isPlainObject } from '../../../src/json.ts';
import { nameKey } from '../../../src/names/name-key.ts';
import { samplers } from '../../../src/names/samplers.ts';
import { schedulers } from '../../../src/names/schedulers.ts';
import { upscalers } from '../../../src/names/upscalers.ts';
import { objectInfo } from './object-info.ts';

/** A folder with what real nodes declare. */
const folder = process.env.STAGEPLAN_CONTRACTS;

/** Core nodes that the folder has no word of. */
const undeclared = ['ImageBlur', 'ImageToMask', 'InvertMask', 'RepeatImageBatch', 'ImageCompositeMasked'];

test('every sampler of the WebUI has an equal, but for three', () => {
  const without = samplers.map(([label]) => label).filter((label) => comfySampler(label) === undefined);
  expect(without).toEqual(['Restart', 'DDIM CFG++', 'PLMS']);
});

describe('a schedule of the WebUI', () => {
  /** Those that ComfyUI calls otherwise. */
  const otherwise = { Polyexponential: 'exponential', Uniform: 'normal', DDIM: 'ddim_uniform' };

  test('is the one that ComfyUI has under the same name, but for these, or has no equal', () => {
    const labels = schedulers.map(([label]) => label).filter((label) => label !== 'Automatic');
    for (const label of labels)
      expect(comfyScheduler(label, 'Euler'), label).toBe(
        { ...otherwise }[String(label)] ?? comfySchedulers.find((name) => nameKey(name) === nameKey(label)),
      );
    expect(labels.filter((label) => comfyScheduler(label, 'Euler') === undefined)).toEqual([
      'Align Your Steps',
      'AYS GITS',
      'AYS 11 Steps',
      'AYS 32 Steps',
      'Turbo',
    ]);
  });

  test('is for "Automatic" the one that the sampler prefers', () => {
    const preferring = (schedule: string): readonly string[] =>
      samplers
        .map(([label]) => label)
        .filter((label) => comfyScheduler('Automatic', label) === schedule)
        .sort();
    const karras = ['DPM++ 2M', 'DPM++ 2S a', 'DPM++ SDE', 'DPM2', 'DPM2 a', 'Restart'];
    expect(preferring('karras')).toEqual(karras);
    expect(preferring('exponential')).toEqual(['DPM++ 2M SDE', 'DPM++ 2M SDE Heun', 'DPM++ 3M SDE']);
    expect(preferring('ddim_uniform')).toEqual(['DDIM']);
    expect(preferring('normal')).toContain('Euler a');
  });
});

describe('an upscaler of the WebUI', () => {
  const labels = upscalers.map(([label]) => label);

  test('with a model has its file, which other programs know it by, and enlarges as often as its name says', () => {
    const withModel = upscalers.filter(([label]) => upscaleModel(label, {}) !== undefined);
    expect(withModel.length).toBeGreaterThan(4);
    for (const [label, ...others] of withModel) {
      const { file = '', scale } = upscaleModel(label, {}) ?? {};
      expect(file.endsWith('.pth'), label).toBe(true);
      expect(others).toContain(file.slice(0, -4));
      expect(scale, label).toBe(Number(/(\d)x/.exec(label)?.[1] ?? 4));
    }
    expect(labels.filter((label) => label.startsWith('R-ESRGAN') && !upscaleModel(label, {}))).toEqual([]);
  });

  test('without a model enlarges as the method of that name', () => {
    const methods = (of: (name: string) => string | undefined) =>
      Object.fromEntries(labels.flatMap((label) => (of(label) === undefined ? [] : [[label, of(label)]])));
    expect(methods(imageMethod)).toEqual({ Lanczos: 'lanczos', Nearest: 'nearest-exact' });
    expect(methods(latentMethod)).toEqual({
      Latent: 'bilinear',
      'Latent (bicubic)': 'bicubic',
      'Latent (nearest)': 'nearest-exact',
      'Latent (nearest-exact)': 'nearest-exact',
    });
  });
});

describe.skipIf(folder === undefined)('by what real nodes declare', () => {
  const read = (file: string) => JSON.parse(readFileSync(join(folder ?? '', file), 'utf8'));

  test('the samplers and schedulers are those of ComfyUI', () => {
    expect(read('comfy_samplers.json')).toEqual({ samplers: comfySamplers, schedulers: comfySchedulers });
  });

  test('the nodes of the tests are those of ComfyUI, by inputs, types, bounds and outputs', () => {
    const real = read('object_info.json');
    for (const name of Object.keys(objectInfo).filter((each) => !undeclared.includes(each))) {
      const [ours, theirs] = [declaredNode(objectInfo, name), declaredNode(real, name)];
      if (ours === undefined || theirs === undefined) throw new Error(`There is no ${name}.`);
      expect(ours.outputs, name).toEqual(theirs.outputs);
      for (const [input, { required, type, min, max, listed }] of ours.inputs)
        expect(theirs.inputs.get(input), `${name} ${input}`).toMatchObject({
          required,
          type,
          min,
          max,
          listed,
        });
      const needed = [...theirs.inputs].filter(([, { required }]) => required).map(([input]) => input);
      expect([...ours.inputs.keys()], name).toEqual(expect.arrayContaining(needed));
    }
  });

  test('every input that backend options may set is one of its node', () => {
    const real = read('object_info.json');
    for (const [name, inputs] of Object.entries(freeInputs)) {
      const { required, optional } = real[name].input;
      expect(isPlainObject(required)).toBe(true);
      expect(Object.keys({ ...required, ...optional })).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
  });
});
