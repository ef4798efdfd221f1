import { isPlainObject } from '../../json.ts';
import { samplerLabel } from '../../names/samplers.ts';
import { upscalerLabel } from '../../names/upscalers.ts';
import type { WebuiTargetName } from '../webui/targets.ts';
import type { Inventory, ThingKind, ThingNames } from './inventory.ts';

/** The answers of a WebUI, by the paths that they are had from. */
export type WebuiAnswers = Readonly<Record<string, unknown>>;

type Reader = (answer: unknown) => readonly ThingNames[];
type Readers = { readonly [path: string]: readonly (readonly [ThingKind, Reader])[] };

const checkpoints = [
  ['checkpoint', (answer) => listOf(answer, checkpointNames)],
] as const satisfies Readers[''];
const vaes =
  (...names: readonly string[]): Reader =>
  (answer) => [['Automatic'], ['None'], ...listOf(answer, keys(...names))];
const loras: Readers[''] = [['lora', (answer) => listOf(answer, keys('name', 'alias'))]];

/** Where a WebUI says what it has. Forge lists its VAEs among the modules that it loads beside a checkpoint. */
const readers: Readers = {
  '/sdapi/v1/sd-models': checkpoints,
  '/sdapi/v1/sd-vae': [['vae', vaes('model_name')]],
  '/sdapi/v1/sd-modules': [['vae', vaes('model_name', 'filename')]],
  '/sdapi/v1/samplers': [['sampler', (answer) => listOf(answer, keys('name', 'aliases'))]],
  '/sdapi/v1/schedulers': [['scheduler', (answer) => listOf(answer, keys('label', 'name', 'aliases'))]],
  '/sdapi/v1/upscalers': [['upscaler', (answer) => listOf(answer, keys('name'))]],
  '/sdapi/v1/latent-upscale-modes': [['latent_mode', (answer) => listOf(answer, keys('name'))]],
  '/sdapi/v1/loras': loras,
  '/adetailer/v1/ad_model': [['detector', (answer) => namesIn(answer, 'ad_model')]],
  '/sdapi/v1/scripts': [
    ['script', (answer) => namesIn(answer, 'img2img').map(([title]) => [title.toLowerCase()])],
  ],
};

/** SD.Next has a detailer of its own, no schedulers, names of its own for samplers, and one list of all that enlarges. */
const sdnextReaders: Readers = {
  '/sdapi/v1/sd-models': checkpoints,
  '/sdapi/v1/sd-vae': [['vae', vaes('model_name')]],
  '/sdapi/v1/samplers': [['sampler', (answer) => listOf(answer, labelled(samplerLabel))]],
  '/sdapi/v1/upscalers': [
    ['upscaler', (answer) => listOf(answer, labelled(upscalerLabel))],
    ['latent_mode', (answer) => listOf(answer, labelled(upscalerLabel))],
  ],
  '/sdapi/v1/loras': loras,
};

/** The paths to ask a WebUI for. A path that it does not have is left out of the answers. */
export const webuiInventoryPaths: readonly string[] = Object.keys(readers);

/** Reads what a WebUI has out of its answers. Pure. */
export function readWebuiInventory(answers: WebuiAnswers, target: WebuiTargetName = 'a1111'): Inventory {
  const found = Object.entries(target === 'sdnext' ? sdnextReaders : readers).flatMap(([path, kinds]) => {
    const answer = Object.hasOwn(answers, path) ? answers[path] : null;
    return answer === null ? [] : kinds.map(([kind, read]) => [kind, read(answer)] as const);
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

/** The name of a thing, and our label of it. */
function labelled(label: (name: string) => string): (thing: Thing) => readonly string[] {
  return (thing) => keys('name')(thing).flatMap((name) => [name, label(name)]);
}

/** What `override_settings` finds a checkpoint by. Source: `checkpoint_aliases` of `modules/sd_models.py`. */
function checkpointNames(thing: Thing): readonly string[] {
  const [title = '', ...others] = keys('title', 'model_name', 'hash', 'sha256')(thing);
  const file = title.replace(/ \[[0-9a-f]+\]$/, '');
  const base = file.replace(/^.*[\\/]/s, '');
  return title === '' ? [] : [title, ...others, file, base, base.replace(/\.\w+$/, '')];
}
