import { describe, expect, test } from 'vitest';
import {
  type ComfyNode,
  type ComfyProblem,
  type ComfyPrompt,
  validateComfyPrompt,
} from '../../../src/compile/comfyui/index.ts';
import type { JsonValue } from '../../../src/index.ts';
import { base, compiled } from './comfy-fixtures.ts';
import { objectInfo } from './object-info.ts';

const { prompt } = compiled(base);
const sampler = '1-txt2img-sample';

/** The graph of a run with other inputs of one node. */
function changed(id: string, inputs: Readonly<Record<string, JsonValue>>): ComfyPrompt {
  const node = prompt[id];
  if (node === undefined) throw new Error(`There is no node ${id}.`);
  return { ...prompt, [id]: { ...node, inputs: { ...node.inputs, ...inputs } } };
}

function problems(graph: unknown, info = objectInfo): readonly ComfyProblem[] {
  return validateComfyPrompt(graph as ComfyPrompt, info);
}

function types(graph: unknown): readonly string[] {
  return problems(graph).map(({ type, node_id, input }) => [type, node_id, input].filter(Boolean).join(' '));
}

test('a graph that the server takes has no problems', () => {
  expect(problems(prompt)).toEqual([]);
});

describe('an input', () => {
  test.each<[string, string, JsonValue, string]>([
    [sampler, 'steps', 0, 'value_smaller_than_min'],
    [sampler, 'steps', 10_001, 'value_bigger_than_max'],
    [sampler, 'seed', -1, 'value_smaller_than_min'],
    [sampler, 'steps', 20.7, 'float_for_int'],
    [sampler, 'steps', 'many', 'invalid_input_type'],
    [sampler, 'steps', '', 'invalid_input_type'],
    [sampler, 'cfg', '7', 'coerced_value'],
    [sampler, 'cfg', true, 'coerced_value'],
    [sampler, 'cfg', null, 'invalid_input_type'],
    [sampler, 'sampler_name', 'DPM++ 2M', 'value_not_in_list'],
    [sampler, 'model', 'checkpoint-1', 'link_expected'],
    [sampler, 'model', ['checkpoint-1'], 'bad_linked_input'],
    [sampler, 'model', ['checkpoint-9', 0], 'exception_during_validation'],
    [sampler, 'model', [1, 0], 'exception_during_validation'],
    [sampler, 'model', ['checkpoint-1', 3], 'exception_during_validation'],
    [sampler, 'model', ['checkpoint-1', '0'], 'exception_during_validation'],
    [sampler, 'model', ['checkpoint-1', 1], 'return_type_mismatch'],
    ['1-txt2img-positive', 'text', null, 'coerced_value'],
    [sampler, 'tile', 512, 'unknown_input'],
  ])('%s.%s of %j is %s', (id, input, value, type) => {
    expect(problems(changed(id, { [input]: value }))).toMatchObject([
      { type, node_id: id, input, found: value },
    ]);
  });

  test('that is missing is told with its type', () => {
    const { cfg: _cfg, ...inputs } = prompt[sampler]?.inputs ?? {};
    expect(problems({ ...prompt, [sampler]: { class_type: 'KSampler', inputs } })).toEqual([
      {
        type: 'required_input_missing',
        node_id: sampler,
        input: 'cfg',
        found: null,
        possible: ['FLOAT'],
      },
    ]);
  });

  test('says what is possible in its place', () => {
    const [problem] = problems(changed('checkpoint-1', { ckpt_name: 'gone.safetensors' }));
    expect(problem?.possible).toContain('other.safetensors');
    expect(problems(changed(sampler, { steps: 0 }))[0]?.possible).toEqual([1]);
  });

  test('of a file that can be uploaded is looked for, unless it says where it is', () => {
    const load = (image: string): Record<string, ComfyNode> => ({
      a: { class_type: 'LoadImage', inputs: { image } },
      b: { class_type: 'SaveImage', inputs: { images: ['a', 0], filename_prefix: 'x' } },
    });
    expect(types(load('photo.png'))).toEqual([]);
    expect(types(load('folder/1.png [output]'))).toEqual([]);
    expect(types(load('gone.png'))).toEqual(['custom_validation_failed a image']);
    expect(types({ ...load('photo.png'), a: { class_type: 'LoadImage', inputs: { image: 1 } } })).toEqual([
      'custom_validation_failed a image',
    ]);
  });

  test('of a newer node is looked for as well, which the server does not', () => {
    const graph = {
      ...prompt,
      up: { class_type: 'UpscaleModelLoader', inputs: { model_name: 'gone.pth' } },
      big: {
        class_type: 'ImageUpscaleWithModel',
        inputs: { upscale_model: ['up', 0], image: ['1-txt2img-decode', 0] },
      },
      save: { class_type: 'SaveImage', inputs: { images: ['big', 0], filename_prefix: 'x' } },
    };
    expect(types(graph)).toEqual(['missing_model_file up model_name']);
    const unnamed = { ...graph, up: { class_type: 'UpscaleModelLoader', inputs: { model_name: 'best' } } };
    expect(types(unnamed)).toEqual(['value_not_in_list up model_name']);
    const number = { ...graph, up: { class_type: 'UpscaleModelLoader', inputs: { model_name: 4 } } };
    expect(types(number)).toEqual(['value_not_in_list up model_name']);
  });

  test('that is a switch takes no other value, and types may be lists', () => {
    const info = {
      Any: {
        input: { required: { a: ['*'], b: ['INT,FLOAT'], c: ['BOOLEAN', {}], d: 'IMAGE' } },
        output: ['FLOAT'],
        output_node: true,
      },
      From: { output: ['*', 'FLOAT'], input: { required: [] } },
      Odd: 1,
    };
    const inputs = { a: ['f', 1], b: ['f', 1], c: 1, d: ['f', 0] };
    const graph = { x: { class_type: 'Any', inputs }, f: { class_type: 'From', inputs: {} } };
    expect(
      problems(graph as unknown as ComfyPrompt, info).map(({ type, input }) => `${type} ${input}`),
    ).toEqual(['coerced_value c']);
    const odd = problems({ ...graph, y: { class_type: 'Odd', inputs: {} } } as unknown as ComfyPrompt, info);
    expect(odd.map(({ type }) => type)).toContain('invalid_prompt');
    const bare = problems({ z: { class_type: 'Bare' } } as unknown as ComfyPrompt, {
      Bare: { output_node: true },
    });
    expect(bare).toEqual([]);
  });
});

