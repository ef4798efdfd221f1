import { isPlainObject } from '../../json.ts';
import { type Draft, decide, fills } from '../draft.ts';
import { settleFacesAlone } from '../faces-alone.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { invokeaiEmphasis, remarkOnEmphasis } from './emphasis.ts';
import { entriesBut, type JsonRecord, listOf, textOf } from './entries.ts';
import { pathOf, type Reader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['prompt']],
    [['model'], 'name', ['model_weights', 'model_id']],
    [['sampler_name'], 'name', ['sampler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['cfg_scale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['img2img', 'denoising_strength'], 'number', ['strength', 'strength_steps']],
    [['upscale', 'upscale_factor'], 'number', ['postprocessing.scale']],
  ],
  told: ['type', 'hires_fix'],
  bookkeeping: ['model', 'model_hash', 'app_id', 'app_version', 'orig_hash', 'step_number'],
};

/**
 * InvokeAI 1.14 to 2.3, under "sd-metadata" of its PNGs, beside a `Dream` that says the same run as a command.
 *
 * Source: `metadata_dumps` in `ldm/invoke/args.py`, and `parameters_to_generated_image_metadata` of its web server.
 */
export const invokeai2: Reader = {
  writer: 'InvokeAI',
  marks: '`sd-metadata`, or `app_id` with `image`',
  table,
  find: (source) => {
    const text = source.find(({ json }) => json !== undefined && imageOf(json) !== undefined);
    const image = text?.json === undefined ? undefined : imageOf(text.json);
    if (text?.json === undefined || image === undefined) return undefined;
    const { json } = text;
    return {
      detection: {
        writer: 'InvokeAI',
        version: textOf(json.app_version)?.replace(/^v/, '') ?? null,
        certainty: 'certain',
      },
      taken: [text, ...source.filter(({ keyword }) => keyword === 'Dream')],
      read: () => read(json, image, pathOf(text)),
    };
  },
};

interface Image {
  readonly record: JsonRecord;
  readonly path: Path;
}

/** The one image, or the first of a grid. */
function imageOf(json: JsonRecord): Image | undefined {
  if (json.app_id === undefined && json.model_weights === undefined) return undefined;
  if (isPlainObject(json.image)) return { record: json.image, path: ['image'] };
  const [first] = listOf(json.images);
  return isPlainObject(first) ? { record: first, path: ['images', 0] } : undefined;
}

function read(json: JsonRecord, image: Image, outer: Path): Draft {
  const { record } = image;
  const path = [...outer, ...image.path];
  const img2img = record.type === 'img2img';
  const readings: readonly Reading[] = [
    ...readTable(table, entriesBut(json, 'image', 'images'), outer),
    ...readPrompt(record.prompt, [...path, 'prompt']),
    ...readTable(table, entriesBut(record, 'prompt', 'postprocessing', 'variations', 'hires_fix'), path),
    ...settleFacesAlone(
      listOf(record.postprocessing).flatMap((step, index) =>
        readStep(step, [...path, 'postprocessing', index]),
      ),
    ),
    ...(listOf(record.variations).length > 0
      ? [remark([...path, 'variations'], 'dropped', 'is lost: no field takes other seeds beside the one')]
      : []),
    ...(record.hires_fix === true
      ? [
          remark(
            [...path, 'hires_fix'],
            'dropped',
            'is only kept in part: neither the size of its first pass nor its strength is said',
          ),
        ]
      : []),
  ];
  const hires = record.hires_fix === true && !img2img;
  return { readings, decided: decide({ img2img, hires, upscale: fills(readings, 'upscale') }) };
}

/** A prompt is a list of texts with weights; what stands in square brackets is the negative prompt. */
function readPrompt(prompt: unknown, path: Path): readonly Reading[] {
  const parts = listOf(prompt).filter(isPlainObject);
  const text =
    textOf(prompt) ??
    (parts.length === 1 ? textOf(parts[0]?.prompt) : undefined) ??
    parts.map((part) => `${String(part.prompt)}:${String(part.weight)}`).join(' ');
  const negatives = [...text.matchAll(/\[([^[\]]{0,20000})\]/g)].map(([, inner = '']) => inner);
  const positive = text.replace(/\s{0,20}\[[^[\]]{0,20000}\]/g, '').trim();
  return [
    ...readField(['prompt'], positive, path),
    ...(negatives.length === 0
      ? []
      : [
          ...readField(['negative_prompt'], negatives.join(', '), path),
          remark(path, 'converted', 'is split here: what stands in square brackets is the negative prompt'),
        ]),
    ...(parts.length > 1
      ? [remark(path, 'dropped', 'is kept as text, but the weights of its parts mean nothing elsewhere')]
      : []),
    ...remarkOnEmphasis(invokeaiEmphasis, [[path, positive]]),
  ];
}

/** What was done to the finished picture: Real-ESRGAN enlarges it, and a mender of faces works on it. */
function readStep(step: unknown, path: Path): readonly Reading[] {
  const { type, scale, strength } = isPlainObject(step) ? step : {};
  switch (type) {
    case 'esrgan':
      return [
        ...readField(['upscale', 'upscale_factor'], scale, [...path, 'scale']),
        ...readField(['upscale', 'upscaler'], 'R-ESRGAN 4x+', [...path, 'type']),
        remark([...path, 'type'], 'converted', 'is "R-ESRGAN 4x+" here: Real-ESRGAN by its general model'),
        remark([...path, 'strength'], 'dropped', 'is lost: an upscale is not mixed with what it enlarges'),
      ];
    case 'gfpgan':
    case 'codeformer':
      return readField(['upscale', `${type}_visibility`], strength, [...path, 'strength']);
    default:
      return [remark(path, 'dropped', 'is lost: no field takes it')];
  }
}
