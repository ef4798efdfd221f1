import { samplerLabel } from '../../names/samplers.ts';
import { schedulerLabel } from '../../names/schedulers.ts';
import { upscalerLabel } from '../../names/upscalers.ts';
import { declaredNode, type ObjectInfo } from '../comfyui/object-info.ts';
import { detailerScript, type Inventory, type ThingKind, type ThingNames } from './inventory.ts';

/** Where ComfyUI says what it has, and by which names of a plan each of it is found. */
const lists: readonly (readonly [
  ThingKind,
  node: string,
  input: string,
  read: (name: string) => ThingNames,
])[] = [
  ['checkpoint', 'CheckpointLoaderSimple', 'ckpt_name', (name) => [name]],
  ['vae', 'VAELoader', 'vae_name', (name) => [name]],
  ['sampler', 'KSampler', 'sampler_name', (name) => [name, samplerLabel(name)]],
  ['scheduler', 'KSampler', 'scheduler', (name) => [name, schedulerLabel(name), ...alike(name)]],
  ['upscaler', 'UpscaleModelLoader', 'model_name', (name) => [name, upscalerLabel(name)]],
  ['lora', 'LoraLoader', 'lora_name', (name) => [name, name.replace(/\.\w+$/, '')]],
  ['detector', 'UltralyticsDetectorProvider', 'model_name', (name) => [name, name.replace(/^\w+\//, '')]],
];

/** What needs no model. */
const builtIn: Inventory = {
  vae: [['Automatic'], ['None']],
  upscaler: [['Lanczos'], ['Nearest']],
  latent_mode: [['Latent'], ['Latent (bicubic)'], ['Latent (nearest)'], ['Latent (nearest-exact)']],
};

/** Reads what ComfyUI has out of the JSON of `GET /object_info`. Pure. A node that is not there has nothing. */
export function readComfyInventory(info: ObjectInfo): Inventory {
  const found = lists.map(([kind, node, input, read]) => {
    const options = declaredNode(info, node)?.inputs.get(input)?.options ?? [];
    return [kind, [...(builtIn[kind] ?? []), ...options.map((name) => read(String(name)))]] as const;
  });
  const details = declaredNode(info, 'FaceDetailer') !== undefined;
  return { ...builtIn, ...Object.fromEntries(found), script: details ? [[detailerScript]] : [] };
}

/** The WebUI's schedules that ComfyUI computes under another name. */
function alike(name: string): readonly string[] {
  if (name === 'normal') return ['Uniform'];
  return name === 'exponential' ? ['Polyexponential'] : [];
}
