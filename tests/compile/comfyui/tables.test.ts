import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declaredNode } from '../../../src/compile/comfyui/object-info.ts';
import { freeInputs } from '../../../src/compile/comfyui/tables/free-inputs.ts';
import { comfySampler, comfySamplers } from '../../../src/compile/comfyui/tables/samplers.ts';
import { comfySchedulers } from '../../../src/compile/comfyui/tables/schedulers.ts';
import { isPlainObject } from '../../../src/json.ts';
import { samplers } from '../../../src/names/samplers.ts';
import { objectInfo } from './object-info.ts';

/** A folder with what real nodes declare. */
const folder = process.env.STAGEPLAN_CONTRACTS;

/** Core nodes that the folder has no word of. */
const undeclared = ['ImageBlur', 'ImageToMask', 'InvertMask', 'RepeatImageBatch', 'ImageCompositeMasked'];

test('every sampler of the WebUI has an equal, but for three', () => {
  const without = samplers.map(([label]) => label).filter((label) => comfySampler(label) === undefined);
  expect(without).toEqual(['Restart', 'DDIM CFG++', 'PLMS']);
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
