import type { FieldRow, FieldTable } from '../table/field-table.ts';

/** The keys of one detector behind "ADetailer ", by the names that ADetailer 23.6 to 25.3 writes. */
export const detectorKeys = [
  ['model', 'name', ['model']],
  ['prompt', 'text', ['prompt']],
  ['negative_prompt', 'text', ['negative prompt']],
  ['confidence', 'number', ['confidence', 'conf']],
  ['mask_k', 'number', ['mask only top k', 'mask only top k largest', 'mask k']],
  ['dilate_erode', 'number', ['dilate erode', 'dilate/erode']],
  ['mask_blur', 'number', ['mask blur']],
  ['denoising_strength', 'number', ['denoising strength']],
  ['inpaint_only_masked', 'boolean', ['inpaint only masked', 'inpaint full']],
  ['inpaint_only_masked_padding', 'number', ['inpaint padding', 'inpaint only masked padding']],
  ['use_inpaint_size', 'boolean', ['use inpaint width height', 'use inpaint width/height']],
  ['inpaint_width', 'number', ['inpaint width']],
  ['inpaint_height', 'number', ['inpaint height']],
  ['use_steps', 'boolean', ['use separate steps']],
  ['steps', 'number', ['steps']],
  ['use_cfg_scale', 'boolean', ['use separate CFG scale']],
  ['cfg_scale', 'number', ['CFG scale']],
  ['use_sampler', 'boolean', ['use separate sampler']],
  ['sampler_name', 'name', ['sampler']],
  ['scheduler', 'name', ['scheduler']],
] as const satisfies readonly (readonly [string, FieldRow[1], readonly string[]])[];

/** What stands behind the keys of each detector: the first has nothing. */
export const detectorSuffixes = ['', ' 2nd', ' 3rd', ' 4th'] as const;

/** The keys of an enlarging: what the Extras tab writes, today and, last, in 2022. */
export const extrasTable: FieldTable = {
  fields: [
    [['upscale', 'upscale_factor'], 'number', ['Postprocess upscale by', 'Upscale']],
    [['upscale', 'upscaler'], 'name', ['Postprocess upscaler', 'model']],
    [['upscale', 'gfpgan_visibility'], 'number', ['GFPGAN visibility']],
    [['upscale', 'codeformer_visibility'], 'number', ['CodeFormer visibility']],
    [['upscale', 'codeformer_weight'], 'number', ['CodeFormer weight']],
  ],
  told: [],
  bookkeeping: [],
};

/** The keys of the WebUI, its forks and its extensions. */
export const webuiTable: FieldTable = {
  fields: [
    [['prompt'], 'text', ['Prompt']],
    [['negative_prompt'], 'text', ['Negative prompt']],
    [['steps'], 'number', ['Steps']],
    [['sampler_name'], 'name', ['Sampler']],
    [['scheduler'], 'name', ['Schedule type', 'Scheduler']],
    [['cfg_scale'], 'number', ['CFG scale']],
    [['seed'], 'number', ['Seed']],
    [['model'], 'name', ['Model']],
    [['vae'], 'name', ['VAE']],
    [['clip_skip'], 'number', ['Clip skip', 'CLiP-skip']],
    [['batch_size'], 'number', ['Batch size']],
    [[], 'counts', ['Batch']],
    [['refiner_model_name'], 'name', ['Refiner']],
    [['refiner_switch_at'], 'number', ['Refiner switch at', 'Refiner start']],
    [['hires_upscaler_name'], 'name', ['Hires upscaler']],
    [['hires_steps'], 'number', ['Hires steps']],
    [['hires_denoise'], 'number', ['Hires strength']],
    ...extrasTable.fields.map(([field, kind, [key = '']]): FieldRow => [field, kind, [key]]),
    ...detectorSuffixes.flatMap((suffix, index) =>
      detectorKeys.map(
        ([field, kind, names]): FieldRow => [
          ['adetailer', index, field],
          kind,
          names.map((name) => `ADetailer ${name}${suffix}`),
        ],
      ),
    ),
  ],
  told: ['Operations', 'Second pass', 'Refine', 'HiRes mode', 'Hires force'],
  bookkeeping: [
    'ADetailer version',
    'App',
    'Backend',
    'Batch pos',
    'Comment',
    'Created Date',
    'Hashes',
    'Index',
    'Init image hash',
    'Init image size',
    'Lora hashes',
    'Model hash',
    'Parser',
    'Pipeline',
    'Refiner hash',
    'TI hashes',
    'User',
    'VAE hash',
    'Version',
  ],
};

/** Keys that are read with others in view: sizes, and the strength that hires and img2img share. */
export const sharedKeys = [
  'size',
  'first pass size',
  'hires resize',
  'hires fixed',
  'hires size',
  'hires upscale',
  'hires scale',
  'denoising strength',
] as const;
