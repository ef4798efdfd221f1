import { type Draft, decide, fills } from '../draft.ts';
import { isUnset } from '../normalise-value.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { numberOr } from '../table/values.ts';
import { hasAll, type JsonRecord } from './entries.ts';
import { type Lora, readPromptWithLoras } from './loras.ts';
import { pathOf, type Reader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['negative_prompt', 'Negative Prompt']],
    [['model'], 'name', ['use_stable_diffusion_model', 'Stable Diffusion model']],
    [['vae'], 'name', ['use_vae_model', 'VAE model']],
    [['sampler_name'], 'name', ['sampler_name', 'Sampler']],
    [['scheduler'], 'name', ['scheduler_name', 'Scheduler']],
    [['steps'], 'number', ['num_inference_steps', 'Steps']],
    [['cfg_scale'], 'number', ['guidance_scale', 'Guidance Scale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['batch_size'], 'number', ['num_outputs']],
    [['clip_skip'], 'boolean', ['clip_skip']],
    [['img2img', 'denoising_strength'], 'number', ['prompt_strength', 'Prompt Strength']],
    [['upscale', 'upscaler'], 'upscaler', ['use_upscale', 'Use Upscaling']],
    [['upscale', 'upscale_factor'], 'number', ['upscale_amount', 'Upscale By']],
  ],
  told: [],
  bookkeeping: [
    'session_id',
    'vram_usage_level',
    'output_format',
    'output_quality',
    'output_lossless',
    'metadata_output_format',
    'save_to_disk_path',
    'show_only_filtered_image',
    'stream_progress_updates',
    'stream_image_progress',
    'block_nsfw',
    'used_random_seed',
    'active_tags',
    'inactive_tags',
    'original_prompt',
    'created_at',
    'image_count',
  ],
};

/** Keys that only Easy Diffusion writes together: those of its requests, and those of its pages. */
const marks = [
  ['use_stable_diffusion_model', 'num_inference_steps'],
  ['Stable Diffusion model', 'Guidance Scale'],
] as const;

/**
 * Easy Diffusion, in JSON or in a text of "Key: value" on each line, or one text of an image for each key.
 *
 * Source: `save_utils.py` of Easy Diffusion, `TASK_TEXT_MAPPING`.
 */
export const easyDiffusion: Reader = {
  writer: 'Easy Diffusion',
  marks: '`use_stable_diffusion_model`, or `Stable Diffusion model` with `Guidance Scale`',
  table,
  find: (source) => {
    const isOwn = (json: JsonRecord) => marks.some((keys) => hasAll(json, ...keys));
    const detection = { writer: 'Easy Diffusion', version: null, certainty: 'certain' } as const;
    for (const text of source) {
      const record = text.json ?? linesAsRecord(text.text);
      if (!isOwn(record)) continue;
      return { detection, taken: [text], read: () => read(record, pathOf(text)) };
    }
    const together = Object.fromEntries(source.map(({ keyword, text }) => [keyword, text]));
    return isOwn(together) ? { detection, taken: source, read: () => read(together, []) } : undefined;
  },
};

/** The most characters of a text that are looked through for its keys. */
const longest = 100_000;

/** A line without a key goes on with the one before it: a prompt may have several, and the first had no key in 2022. */
function linesAsRecord(text: string): JsonRecord {
  if (text.length > longest || !text.includes(`${marks[1][0]}: `)) return {};
  const record = new Map<string, string>();
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    const [, key, value = ''] = /^([A-Z][\w ]{0,40}): ?(.{0,100000})$/.exec(line) ?? [];
    record.set(key ?? last, key === undefined ? `${record.get(last) ?? ''}\n${line}` : value);
    last = key ?? last;
  }
  const unnamed = record.has('Prompt') ? 'Text' : 'Prompt';
  return Object.fromEntries(
    [...record].map(([key, value]) => [key === '' ? unnamed : key, value.trim()] as const),
  );
}

function read(json: JsonRecord, path: Path): Draft {
  const at = new Map(Object.keys(json).map((key) => [key.toLowerCase().replaceAll(' ', '_'), key]));
  const valueNamed = (...names: readonly string[]) => {
    const key = names.flatMap((name) => at.get(name) ?? []).find((name) => !isUnset(json[name]));
    return key === undefined ? undefined : { key, value: json[key] };
  };
  const prompt = valueNamed('prompt');
  const lora = valueNamed('use_lora_model', 'lora_model');
  const alpha = valueNamed('lora_alpha', 'lora_strength');
  const skip = valueNamed('clip_skip');
  const img2img = valueNamed('init_image', 'initial_image', 'use_init_image') !== undefined;
  const loras = lorasOf(lora?.value, alpha?.value);
  const elsewhere = [prompt, lora, alpha, skip].flatMap((found) => found?.key ?? []);
  const readings: readonly Reading[] = [
    ...readPromptWithLoras(prompt?.value ?? null, [...path, prompt?.key ?? 'prompt'], loras, [
      ...path,
      lora?.key ?? 'use_lora_model',
    ]),
    ...(alpha === undefined
      ? []
      : [remark([...path, alpha.key], 'converted', 'is in the tags of the prompt here')]),
    ...readTable(
      table,
      Object.entries(json).filter(([key]) => !elsewhere.includes(key)),
      path,
    ),
    ...(skip === undefined ? [] : readSkip(skip.value, [...path, skip.key])),
  ];
  return { readings, decided: decide({ img2img, upscale: isUpscaled(readings) }) };
}

/** The factor is written whether anything is enlarged or not. */
function isUpscaled(readings: readonly Reading[]): boolean {
  return fills(
    readings.filter((reading) => reading.kind === 'field' && reading.field[1] === 'upscaler'),
    'upscale',
  );
}

/** A switch: the last layer is left out, which is 2 where layers are counted. */
function readSkip(value: unknown, path: Path): readonly Reading[] {
  if (!/^true$/i.test(String(value))) return [remark(path, 'not_set', 'says nothing: it is off')];
  return [
    ...readField(['clip_skip'], 2, path),
    remark(path, 'converted', 'is 2 here: the last layer is left out'),
  ];
}

/** One name or several, as a list or as its text: ['a', 'b']. */
function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const text = String(value);
  return /^\[.{0,4000}\]$/.test(text)
    ? text
        .slice(1, -1)
        .split(',')
        .map((part) => part.trim().replaceAll(/^['"]|['"]$/g, ''))
    : [value];
}

function lorasOf(names: unknown, weights: unknown): readonly Lora[] {
  if (names === undefined) return [];
  const strengths = weights === undefined ? [] : listIn(weights);
  return listIn(names).flatMap((name, index) =>
    isUnset(name) ? [] : [{ name: String(name), weight: numberOr(strengths[index] ?? 1) }],
  );
}