describe('a graph', () => {
  test('needs an output', () => {
    const { '1-txt2img-save': _save, ...others } = prompt;
    expect(types(others)).toEqual(['prompt_no_outputs']);
    expect(types({})).toEqual(['prompt_no_outputs']);
  });

  test('has only nodes that the server has', () => {
    const strange = { ...prompt, x: { class_type: 'toString', inputs: {} }, y: null, z: {} };
    expect(types(strange)).toEqual([
      'invalid_prompt x',
      'invalid_prompt y',
      'invalid_prompt z',
      'unreached_node x',
      'unreached_node y',
      'unreached_node z',
    ]);
  });

  test('has no node that nothing reads: the server would not even look at it', () => {
    const idle = {
      ...prompt,
      idle: { class_type: 'VAELoader', inputs: { vae_name: 'sdxl_vae.safetensors' } },
    };
    expect(types(idle)).toEqual(['unreached_node idle']);
  });

  test('has no cycle, of which the server tells no node', () => {
    expect(types(changed('1-txt2img-latent', { loop: 1 }))).toEqual(['unknown_input 1-txt2img-latent loop']);
    const graph = {
      a: { class_type: 'ImageScale', inputs: { image: ['b', 0] } },
      b: { class_type: 'ImageScale', inputs: { image: ['a', 0] } },
    };
    expect(problems(graph).filter(({ type }) => type === 'prompt_outputs_failed_validation')).toMatchObject([
      { node_id: 'a', found: 'a cycle' },
    ]);
  });
});
