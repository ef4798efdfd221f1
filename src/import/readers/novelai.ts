import { isPlainObject } from '../../json.ts';
import { type Draft, decide } from '../draft.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import { readTable } from '../table/read-table.ts';
import { novelaiEmphasis, remarkOnEmphasis } from './emphasis.ts';
import { entriesBut, hasAll, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import type { Found, Reader, Source } from './reader.ts';

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['uc']],
    [['sampler_name'], 'name', ['sampler']],
    [['scheduler'], 'name', ['noise_schedule']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['scale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['batch_size'], 'number', ['n_samples']],
    [['img2img', 'denoising_strength'], 'number', ['strength']],
  ],
  told: ['request_type', 'v4_prompt', 'v4_negative_prompt'],
  bookkeeping: [
    'signed_hash',
    'hide_debug_overlay',
    'legacy_v3_extend',
    'legacy',
    'legacy_uc',
    'version',
    'extra_noise_seed',
    'lora_unet_weights',
    'lora_clip_weights',
  ],
};

/** NovelAI, which keeps its run in `Comment` beside a `Software` and a `Source` that names the model. */
export const novelai: Reader = {
  writer: 'NovelAI',
  marks: '`Comment` beside `Software: NovelAI`, or `uc` with `scale` and `sampler`',
  table,
  find: findIn,
};

function findIn(source: Source): Found | undefined {
  const named = source.filter(({ keyword }) => around.includes(keyword));
  const comment = source.find(
    ({ json }) =>
      json !== undefined &&
      hasAll(json, 'uc', 'scale', 'sampler') &&
      (named.length > 0 || hasAny(json, ...ownKeys)),
  );
  if (comment?.json === undefined) return undefined;
  const json = comment.json;
  const path = comment.keyword === '' ? [] : [comment.keyword];
  return {
    detection: { writer: 'NovelAI', version: null, certainty: named.length > 0 ? 'certain' : 'likely' },
    taken: [comment, ...named],
    read: () => read(json, path, source),
  };
}

/** Draw Things has `uc`, `scale` and `sampler` as well, and none of these. */
const ownKeys = ['prompt', 'n_samples', 'noise_schedule', 'request_type', 'signed_hash', 'v4_prompt'];

/** What NovelAI writes around its `Comment`: `Description` is the prompt, which in 2022 stood nowhere else. */
const around = ['Software', 'Source', 'Title', 'Description', 'Generation time'];

function read(json: JsonRecord, path: Path, source: Source): Draft {
  const isRequest = /img2img|infill/i.test(textOf(json.request_type) ?? '');
  const img2img = isRequest || (json.request_type === undefined && hasAny(json, 'strength'));
  const description = source.find(({ keyword }) => keyword === 'Description');
  const model = source.find(({ keyword }) => keyword === 'Source');
  const readings: readonly Reading[] = [
    ...readTable(table, entriesBut(json, 'strength'), path),
    ...(hasAny(json, 'prompt') || description === undefined
      ? []
      : readField(['prompt'], description.text, ['Description'])),
    ...(img2img && !isRequest ? [doubt([...path, 'strength'])] : []),
    ...(/infill/i.test(textOf(json.request_type) ?? '')
      ? [remark([...path, 'request_type'], 'dropped', 'is only kept in part: its mask is not said')]
      : []),
    ...readCharacters(json, path),
    ...remarkOnEmphasis(novelaiEmphasis, [
      [[...path, 'prompt'], json.prompt],
      [[...path, 'uc'], json.uc],
    ]),
    ...(img2img
      ? readField(['img2img', 'denoising_strength'], json.strength ?? null, [...path, 'strength'])
      : []),
    ...(!img2img && hasAny(json, 'strength')
      ? [remark([...path, 'strength'], 'ignored', 'is left out: the request is no img2img')]
      : []),
    ...(model === undefined
      ? []
      : [remark(['Source'], 'dropped', 'is lost: it names a model that NovelAI keeps to itself')]),
  ];
  return { readings, decided: decide({ img2img }) };
}

/** The pictures of 2022 have a strength whether they began with a picture or not. */
function doubt(path: Path): Reading {
  return remark(
    path,
    'ambiguous',
    'tells of an img2img, which is taken; in 2022 NovelAI wrote it into every picture',
  );
}

/** The characters of a prompt for version 4 have places of their own, which a RunConfig has not. */
function readCharacters(json: JsonRecord, path: Path): readonly Reading[] {
  return ['v4_prompt', 'v4_negative_prompt'].flatMap((key) => {
    const prompt = json[key];
    const caption = isPlainObject(prompt) ? prompt.caption : undefined;
    const characters = isPlainObject(caption) ? listOf(caption.char_captions) : [];
    return characters.length === 0
      ? []
      : [
          remark(
            [...path, key],
            'dropped',
            'is only kept in part: the prompts of single characters are lost',
          ),
        ];
  });
}
