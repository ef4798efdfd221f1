import { type Draft, decide, fills } from '../draft.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { entriesBut, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import { readPromptWithLoras } from './loras.ts';
import { jsonReader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['negative_prompt', 'Negative Prompt']],
    [['model'], 'name', ['base_model', 'Base Model']],
    [['vae'], 'name', ['vae']],
    [['sampler_name'], 'name', ['sampler']],
    [['scheduler'], 'name', ['scheduler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['guidance_scale', 'Guidance Scale']],
    [[], 'size', ['resolution']],
    [['seed'], 'number', ['seed']],
    [['clip_skip'], 'number', ['clip_skip']],
    [['refiner_model_name'], 'name', ['refiner_model', 'Refiner Model']],
    [['refiner_switch_at'], 'number', ['refiner_switch', 'Refiner Switch']],
  ],
  told: [],
  bookkeeping: [
    'version',
    'metadata_scheme',
    'created_by',
    'base_model_hash',
    'refiner_model_hash',
    'full_prompt',
    'full_negative_prompt',
    'user',
  ],
};

/** Fooocus in its scheme "fooocus", and the log that it keeps. Source: `modules/meta_parser.py` of Fooocus. */
export const fooocusJson = jsonReader({
  writer: 'Fooocus',
  marks: '`metadata_scheme`, or a `version` of Fooocus, or `performance` with `sharpness`',
  table,
  detect: (json) => {
    const version = textOf(json.version) ?? textOf(json.Version) ?? '';
    if (/^fooocus/i.test(version)) return { version, certainty: 'certain' };
    const isFooocus =
      hasAny(json, 'adm_guidance', 'ADM Guidance', 'metadata_scheme') ||
      (hasAny(json, 'performance', 'Performance') && hasAny(json, 'sharpness', 'Sharpness'));
    return isFooocus ? { version: version === '' ? null : version, certainty: 'likely' } : undefined;
  },
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const promptKey = Object.hasOwn(json, 'prompt') ? 'prompt' : 'Prompt';
  const combined = Object.entries(json)
    .filter(([key]) => /^lora(_combined)?[_ ]\d{1,3}$/i.test(key))
    .sort(([a], [b]) => placeOf(a) - placeOf(b));
  const loras = combined.flatMap(([, value]) => loraOf(value));
  const keys = combined.map(([key]) => key);
  const readings = [
    ...readPromptWithLoras(json[promptKey] ?? null, [...path, promptKey], loras, [
      ...path,
      keys[0] ?? 'loras',
    ]),
    ...keys
      .slice(1)
      .map((key) => remark([...path, key], 'converted', 'stands at the end of the prompt here')),
    ...readTable(table, entriesBut(json, promptKey, ...keys, ...(keys.length > 0 ? ['loras'] : [])), path),
    ...readPerformance(json, path),
    ...(keys.length > 0 && listOf(json.loras).length > 0
      ? [remark([...path, 'loras'], 'ignored', 'is left out: it says the same LoRAs again')]
      : []),
  ];
  return { readings, decided: decide({ refiner: fills(readings, 'refiner_model_name') }) };
}

/** Source: `modules/flags.py` of Fooocus. Its log leaves the steps to the performance. */
const stepsOf: ReadonlyMap<unknown, number> = new Map([
  ['Quality', 60],
  ['Speed', 30],
  ['Extreme Speed', 8],
  ['Lightning', 4],
  ['Hyper-SD', 4],
]);

function readPerformance(json: JsonRecord, path: Path): readonly Reading[] {
  const key = Object.hasOwn(json, 'performance') ? 'performance' : 'Performance';
  const steps = hasAny(json, 'steps', 'Steps') ? undefined : stepsOf.get(json[key]);
  if (steps === undefined) return [];
  return [
    ...readField(['steps'], steps, [...path, key]),
    remark([...path, key], 'converted', `is ${steps} steps here`),
  ];
}

function placeOf(key: string): number {
  return Number(/\d{1,3}$/.exec(key)?.[0]);
}

/** "name.safetensors : 0.1" */
function loraOf(value: unknown): readonly { readonly name: string; readonly weight: unknown }[] {
  const [, name, weight] = /^(.{1,400}?)\s{0,4}:\s{0,4}(-?[\d.]{1,20})$/.exec(textOf(value) ?? '') ?? [];
  return name === undefined ? [] : [{ name, weight }];
}
