import { isPlainObject } from '../../json.ts';
import { type Draft, decide } from '../draft.ts';
import { UnknownShapeError } from '../errors/unknown-shape-error.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { numberOr } from '../table/values.ts';
import { entriesBut, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import { readPromptWithLoras } from './loras.ts';
import { jsonReader } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['negativeprompt']],
    [['model'], 'name', ['model']],
    [['vae'], 'name', ['vae']],
    [['sampler_name'], 'name', ['sampler', 'comfyuisampler']],
    [['scheduler'], 'name', ['scheduler', 'comfyuischeduler']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['cfgscale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['batch_size'], 'number', ['batchsize']],
    [['n_iter'], 'number', ['images']],
    [['clip_skip'], 'number', ['clipstopatlayer']],
    [['img2img', 'denoising_strength'], 'number', ['initimagecreativity']],
  ],
  told: ['aspectratio', 'refinermethod', 'automaticvae'],
  bookkeeping: [
    'swarm_version',
    'date',
    'generation_time',
    'prep_time',
    'imageformat',
    'nopreviews',
    'donotsave',
    'internalbackendtype',
    'personalnote',
    'original_prompt',
    'used_wildcards',
    'wildcardseed',
  ],
};

const refinerTable: FieldTable = {
  fields: [[['refiner_model_name'], 'name', ['refinermodel']]],
  told: [],
  bookkeeping: [],
};

const hiresTable: FieldTable = {
  fields: [
    [['hires_upscale_factor'], 'number', ['refinerupscale']],
    [['hires_upscaler_name'], 'upscaler', ['refinerupscalemethod']],
    [['hires_steps'], 'number', ['refinersteps']],
    [['hires_denoise'], 'number', ['refinercontrolpercentage']],
    [['hires_cfg_scale'], 'number', ['refinercfgscale']],
    [['hires_sampler_name'], 'name', ['refinersampler']],
    [['hires_scheduler'], 'name', ['refinerscheduler']],
    [['hires_model_name'], 'name', ['refinermodel']],
  ],
  told: [],
  bookkeeping: [],
};

/** SwarmUI. Source: its page "Image Metadata Format", and `T2IParamTypes.cs`. */
export const swarmui = jsonReader({
  writer: 'SwarmUI',
  marks: '`sui_image_params`',
  table: {
    ...table,
    fields: [
      ...table.fields,
      ...refinerTable.fields,
      [['refiner_switch_at'], 'number', ['refinercontrolpercentage']],
      ...hiresTable.fields,
    ],
  },
  detect: (json) => {
    if (!hasAny(json, 'sui_image_params', 'sui_extra_data', 'sui_models')) return undefined;
    const parameters = json.sui_image_params;
    const version = isPlainObject(parameters) ? textOf(parameters.swarm_version) : undefined;
    return { version: version ?? null, certainty: 'certain' };
  },
  read: (json, outer) => {
    const parameters = json.sui_image_params;
    if (!isPlainObject(parameters)) {
      throw new UnknownShapeError(
        'a SwarmUI image without its parameters',
        'Give the image as SwarmUI saved it, with "sui_image_params" in it.',
      );
    }
    const { readings, decided } = readParameters(parameters, [...outer, 'sui_image_params']);
    return { decided, readings: [...readings, ...readAround(json, outer)] };
  },
});

function readAround(json: JsonRecord, outer: Path): readonly Reading[] {
  return entriesBut(json, 'sui_image_params').map(([key]) =>
    remark([...outer, key], 'ignored', 'is left out: it is about the program and the files'),
  );
}

const isRefiner = (key: string) => key.startsWith('refiner') && key !== 'refinermethod';

function readParameters(parameters: JsonRecord, path: Path): Draft {
  const { prompt, loras, loraweights } = parameters;
  const weights = listOf(loraweights);
  const named = listOf(loras).map((name, index) => ({ name: String(name), weight: weights[index] ?? 1 }));
  const entries = entriesBut(parameters, 'prompt', 'loras', 'loraweights', 'initimage');
  const img2img = hasAny(parameters, 'initimage', 'initimagecreativity');
  const refining = readRefining(
    parameters,
    entries.filter(([key]) => isRefiner(key)),
    path,
  );
  const readings = [
    ...readPromptWithLoras(prompt ?? null, [...path, 'prompt'], named, [...path, 'loras']),
    ...readTable(
      table,
      entries.filter(([key]) => !isRefiner(key)),
      path,
    ),
    ...refining.readings,
    ...remarkOnUnsaid(parameters, path),
  ];
  return { readings, decided: decide({ img2img, ...refining.switches }) };
}

/** What counts, and stands where a RunConfig cannot have it: a shape without a size, a picture, parts of the prompt. */
function remarkOnUnsaid(parameters: JsonRecord, path: Path): readonly Reading[] {
  const unsaid = [
    ['aspectratio', !hasAny(parameters, 'width', 'height'), 'is lost: it is a shape without a size'],
    ['initimage', hasAny(parameters, 'initimage'), 'is lost: a RunConfig names its picture'],
    [
      'prompt',
      /<segment:/i.test(textOf(parameters.prompt) ?? ''),
      'is only kept in part: its <segment:...> redraws a part of the picture, which the tag alone does not',
    ],
  ] as const;
  return unsaid.flatMap(([key, counts, fate]) =>
    counts && hasAny(parameters, key) ? [remark([...path, key], 'dropped', fate)] : [],
  );
}

interface Refining {
  readonly readings: readonly Reading[];
  readonly switches: { readonly hires?: boolean; readonly refiner?: boolean };
}

/**
 * Swarm's refiner at "PostApply" samples again what is finished, enlarged or not, which is a hires pass; the step swaps
 * hand over within the steps, which is a refiner. Its share counts from the end.
 */
function readRefining(
  parameters: JsonRecord,
  entries: readonly (readonly [string, unknown])[],
  path: Path,
): Refining {
  const share = numberOr(parameters.refinercontrolpercentage ?? null);
  if (entries.length === 0 || share === null || share === 0)
    return { switches: {}, readings: readTable({ fields: [], told: [], bookkeeping: [] }, entries, path) };
  if (/^stepswap/i.test(textOf(parameters.refinermethod) ?? '')) {
    const rest = entries.filter(([key]) => key !== 'refinercontrolpercentage');
    const at = typeof share === 'number' ? Math.round((1 - share) * 1e6) / 1e6 : share;
    const sharePath = [...path, 'refinercontrolpercentage'];
    return {
      switches: { refiner: Object.hasOwn(parameters, 'refinermodel') },
      readings: [
        ...readTable(refinerTable, rest, path),
        ...readField(['refiner_switch_at'], at, sharePath),
        remark(sharePath, 'converted', `is ${String(at)} here: it counts from the first step`),
      ],
    };
  }
  return {
    switches: { hires: true },
    readings: [
      ...readTable(hiresTable, entries, path),
      ...readUnsaid(parameters, [...path, 'refinermethod']),
    ],
  };
}

/** Swarm leaves out what stands at its default: a scale of 1, and Lanczos. */
function readUnsaid(parameters: JsonRecord, path: Path): readonly Reading[] {
  const isUnsaid = (key: string) => !Object.hasOwn(parameters, key);
  return [
    ...(isUnsaid('refinerupscale') ? readField(['hires_upscale_factor'], 1, path) : []),
    ...(isUnsaid('refinerupscalemethod') ? readField(['hires_upscaler_name'], 'Lanczos', path) : []),
  ];
}
