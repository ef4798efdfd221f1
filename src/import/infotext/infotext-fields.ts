import type { Path } from '../note.ts';

/** How a value of an infotext is read. */
export type ValueKind = 'number' | 'name' | 'text' | 'boolean';

export interface InfotextField {
  readonly field: Path;
  readonly kind: ValueKind;
}

/** The keys that name one field of the run, in lower case, first the name that is written. */
const runKeys = [
  [['steps'], 'number', ['Steps']],
  [['sampler_name'], 'name', ['Sampler']],
  [['scheduler'], 'name', ['Schedule type', 'Scheduler']],
  [['cfg_scale'], 'number', ['CFG scale']],
  [['seed'], 'number', ['Seed']],
  [['model'], 'name', ['Model']],
  [['vae'], 'name', ['VAE']],
  [['clip_skip'], 'number', ['Clip skip']],
  [['batch_size'], 'number', ['Batch size']],
  [['refiner_model_name'], 'name', ['Refiner']],
  [['refiner_switch_at'], 'number', ['Refiner switch at', 'Refiner start']],
  [['hires_upscale_factor'], 'number', ['Hires upscale', 'Hires scale']],
  [['hires_upscaler_name'], 'name', ['Hires upscaler']],
  [['hires_steps'], 'number', ['Hires steps']],
  [['hires_denoise'], 'number', ['Hires strength']],
  [['upscale', 'upscale_factor'], 'number', ['Postprocess upscale by']],
  [['upscale', 'upscaler'], 'name', ['Postprocess upscaler']],
  [['upscale', 'gfpgan_visibility'], 'number', ['GFPGAN visibility']],
  [['upscale', 'codeformer_visibility'], 'number', ['CodeFormer visibility']],
  [['upscale', 'codeformer_weight'], 'number', ['CodeFormer weight']],
] as const satisfies readonly (readonly [Path, ValueKind, readonly string[]])[];

/** The keys of one detector behind "ADetailer ", by the names that ADetailer 23.6 to 25.3 writes. */
export const detectorKeys = [
  ['model', 'name', ['model']],
  ['prompt', 'text', ['prompt']],
  ['negative_prompt', 'text', ['negative prompt']],
  ['confidence', 'number', ['confidence']],
  ['mask_k', 'number', ['mask only top k', 'mask only top k largest', 'mask k']],
  ['dilate_erode', 'number', ['dilate erode']],
  ['mask_blur', 'number', ['mask blur']],
  ['denoising_strength', 'number', ['denoising strength']],
  ['inpaint_only_masked', 'boolean', ['inpaint only masked']],
  ['inpaint_only_masked_padding', 'number', ['inpaint padding']],
  ['use_inpaint_size', 'boolean', ['use inpaint width height']],
  ['inpaint_width', 'number', ['inpaint width']],
  ['inpaint_height', 'number', ['inpaint height']],
  ['use_steps', 'boolean', ['use separate steps']],
  ['steps', 'number', ['steps']],
  ['use_cfg_scale', 'boolean', ['use separate CFG scale']],
  ['cfg_scale', 'number', ['CFG scale']],
  ['use_sampler', 'boolean', ['use separate sampler']],
  ['sampler_name', 'name', ['sampler']],
  ['scheduler', 'name', ['scheduler']],
] as const satisfies readonly (readonly [string, ValueKind, readonly string[]])[];

/** What stands behind the keys of each detector: the first has nothing. */
export const detectorSuffixes = ['', ' 2nd', ' 3rd', ' 4th'] as const;

/** The field that a key names, however it is capitalised: SD.Next writes "HiRes" for "Hires". */
export function infotextField(key: string): InfotextField | undefined {
  return fields.get(key.toLowerCase());
}

const fields: ReadonlyMap<string, InfotextField> = new Map([
  ...runKeys.flatMap(([field, kind, names]) => names.map((name) => entry(name, field, kind))),
  ...detectorSuffixes.flatMap((suffix, index) =>
    detectorKeys.flatMap(([field, kind, names]) =>
      names.map((name) => entry(`ADetailer ${name}${suffix}`, ['adetailer', index, field], kind)),
    ),
  ),
]);

function entry(name: string, field: Path, kind: ValueKind): [string, InfotextField] {
  return [name.toLowerCase(), { field, kind }];
}
