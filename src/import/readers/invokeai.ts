import { isPlainObject } from '../../json.ts';
import { type Draft, decide, fills } from '../draft.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { invokeaiEmphasis, remarkOnEmphasis } from './emphasis.ts';
import { entriesBut, hasAll, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import { readPromptWithLoras } from './loras.ts';
import { jsonReader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['positive_prompt']],
    [['negative_prompt'], 'text', ['negative_prompt']],
    [['model'], 'model', ['model']],
    [['vae'], 'model', ['vae']],
    [['sampler_name'], 'name', ['scheduler']],
    [['scheduler'], 'name', ['scheduler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['cfg_scale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['clip_skip'], 'number', ['clip_skip']],
    [['refiner_model_name'], 'model', ['refiner_model']],
    [['refiner_switch_at'], 'number', ['refiner_start']],
    [['img2img', 'denoising_strength'], 'number', ['strength']],
    [['upscale', 'upscaler'], 'model', ['upscale_model']],
    [['upscale', 'upscale_factor'], 'number', ['upscale_scale']],
    [['hires_denoise'], 'number', ['hrf_strength']],
    [['hires_upscaler_name'], 'name', ['hrf_method']],
  ],
  told: ['generation_mode', 'hrf_enabled'],
  bookkeeping: ['app_version', 'rand_device', 'qwen3_encoder'],
};

/**
 * InvokeAI from 3.0. Source: `CoreMetadataInvocation`; the high-resolution fix of 3.x enlarges to the stated size out of
 * a first pass whose size it does not say.
 */
export const invokeai = jsonReader({
  writer: 'InvokeAI',
  marks: '`invokeai_metadata`, or `generation_mode` with `positive_prompt`',
  table,
  detect: (json, keyword) => {
    if (
      keyword !== 'invokeai_metadata' &&
      !(hasAll(json, 'positive_prompt') && hasAny(json, 'generation_mode', 'app_version'))
    )
      return undefined;
    return { version: textOf(json.app_version) ?? null, certainty: 'certain' };
  },
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const img2img = /img2img|inpaint|outpaint/.test(textOf(json.generation_mode) ?? '');
  const hires = json.hrf_enabled === true && !img2img;
  const loras = listOf(json.loras).flatMap(loraOf);
  const masked = /inpaint|outpaint/.test(textOf(json.generation_mode) ?? '');
  const readings = [
    ...readPromptWithLoras(json.positive_prompt ?? null, [...path, 'positive_prompt'], loras, [
      ...path,
      'loras',
    ]),
    ...readTable(
      table,
      entriesBut(json, 'positive_prompt', 'scheduler', ...(loras.length > 0 ? ['loras'] : [])),
      path,
    ),
    ...remarkOnEmphasis(invokeaiEmphasis, [
      [[...path, 'positive_prompt'], json.positive_prompt],
      [[...path, 'negative_prompt'], json.negative_prompt],
    ]),
    ...readScheduler(json.scheduler, [...path, 'scheduler']),
    ...(loras.length > 0 ? remarkOnLoras(json.loras, [...path, 'loras']) : []),
    ...(masked
      ? [remark([...path, 'generation_mode'], 'dropped', 'is only kept in part: its mask is not said')]
      : []),
    ...(hires
      ? [
          remark(
            [...path, 'hrf_enabled'],
            'dropped',
            'is only kept in part: the size of the first pass is not said',
          ),
        ]
      : []),
  ];
  const upscale = fills(readings, 'upscale');
  const decided = decide({ img2img, hires, upscale, refiner: fills(readings, 'refiner_model_name') });
  // Its page for upscaling begins with a picture.
  return { readings, decided: upscale && !img2img ? { ...decided, txt2img_enabled: false } : decided };
}

/** A scheduler of InvokeAI is a sampler, with "_k" behind it where the noise is Karras'. */
function readScheduler(value: unknown, path: Path): readonly Reading[] {
  if (value === undefined) return [];
  const karras = typeof value === 'string' && value.endsWith('_k') ? `${value.slice(0, -2)}_karras` : value;
  return readField(['sampler_name'], karras, path);
}

function remarkOnLoras(loras: unknown, path: Path): readonly Reading[] {
  return listOf(loras).flatMap((lora, index) =>
    loraOf(lora).length > 0 ? [] : [remark([...path, index], 'dropped', 'is lost: it names no model')],
  );
}

function loraOf(lora: unknown): readonly { readonly name: string; readonly weight: unknown }[] {
  if (!isPlainObject(lora)) return [];
  const model = lora.model ?? lora.lora;
  const name = isPlainObject(model) ? (textOf(model.name) ?? textOf(model.model_name)) : undefined;
  return name === undefined ? [] : [{ name, weight: lora.weight ?? 1 }];
}
