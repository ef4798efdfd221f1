import { describe, expect, test } from 'vitest';
import { type ComfyPrompt, fillComfyGraph } from '../../../src/compile/comfyui/index.ts';
import { buildStagePlan } from '../../../src/index.ts';
import { base, compiled, photo, refusals } from './comfy-fixtures.ts';
import { objectInfo } from './object-info.ts';

/** A graph as ComfyUI saves it: with numbers for ids, and titles. */
const graph: ComfyPrompt = {
  '3': {
    class_type: 'KSampler',
    inputs: {
      ...compiled(base).prompt['1-txt2img-sample']?.inputs,
      model: ['4', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
    _meta: { title: 'Sampler' },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'other.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['4', 1] }, _meta: { title: 'Prompt' } },
  '7': { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['4', 1] }, _meta: { title: 'Prompt' } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
  '10': { class_type: 'Note' } as ComfyPrompt[string],
  '9': { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'x' } },
};

const bindings = {
  'txt2img.prompt': '6.inputs.text',
  'txt2img.negative_prompt': '7.inputs.text',
  'txt2img.model': '4.inputs.ckpt_name',
  'txt2img.sampler_name': 'Sampler.inputs.sampler_name',
  'txt2img.scheduler': ['3.inputs.scheduler'],
  'txt2img.steps': '3.inputs.steps',
  'txt2img.cfg_scale': '3.inputs.cfg',
  'txt2img.seed': '3.inputs.seed',
  'txt2img.width': '5.inputs.width',
  'txt2img.height': '5.inputs.height',
  'txt2img.batch_size': '5.inputs.batch_size',
};
const ignores = ['txt2img.clip_skip', 'txt2img.n_iter'];
const plan = buildStagePlan({ ...base, prompt: 'a <embedding:x> fox', steps: 12, scheduler: 'Karras' });

describe("a graph of one's own", () => {
  test('takes every setting in the words of ComfyUI, and stays as it is', () => {
    const before = structuredClone(graph);
    const { prompt, problems } = fillComfyGraph(plan, { graph, bindings, ignores }, objectInfo);
    expect(problems.map(({ node_id }) => node_id)).toEqual(['10', '10']);
    expect(prompt).toMatchObject({
      '3': { inputs: { steps: 12, seed: 7, sampler_name: 'dpmpp_2m', scheduler: 'karras' } },
      '4': { inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' } },
      '5': { inputs: { width: 512 } },
      '6': { inputs: { text: 'a embedding:x fox' } },
    });
    expect(graph).toEqual(before);
  });

  test('has a place for every setting, or its word that it is ignored', () => {
    const { 'txt2img.steps': _steps, ...others } = bindings;
    expect(refusals(() => fillComfyGraph(plan, { graph, bindings: others }, objectInfo))).toEqual([
      'unbound_setting 1-txt2img txt2img.steps',
      'unbound_setting 1-txt2img txt2img.n_iter',
      'unbound_setting 1-txt2img txt2img.clip_skip',
    ]);
    const all = { graph, bindings: others, ignores: ['txt2img.*'] };
    expect(refusals(() => fillComfyGraph(plan, all, objectInfo))).toEqual([]);
  });

  test('is bound by nodes that it has, each by one id or one title', () => {
    const wrong = {
      ...bindings,
      'txt2img.steps': ['12.inputs.steps', '10.inputs.steps', '3.inputs.toString', 'steps'],
      'txt2img.prompt': 'Prompt.inputs.text',
    };
    const fill = () => fillComfyGraph(plan, { graph, bindings: wrong, ignores }, objectInfo);
    expect(refusals(fill)).toEqual([
      'no_such_input 1-txt2img txt2img.prompt',
      'no_such_input 1-txt2img txt2img.steps',
      'no_such_input 1-txt2img txt2img.steps',
      'no_such_input 1-txt2img txt2img.steps',
      'no_such_input 1-txt2img txt2img.steps',
    ]);
  });

  test('has no binding for what is not planned, which would stay as it was saved', () => {
    const more = { ...bindings, 'txt2img.hires_denoise': '3.inputs.denoise' };
    expect(refusals(() => fillComfyGraph(plan, { graph, bindings: more, ignores }, objectInfo))).toEqual([
      'no_such_setting txt2img txt2img.hires_denoise',
    ]);
  });

  test('takes no random seed, no LoRA tag, and no sampler without an equal', () => {
    const other = buildStagePlan({
      ...base,
      seed: -1,
      prompt: 'a <lora:ink> <hypernet:ink:1>',
      sampler_name: 'PLMS',
      scheduler: 'Turbo',
    });
    expect(refusals(() => fillComfyGraph(other, { graph, bindings, ignores }, objectInfo))).toEqual([
      'lora_tag 1-txt2img txt2img.prompt',
      'unread_tag 1-txt2img txt2img.prompt',
      'no_sampler 1-txt2img txt2img.sampler_name',
      'no_scheduler 1-txt2img txt2img.scheduler',
      'random_seed 1-txt2img txt2img.seed',
    ]);
  });

  test('is validated as it is filled', () => {
    const other = buildStagePlan({ ...base, model: 'gone.safetensors' });
    const { problems } = fillComfyGraph(other, { graph, bindings, ignores }, objectInfo);
    expect(problems).toContainEqual(expect.objectContaining({ type: 'value_not_in_list', node_id: '4' }));
  });

  test('takes the settings of detectors, the existing image, and the seed that a later stage has from it', () => {
    const run = { ...photo, adetailer_enabled: true, adetailer: { sampler_name: 'Euler', scheduler: null } };
    const detailed = buildStagePlan({ ...run, scheduler: 'Beta' });
    const small: ComfyPrompt = {
      a: { class_type: 'LoadImage', inputs: { image: 'x' } },
      b: { class_type: 'X', inputs: { sampler: 'x', threshold: 0, seed: 0 } },
    };
    const { prompt } = fillComfyGraph(
      detailed,
      {
        graph: small,
        bindings: {
          'img2img.image': 'a.inputs.image',
          'adetailer.detectors[0].sampler_name': 'b.inputs.sampler',
          'adetailer.detectors[0].confidence': 'b.inputs.threshold',
          'adetailer.seed': 'b.inputs.seed',
        },
        ignores: ['img2img.*', 'adetailer.*'],
      },
      objectInfo,
    );
    expect(prompt).toMatchObject({
      a: { inputs: { image: 'photo.png' } },
      b: { inputs: { sampler: 'euler', threshold: 0.3, seed: 7 } },
    });
  });
});
