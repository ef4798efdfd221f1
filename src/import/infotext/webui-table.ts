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
  ['classes', 'text', ['model classes']],
  ['mask_filter_method', 'name', ['method to decide top k masks']],
  ['mask_min_ratio', 'number', ['mask min ratio']],
  ['mask_max_ratio', 'number', ['mask max ratio']],
  ['x_offset', 'number', ['x offset']],
  ['y_offset', 'number', ['y offset']],
  ['mask_merge_invert', 'name', ['mask merge invert', 'mask merge/invert']],
  ['use_checkpoint', 'boolean', ['use separate checkpoint']],
  ['checkpoint', 'name', ['checkpoint']],
  ['use_vae', 'boolean', ['use separate VAE']],
  ['vae', 'name', ['VAE']],
  ['use_noise_multiplier', 'boolean', ['use separate noise multiplier']],
  ['noise_multiplier', 'number', ['noise multiplier']],
  ['use_clip_skip', 'boolean', ['use separate CLIP skip']],
  ['clip_skip', 'number', ['CLIP skip']],
  ['restore_face', 'boolean', ['restore face']],
] as const satisfies readonly (readonly [string, FieldRow[1], readonly string[]])[];

/** What stands behind the keys of each detector: the first has nothing. */
export const detectorSuffixes = ['', ' 2nd', ' 3rd', ' 4th'] as const;

/** The keys of an enlarging: what the Extras tab writes, today and, last, in 2022. */
export const extrasTable: FieldTable = {
  fields: [
    [['upscale', 'upscale_factor'], 'number', ['Postprocess upscale by', 'Upscale']],
    [['upscale', 'resize_to'], 'target', ['Postprocess upscale to']],
    [['upscale', 'upscaler'], 'upscaler', ['Postprocess upscaler', 'model']],
    [['upscale', 'gfpgan_visibility'], 'number', ['GFPGAN visibility']],
    [['upscale', 'codeformer_visibility'], 'number', ['CodeFormer visibility']],
    [['upscale', 'codeformer_weight'], 'number', ['CodeFormer weight']],
  ],
  told: [],
  bookkeeping: [],
};

/** The keys of the part that an img2img redraws. The mask itself is a picture, which no infotext has. */
export const maskTable: FieldTable = {
  fields: [
    [['img2img', 'mask', 'blur'], 'number', ['Mask blur']],
    [['img2img', 'mask', 'fill'], 'name', ['Masked content', 'Inpainting fill']],
    [['img2img', 'mask', 'only_masked'], 'name', ['Inpaint area']],
    [['img2img', 'mask', 'padding'], 'number', ['Masked area padding']],
    [['img2img', 'mask', 'invert'], 'name', ['Mask mode']],
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
    [['scheduler'], 'name', ['Schedule type', 'Scheduler', 'Schedule']],
    [['cfg_scale'], 'number', ['CFG scale']],
    [['seed'], 'number', ['Seed']],
    [['model'], 'name', ['Model']],
    [['vae'], 'name', ['VAE']],
    [['clip_skip'], 'number', ['Clip skip', 'CLiP-skip']],
    [['batch_size'], 'number', ['Batch size']],
    [[], 'counts', ['Batch']],
    [['refiner_model_name'], 'name', ['Refiner']],
    [['refiner_switch_at'], 'number', ['Refiner switch at', 'Refiner start']],
    [['hires_upscaler_name'], 'upscaler', ['Hires upscaler']],
    [['hires_steps'], 'number', ['Hires steps']],
    [['hires_denoise'], 'number', ['Hires strength']],
    [['hires_sampler_name'], 'name', ['Hires sampler']],
    [['hires_scheduler'], 'name', ['Hires schedule type']],
    [['hires_cfg_scale'], 'number', ['Hires CFG scale']],
    [['hires_prompt'], 'text', ['Hires prompt']],
    [['hires_negative_prompt'], 'text', ['Hires negative prompt']],
    [['hires_model_name'], 'name', ['Hires checkpoint']],
    [['refiner_pass'], 'name', ['Hires refiner']],
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

/** The keys of sizes, which are read together. */
export const sizeRows: readonly FieldRow[] = [
  [['width'], 'size', ['Size', 'First pass size']],
  [['height'], 'size', ['Size', 'First pass size']],
  [['hires_upscale_factor'], 'number', ['Hires upscale', 'Hires scale', 'Hires size']],
  [['hires_resize_to'], 'target', ['Hires resize', 'Hires fixed']],
];

/** All keys that are read together: sizes, the strength that hires and img2img share, and what counts for a mask alone. */
export const sharedRows: readonly FieldRow[] = [
  ...sizeRows,
  [['hires_denoise'], 'number', ['Denoising strength']],
  [['img2img', 'denoising_strength'], 'number', ['Denoising strength']],
  ...maskTable.fields,
];

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
