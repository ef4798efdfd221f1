import { isPlainObject } from '../../json.ts';
import { type Draft, decide } from '../draft.ts';
import type { Path } from '../note.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { numberOr } from '../table/values.ts';
import { entriesBut, type JsonRecord, listOf, textOf } from './entries.ts';
import { readPromptWithLoras } from './loras.ts';
import { jsonReader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['Prompt']],
    [['negative_prompt'], 'text', ['Negative']],
    [['model'], 'name', ['base_model_name']],
    [['sampler_name'], 'name', ['sampler_name']],
    [['scheduler'], 'name', ['scheduler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['cfg']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['clip_skip'], 'number', ['clip_skip']],
    [['img2img', 'denoising_strength'], 'number', ['denoise']],
  ],
  told: [],
  bookkeeping: ['base_model_hash', 'software', 'start_step'],
};

/** RuinedFooocus. A `denoise` is that of an img2img, and null otherwise. */
export const ruinedFooocus = jsonReader({
  writer: 'RuinedFooocus',
  marks: '`software`, or `base_model_name` with `Prompt`',
  table,
  detect: (json) => {
    if (/^ruinedfooocus/i.test(textOf(json.software) ?? '')) return { version: null, certainty: 'certain' };
    const isRuined = Object.hasOwn(json, 'base_model_name') && Object.hasOwn(json, 'Prompt');
    return isRuined ? { version: null, certainty: 'likely' } : undefined;
  },
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const loras = listOf(json.loras).flatMap(loraOf);
  const denoise = numberOr(json.denoise ?? 1);
  const img2img = typeof denoise === 'number' && denoise < 1;
  const readings = [
    ...readPromptWithLoras(json.Prompt ?? null, [...path, 'Prompt'], loras, [...path, 'loras']),
    ...readTable(table, entriesBut(json, 'Prompt', ...(loras.length > 0 ? ['loras'] : [])), path),
  ];
  return { readings, decided: decide({ img2img }) };
}

/** A LoRA is `{ name, weight }`, or a pair of a hash and "weight - name". */
function loraOf(lora: unknown): readonly { readonly name: string; readonly weight: unknown }[] {
  if (isPlainObject(lora))
    return typeof lora.name === 'string' ? [{ name: lora.name, weight: lora.weight ?? 1 }] : [];
  const [, weight, name] = /^(-?[\d.]{1,20}) - (.{1,400})$/.exec(textOf(listOf(lora)[1]) ?? '') ?? [];
  return name === undefined ? [] : [{ name, weight }];
}
