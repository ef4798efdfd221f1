import { isPlainObject } from '../../json.ts';
import type { Inventory, ThingKind, ThingNames } from './inventory.ts';

/** The answers of a WebUI, by the paths that they are had from. */
export type WebuiAnswers = Readonly<Record<string, unknown>>;

type Reader = (answer: unknown) => readonly ThingNames[];

/** Where a WebUI says what it has. */
const readers: { readonly [path: string]: readonly [ThingKind, Reader] } = {
  '/sdapi/v1/sd-models': ['checkpoint', (answer) => listOf(answer, checkpointNames)],
  '/sdapi/v1/sd-vae': ['vae', (answer) => [['Automatic'], ['None'], ...listOf(answer, keys('model_name'))]],
  '/sdapi/v1/samplers': ['sampler', (answer) => listOf(answer, keys('name', 'aliases'))],
  '/sdapi/v1/schedulers': ['scheduler', (answer) => listOf(answer, keys('label', 'name', 'aliases'))],
  '/sdapi/v1/upscalers': ['upscaler', (answer) => listOf(answer, keys('name'))],
  '/sdapi/v1/latent-upscale-modes': ['latent_mode', (answer) => listOf(answer, keys('name'))],
  '/sdapi/v1/loras': ['lora', (answer) => listOf(answer, keys('name', 'alias'))],
  '/adetailer/v1/ad_model': ['detector', (answer) => namesIn(answer, 'ad_model')],
  '/sdapi/v1/scripts': [
    'script',
    (answer) => namesIn(answer, 'img2img').map(([title]) => [title.toLowerCase()]),
  ],
};

/** The paths to ask a WebUI for. A path that it does not have is left out of the answers. */
export const webuiInventoryPaths: readonly string[] = Object.keys(readers);

/** Reads what a WebUI has out of its answers. Pure. */
export function readWebuiInventory(answers: WebuiAnswers): Inventory {
  const found = Object.entries(readers).flatMap(([path, [kind, read]]) => {
    const answer = Object.hasOwn(answers, path) ? answers[path] : null;
    return answer === null ? [] : [[kind, read(answer)] as const];
  });
  return Object.fromEntries(found);
}

type Thing = Readonly<Record<string, unknown>>;

function listOf(answer: unknown, read: (thing: Thing) => readonly string[]): readonly ThingNames[] {
  if (!Array.isArray(answer)) return [];
  return answer.filter(isPlainObject).flatMap((thing) => namesOf(read(thing)));
}

function namesIn(answer: unknown, key: string): readonly ThingNames[] {
  const names: unknown = isPlainObject(answer) ? answer[key] : null;
  return Array.isArray(names) ? names.flatMap((name) => namesOf([String(name)])) : [];
}

function namesOf([first, ...others]: readonly string[]): readonly ThingNames[] {
  return first === undefined ? [] : [[first, ...others]];
}

/** The texts under some keys of a thing, lists of texts among them. */
function keys(...wanted: readonly string[]): (thing: Thing) => readonly string[] {
  return (thing) => wanted.flatMap((key) => thing[key]).filter((name) => typeof name === 'string');
}

/** What `override_settings` finds a checkpoint by. Source: `checkpoint_aliases` of `modules/sd_models.py`. */
function checkpointNames(thing: Thing): readonly string[] {
  const [title = '', ...others] = keys('title', 'model_name', 'hash', 'sha256')(thing);
  const file = title.replace(/ \[[0-9a-f]+\]$/, '');
  const base = file.replace(/^.*[\\/]/s, '');
  return title === '' ? [] : [title, ...others, file, base, base.replace(/\.\w+$/, '')];
}
