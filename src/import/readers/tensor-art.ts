import { isPlainObject } from '../../json.ts';
import { type Draft, decide } from '../draft.ts';
import type { Path } from '../note.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { entriesBut, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import { readPromptWithLoras } from './loras.ts';
import { jsonReader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['negativePrompt']],
    [['model'], 'model', ['baseModel']],
    [['vae'], 'name', ['vae', 'sdVae']],
    [['sampler_name'], 'name', ['samplerName', 'sampler', 'ksamplerName']],
    [['scheduler'], 'name', ['schedule', 'scheduler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['cfgScale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['clip_skip'], 'number', ['clipSkip']],
  ],
  told: [],
  bookkeeping: ['workEngine', 'status', 'imageCount', 'watermark'],
};

/** Tensor.Art, which keeps its settings in `generation_data` beside the graph that it ran. */
export const tensorArt = jsonReader({
  writer: 'Tensor.Art',
  marks: '`generation_data`, or `baseModel` with `modelFileName`',
  table,
  detect: (json, keyword) => {
    const { baseModel } = json;
    const isNamed = isPlainObject(baseModel) && hasAny(baseModel, 'modelFileName');
    if (keyword !== 'generation_data' && !isNamed) return undefined;
    return { version: null, certainty: 'certain' };
  },
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const loras = listOf(json.models).flatMap(loraOf);
  const readings = [
    ...readPromptWithLoras(json.prompt ?? null, [...path, 'prompt'], loras, [...path, 'models']),
    ...readTable(table, entriesBut(json, 'prompt', ...(loras.length > 0 ? ['models'] : [])), path),
  ];
  return { readings, decided: decide({}) };
}

function loraOf(model: unknown): readonly { readonly name: string; readonly weight: unknown }[] {
  if (!isPlainObject(model) || !/lora/i.test(textOf(model.type) ?? 'lora')) return [];
  const name = textOf(model.modelFileName) ?? textOf(model.label);
  return name === undefined ? [] : [{ name, weight: model.weight ?? 1 }];
}
