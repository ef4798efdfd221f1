import { isPlainObject } from '../../json.ts';
import type { Draft } from '../draft.ts';
import { readResources } from '../infotext/civitai-resources.ts';
import { readWebui } from '../infotext/webui-stages.ts';
import { sharedRows, webuiTable } from '../infotext/webui-table.ts';
import type { Path } from '../note.ts';
import { type Reading, remark } from '../reading.ts';
import { extendTable, type FieldTable } from '../table/field-table.ts';
import { entriesBut, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import { jsonReader } from './reader.ts';

const table = extendTable(
  {
    fields: [
      [['cfg_scale'], 'number', ['cfgScale']],
      [['model'], 'name', ['models']],
      [['vae'], 'name', ['vaes']],
      [['clip_skip'], 'number', ['clipSkip']],
      [['width'], 'number', ['width']],
      [['height'], 'number', ['height']],
      [['hires_denoise'], 'number', ['denoise']],
    ],
    bookkeeping: [
      'remixOfId',
      'workflowId',
      'workflow',
      'engine',
      'process',
      'draft',
      'nsfw',
      'Created Date',
      'quantity',
    ],
  },
  webuiTable,
);

/** The one strength is that of img2img where the workflow is one, whatever follows it. */
const redrawing: FieldTable = {
  ...table,
  fields: [[['img2img', 'denoising_strength'], 'number', ['denoise']], ...table.fields],
};

/**
 * Civitai: the `meta` of its API, and the `extraMetadata` of what its generator made. Both are an infotext as JSON, with
 * some keys of their own.
 */
export const civitaiJson = jsonReader({
  writer: 'Civitai',
  marks: '`extraMetadata`, `civitaiResources`, or `cfgScale` with `negativePrompt`',
  table: { ...table, fields: [...table.fields, ...sharedRows] },
  detect: (json) => {
    const named = hasAny(json, 'extraMetadata', 'civitaiResources');
    const meta = isPlainObject(json.meta) ? json.meta : json;
    const fits = hasAny(meta, 'cfgScale') && hasAny(meta, 'negativePrompt', 'sampler', 'prompt');
    return named || fits ? { version: null, certainty: named ? 'certain' : 'likely' } : undefined;
  },
  read: (json, path) => {
    const extra = parseExtra(json.extraMetadata);
    if (extra !== undefined) {
      const around = entriesBut(json, 'extraMetadata').map(([key]) => beside([...path, key]));
      return readMeta(extra, around);
    }
    if (!isPlainObject(json.meta)) return readMeta(json, []);
    const around = entriesBut(json, 'meta').map(([key]) =>
      remark([...path, key], 'ignored', 'is left out: it is about the page of the picture'),
    );
    return readMeta(json.meta, around);
  },
});

function beside(path: Path): Reading {
  return remark(path, 'dropped', 'is passed over: the run is read out of extraMetadata');
}

/** The generator keeps it as text within its graph. Text that is no JSON is no metadata. */
function parseExtra(value: unknown): JsonRecord | undefined {
  if (isPlainObject(value)) return value;
  try {
    const parsed: unknown = JSON.parse(textOf(value) ?? '');
    return isPlainObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A list of one name, as of the `models` of a graph, is that name. */
function textOfValue(value: unknown): string {
  const [only, ...others] = listOf(value);
  if (typeof only === 'string' && others.length === 0) return only;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function readMeta(meta: JsonRecord, around: readonly Reading[]): Draft {
  const { parts, readings: resources } = readResources({
    prompt: textOf(meta.prompt) ?? '',
    negative_prompt: textOf(meta.negativePrompt) ?? '',
    parameters: entriesBut(meta, 'prompt', 'negativePrompt').flatMap(([key, value]) =>
      value === null ? [] : [{ key, value: textOfValue(value) }],
    ),
    pieces: [],
  });
  const workflow = textOf(meta.workflow) ?? textOf(meta.workflowId) ?? '';
  const img2img = workflow.startsWith('img2img');
  const { readings, decided } = readWebui(img2img ? redrawing : table, parts);
  return {
    decided: {
      ...decided,
      ...(img2img && { txt2img_enabled: false, img2img_enabled: true }),
      ...(/hires/.test(workflow) && { hires_enabled: true }),
      ...(/face-?fix/.test(workflow) && { adetailer_enabled: true }),
    },
    readings: [...readings, ...resources, ...around],
  };
}
