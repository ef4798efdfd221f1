import { isPlainObject } from '../../json.ts';
import { type Draft, decide, fills } from '../draft.ts';
import { cutSpacing, remarkOnSpacing } from '../infotext/dialects/draw-things.ts';
import { isUnset } from '../normalise-value.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { numberOr } from '../table/values.ts';
import { entriesBut, hasAll, type JsonRecord, listOf, textOf } from './entries.ts';
import { type Lora, readPromptWithLoras } from './loras.ts';
import { jsonReader } from './reader.ts';

const more: FieldTable = {
  fields: [
    [['refiner_model_name'], 'name', ['refinerModel']],
    [['refiner_switch_at'], 'number', ['refinerStart']],
    [['clip_skip'], 'number', ['clipSkip']],
    [['n_iter'], 'number', ['batchCount']],
    [['batch_size'], 'number', ['batchSize']],
  ],
  told: [],
  bookkeeping: [],
};

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['c']],
    [['negative_prompt'], 'text', ['uc']],
    [['model'], 'name', ['model']],
    [['sampler_name'], 'name', ['sampler']],
    [['scheduler'], 'name', ['sampler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['scale']],
    [[], 'size', ['size']],
    [['seed'], 'number', ['seed']],
    [['img2img', 'denoising_strength'], 'number', ['strength']],
  ],
  told: [],
  bookkeeping: ['profile'],
};

/** Draw Things, which keeps the settings of its app in `v2`. A strength under 1 is img2img. */
export const drawThingsJson = jsonReader({
  writer: 'Draw Things',
  marks: '`c` and `uc` with `sampler` and `scale`',
  table: { ...table, fields: [...table.fields, ...more.fields] },
  detect: (json) =>
    hasAll(json, 'c', 'uc', 'sampler', 'scale') ? { version: null, certainty: 'certain' } : undefined,
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const loras = listOf(json.lora).flatMap(loraOf);
  const strength = numberOr(json.strength ?? 1);
  const img2img = strength !== 1;
  const sampler = textOf(json.sampler) ?? '';
  const readings: readonly Reading[] = [
    ...readPromptWithLoras(json.c, [...path, 'c'], loras, [...path, 'lora']),
    ...readTable(
      table,
      entriesBut(json, 'c', 'sampler', 'strength', 'v2', ...(loras.length > 0 ? ['lora'] : [])),
      path,
    ),
    ...readField(['sampler_name'], cutSpacing(sampler), [...path, 'sampler']),
    ...remarkOnSpacing(sampler, [...path, 'sampler']),
    ...(img2img
      ? readField(['img2img', 'denoising_strength'], strength, [...path, 'strength'])
      : [remark([...path, 'strength'], 'converted', 'is told here by what the stages are')]),
    ...(isPlainObject(json.v2) ? readMore(json.v2, [...path, 'v2']) : []),
  ];
  return { readings, decided: decide({ img2img, refiner: fills(readings, 'refiner_model_name') }) };
}

function loraOf(entry: unknown): readonly Lora[] {
  const name = isPlainObject(entry) ? (textOf(entry.model) ?? textOf(entry.file) ?? '') : '';
  return isPlainObject(entry) && name !== '' ? [{ name, weight: entry.weight ?? 1 }] : [];
}

/** Settings of the app that stand around those of the run again. */
const again: ReadonlySet<string> = new Set([
  'guidanceScale',
  'height',
  'loras',
  'model',
  'sampler',
  'seed',
  'seedMode',
  'steps',
  'strength',
  'width',
]);

/** All settings of the app: those that a run has, and what else is on, in one note. */
function readMore(settings: JsonRecord, path: Path): readonly Reading[] {
  const named = new Set(more.fields.flatMap(([, , keys]) => keys));
  const rest = Object.entries(settings).filter(([key]) => !named.has(key) && !again.has(key));
  const on = rest.filter(
    ([, value]) => !isUnset(value) && value !== false && value !== 0 && !isEmptyList(value),
  );
  return [
    ...readTable(
      more,
      Object.entries(settings).filter(([key]) => named.has(key)),
      path,
    ),
    ...(on.length === 0
      ? []
      : [
          remark(
            path,
            'dropped',
            `is only kept in part: no field takes ${on.map(([key]) => key).join(', ')}`,
          ),
        ]),
  ];
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
