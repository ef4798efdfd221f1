import { isPlainObject } from '../../json.ts';
import { saySize } from '../../plan/say-warning.ts';
import type { WebuiCheck } from './checks.ts';
import { imageSizeOf } from './image-size.ts';
import type { WebuiRequest } from './webui-request.ts';

/** What an answer with status 200 shows not to have happened as it was asked. `code` is closed. */
export interface WebuiProblem {
  readonly code:
    | 'no_images'
    | 'unread_image'
    | 'unread_info'
    | 'image_count'
    | 'other_size'
    | 'other_model'
    | 'other_sampler'
    | 'not_done'
    | 'done_elsewhere';
  readonly request_id: string;
  readonly expected: string;
  readonly found: string;
  readonly message: string;
}

/** The images of an answer, in base64. A grid before them is left out. */
export function webuiImages({ image_result }: WebuiRequest, response: unknown): readonly string[] {
  const { [image_result]: found } = objectOf(response);
  if (!Array.isArray(found)) return typeof found === 'string' && found !== '' ? [found] : [];
  const { index_of_first_image: first } = infoOf(response) ?? {};
  return found.slice(typeof first === 'number' ? first : 0).filter((image) => typeof image === 'string');
}

/**
 * Holds an answer against what its request asked for, and gives what is not as it should be. Pure.
 *
 * A WebUI answers 200 where it dropped a checkpoint, passed over a refiner or a detector, or enlarged nothing.
 */
export function checkWebuiResponse(request: WebuiRequest, response: unknown): readonly WebuiProblem[] {
  const images = webuiImages(request, response);
  if (images.length === 0)
    return [problem(request, 'no_images', `an image in ${request.image_result}`, 'none')];
  const info = infoOf(response);
  if (info === null && request.checks.some(readsInfo))
    return [problem(request, 'unread_info', 'info, as JSON in a text', 'nothing of the kind')];
  const answer = { images, info: info ?? {} };
  return request.checks.flatMap((check) => {
    // The test of a code takes the check of that code, which tsc does not follow through a look-up.
    const found = tests[check.code](check as never, answer);
    return found.map(([code, expected, what]) => problem(request, code, expected, what));
  });
}

interface Answer {
  readonly images: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
}
type Found = readonly (readonly [code: WebuiProblem['code'], expected: string, found: string])[];
type CheckOf<Code extends WebuiCheck['code']> = Extract<WebuiCheck, { readonly code: Code }>;

const tests: {
  readonly [Code in WebuiCheck['code']]: (check: CheckOf<Code>, answer: Answer) => Found;
} = {
  images: ({ count }, { images }) =>
    images.length >= count ? [] : [['image_count', `${count} images`, `${images.length}`]],
  size: (size, { images }) =>
    images.flatMap((image): Found => {
      const own = imageSizeOf(image);
      if (own === null) return [['unread_image', 'a PNG, JPEG or WebP', 'nothing of the kind']];
      if (own.width === size.width && own.height === size.height) return [];
      return [['other_size', saySize(size), saySize(own)]];
    }),
  model: ({ model }, { info }) => {
    const { sd_model_name: name, sd_model_hash: hash } = info;
    if (name === modelName(model) || (typeof hash === 'string' && hash !== '' && model.includes(hash)))
      return [];
    return [['other_model', model, String(name)]];
  },
  shown_model: ({ model }, { info }) => {
    const shown = shownModel(info);
    return shown === null || shown === shownAs(model) ? [] : [['other_model', model, shown]];
  },
  sampler: ({ sampler }, { info }) =>
    info.sampler_name === sampler ? [] : [['other_sampler', sampler, String(info.sampler_name)]],
  parameter: ({ keys, value }, { info }) => {
    const parameters = objectOf(info.extra_generation_params);
    const found = keys.map((key) => parameters[key]).find((each) => each !== undefined);
    if (found !== undefined && (value === null || found === value)) return [];
    return [
      ['not_done', `${keys.join(' or ')}${value === null ? '' : ` of ${value}`}`, String(found ?? 'none')],
    ];
  },
  no_parameter: ({ key }, { info }) => {
    const { [key]: found } = objectOf(info.extra_generation_params);
    return found === undefined ? [] : [['done_elsewhere', `no ${key}`, String(found)]];
  },
};

function readsInfo({ code }: WebuiCheck): boolean {
  return code !== 'images' && code !== 'size';
}

/** `info` is JSON in a text: an answer has to be read twice. */
function infoOf(response: unknown): Readonly<Record<string, unknown>> | null {
  const { info } = objectOf(response);
  if (isPlainObject(info)) return info;
  if (typeof info !== 'string') return null;
  try {
    const read: unknown = JSON.parse(info);
    return isPlainObject(read) ? read : null;
  } catch {
    return null;
  }
}

/** A checkpoint as `info` names it: without its folder, its extension and the hash behind it. */
function modelName(model: string): string {
  return model
    .replace(/ \[[0-9a-f]{6,64}\]$/, '')
    .replace(/^.{0,400}[\\/]/s, '')
    .replace(/\.(safetensors|ckpt)$/i, '');
}

/** The checkpoint in the infotext of an answer, or null where the server is set not to say it. */
function shownModel({ infotexts }: Answer['info']): string | null {
  const [first] = Array.isArray(infotexts) ? infotexts : [];
  const text = String(first ?? '');
  const [, name] = /(?:^|, )Model: ([^,]{1,400})/.exec(text.slice(text.lastIndexOf('\n') + 1)) ?? [];
  return name === undefined ? null : modelName(name.trim());
}

/** A checkpoint as SD.Next writes it into an infotext. Source: `modules/processing_info.py`. */
function shownAs(model: string): string {
  return modelName(model).replace(/[,:]/g, '');
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainObject(value) ? value : {};
}

function problem(
  { id: request_id }: WebuiRequest,
  code: WebuiProblem['code'],
  expected: string,
  found: string,
): WebuiProblem {
  const message = `The answer to ${request_id} should show ${expected}, but shows ${found}.`;
  return { code, request_id, expected, found, message };
}
