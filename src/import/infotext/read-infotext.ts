import { readLeftover } from '../leftovers.ts';
import type { Path } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { infotextField, type ValueKind } from './infotext-fields.ts';
import type { InfotextParameter, InfotextParts } from './infotext-text.ts';

/** Reads the parts of an infotext into fields. `Denoising strength` is left to whoever knows what it belongs to. */
export function readInfotext({
  prompt,
  negative_prompt,
  parameters,
  rest,
}: InfotextParts): readonly Reading[] {
  const size = parameterValue(parameters, 'size');
  return [
    ...(prompt === '' ? [] : readField(['prompt'], prompt, ['Prompt'])),
    ...(negative_prompt === '' ? [] : readField(['negative_prompt'], negative_prompt, ['Negative prompt'])),
    ...parameters.flatMap((parameter) => readParameter(parameter, size)),
    ...(rest === '' ? [] : [remark(['(behind the parameters)'], 'dropped', 'is lost: it is no parameter')]),
  ];
}

/** The key that two stages share, in lower case. */
export const denoisingKey = 'denoising strength';

/** The value of a key, however it is capitalised. */
export function parameterValue(parameters: readonly InfotextParameter[], key: string): string | undefined {
  return parameters.find((parameter) => parameter.key.toLowerCase() === key)?.value;
}

/** A number as a number; anything else as it is, for the RunConfig to refuse. */
export function numberOr(text: string): number | string {
  return /^[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})(e[+-]?\d{1,4})?$/i.test(text) ? Number(text) : text;
}

const toldByStages: ReadonlySet<string> = new Set(['operations', 'second pass']);
const sizes: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['size', ['width', 'height']],
  ['batch', ['n_iter', 'batch_size']],
]);

function readParameter(parameter: InfotextParameter, size: string | undefined): readonly Reading[] {
  const { key, value } = parameter;
  const path = [key];
  const name = key.toLowerCase();
  const known = infotextField(key);
  if (known !== undefined) return readField(known.field, readValue(value, known.kind), path);
  const pair = sizes.get(name);
  if (pair !== undefined) return readPair(pair, value, path);
  if (name === 'hires resize') return readHiresSize(parameter, size);
  if (name === denoisingKey) return [];
  if (toldByStages.has(name)) return [remark(path, 'converted', 'is told here by the stages that are on')];
  if (bookkeeping.has(name)) return [remark(path, 'ignored', 'is left out: it says nothing of the run')];
  return [readLeftover(path, /^use same \w{1,20}$/i.test(value) ? null : value)];
}

function readValue(value: string, kind: ValueKind): unknown {
  if (kind === 'number') return numberOr(value);
  if (kind === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return value;
}

function readPair(fields: readonly [string, string], value: string, path: Path): readonly Reading[] {
  const sides = sidesOf(value);
  if (sides === undefined) return readField([fields[0]], value, path);
  return [...readField([fields[0]], sides[0], path), ...readField([fields[1]], sides[1], path)];
}

function sidesOf(value: string): readonly [number, number] | undefined {
  const sides = /^(\d{1,9})x(\d{1,9})$/.exec(value);
  return sides === null ? undefined : [Number(sides[1]), Number(sides[2])];
}

/** A hires size is a factor where both sides grow by the same. "0x0" is no size. */
function readHiresSize({ key, value }: InfotextParameter, size: string | undefined): readonly Reading[] {
  const from = sidesOf(size ?? '');
  const to = sidesOf(value);
  if (to !== undefined && to[0] === 0 && to[1] === 0) return [remark([key], 'not_set', 'says nothing: 0x0')];
  if (from === undefined || to === undefined || to[0] * from[1] !== to[1] * from[0]) {
    return [
      remark([key], 'dropped', 'is lost: it is no multiple of Size, and a RunConfig has a factor only'),
    ];
  }
  return readField(['hires_upscale_factor'], to[0] / from[0], [key]);
}

/** Keys about the program, the hashes of files and the image among others. */
const bookkeeping: ReadonlySet<string> = new Set([
  'adetailer version',
  'app',
  'backend',
  'batch pos',
  'comment',
  'created date',
  'hashes',
  'index',
  'init image hash',
  'init image size',
  'lora hashes',
  'model hash',
  'parser',
  'pipeline',
  'refiner hash',
  'ti hashes',
  'user',
  'vae hash',
  'version',
]);
