import { isPlainObject } from '../../json.ts';
import { upscalerLabel } from '../../names/upscalers.ts';
import { type Draft, decide } from '../draft.ts';
import { type Path, show } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { entriesBut, hasAll, type JsonRecord, textOf } from './entries.ts';
import { jsonReader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['negative_prompt']],
    [['model'], 'name', ['Model']],
    [['sampler_name'], 'name', ['sampler']],
    [['steps'], 'number', ['num_inference_steps']],
    [['cfg_scale'], 'number', ['guidance_scale']],
    [[], 'size', ['resolution']],
    [['seed'], 'number', ['seed']],
  ],
  told: [],
  bookkeeping: ['Model hash'],
};

const hiresTable: FieldTable = {
  fields: [
    [['hires_upscale_factor'], 'number', ['upscale_by']],
    [['hires_denoise'], 'number', ['upscaler_strength']],
    [['hires_steps'], 'number', ['upscale_steps']],
  ],
  told: ['new_resolution'],
  bookkeeping: [],
};

/** A Space of Hugging Face that runs diffusers, such as that of Animagine. It enlarges latents, and redraws them. */
export const huggingFaceSpace = jsonReader({
  writer: 'Hugging Face Space',
  marks: '`num_inference_steps` with `resolution`',
  table: {
    ...table,
    fields: [
      ...table.fields,
      ...hiresTable.fields,
      [['hires_upscaler_name'], 'upscaler', ['upscale_method']],
    ],
  },
  detect: (json) =>
    hasAll(json, 'num_inference_steps', 'resolution') ? { version: null, certainty: 'likely' } : undefined,
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const { Model: model, use_upscaler: upscaler } = json;
  const hires = isPlainObject(upscaler);
  const elsewhere = [...(isPlainObject(model) ? ['Model'] : []), ...(hires ? ['use_upscaler'] : [])];
  const readings = [
    ...readTable(table, entriesBut(json, ...elsewhere), path),
    ...(isPlainObject(model) ? readTable(table, Object.entries(model), [...path, 'Model']) : []),
    ...(hires ? readUpscaler(upscaler, [...path, 'use_upscaler']) : []),
  ];
  return { readings, decided: decide({ hires }) };
}

function readUpscaler(upscaler: JsonRecord, path: Path): readonly Reading[] {
  const method = textOf(upscaler.upscale_method);
  const latent = method === undefined ? undefined : upscalerLabel(`latent-${method}`);
  const place = [...path, 'upscale_method'];
  return [
    ...readTable(hiresTable, entriesBut(upscaler, 'upscale_method'), path),
    ...(latent === undefined
      ? []
      : [
          ...readField(['hires_upscaler_name'], latent, place),
          remark(place, 'converted', `is ${show(latent)} here: it enlarges latents`),
        ]),
  ];
}
