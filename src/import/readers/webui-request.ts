import { BackendOptions } from '../../config/backend-options.ts';
import { isPlainObject } from '../../json.ts';
import { fieldNames } from '../../names/field-names.ts';
import { renderPath } from '../../path.ts';
import { type Draft, decide, fills } from '../draft.ts';
import { type Path, show } from '../note.ts';
import { readField, readKeys } from '../read-keys.ts';
import { type Reading, remark, unsaid } from '../reading.ts';
import { stableNewFamily } from '../stablenew-family.ts';
import { extendTable, type FieldRow, type FieldTable } from '../table/field-table.ts';
import { type KeyValue, readTable } from '../table/read-table.ts';
import { numberOr, targetSize } from '../table/values.ts';
import { entriesBut, hasAny, type JsonRecord, listOf } from './entries.ts';
import { jsonReader } from './reader.ts';

const overrides: FieldTable = {
  fields: [
    [['model'], 'name', ['sd_model_checkpoint']],
    [['vae'], 'name', ['sd_vae', 'forge_additional_modules']],
    [['clip_skip'], 'number', ['CLIP_stop_at_last_layers']],
    [['scheduler'], 'name', ['schedulers_sigma']],
    [['refiner_pass'], 'name', ['hires_fix_refiner_pass']],
  ],
  told: [],
  bookkeeping: [],
};

const table: FieldTable = {
  fields: [
    [['prompt'], 'text', ['prompt']],
    [['negative_prompt'], 'text', ['negative_prompt']],
    [['sampler_name'], 'name', ['sampler_name', 'sampler_index']],
    [['scheduler'], 'name', ['scheduler', 'schedulers_sigma']],
    [['model'], 'name', ['sd_model_checkpoint']],
    [['clip_skip'], 'number', ['clip_skip']],
    [['steps'], 'number', ['steps']],
    [['cfg_scale'], 'number', ['cfg_scale']],
    [['width'], 'number', ['width']],
    [['height'], 'number', ['height']],
    [['seed'], 'number', ['seed']],
    [['batch_size'], 'number', ['batch_size']],
    [['n_iter'], 'number', ['n_iter']],
    [['refiner_model_name'], 'name', ['refiner_checkpoint']],
    [['refiner_switch_at'], 'number', ['refiner_switch_at']],
    [['hires_upscale_factor'], 'number', ['hr_scale']],
    [['hires_upscaler_name'], 'upscaler', ['hr_upscaler']],
    [['hires_steps'], 'number', ['hr_second_pass_steps']],
    [['hires_sampler_name'], 'name', ['hr_sampler_name']],
    [['hires_scheduler'], 'name', ['hr_scheduler']],
    [['hires_cfg_scale'], 'number', ['hr_cfg']],
    [['hires_denoise'], 'number', ['hr_denoising_strength']],
    [['hires_prompt'], 'text', ['hr_prompt']],
    [['hires_negative_prompt'], 'text', ['hr_negative_prompt']],
    [['hires_model_name'], 'name', ['hr_checkpoint_name']],
  ],
  told: ['enable_hr', 'hr_force'],
  bookkeeping: [
    'do_not_save_grid',
    'do_not_save_samples',
    'include_init_images',
    'override_settings_restore_afterwards',
    'save_images',
    'send_images',
    'force_task_id',
  ],
};

const masks: FieldTable = {
  fields: [
    [['img2img', 'mask', 'blur'], 'number', ['mask_blur']],
    [['img2img', 'mask', 'fill'], 'name', ['inpainting_fill']],
    [['img2img', 'mask', 'only_masked'], 'name', ['inpaint_full_res']],
    [['img2img', 'mask', 'padding'], 'number', ['inpaint_full_res_padding']],
    [['img2img', 'mask', 'invert'], 'name', ['inpainting_mask_invert']],
  ],
  told: [],
  bookkeeping: ['mask_blur_x', 'mask_blur_y', 'mask_round'],
};

/** Keys that have no effect unless there is a mask. */
const maskKeys = [...masks.fields.flatMap(([, , keys]) => keys), ...masks.bookkeeping];

/** Settings that a RunConfig has no field for, and carries to a WebUI as they are. */
const carriedKeys = [
  'eta',
  'restore_faces',
  's_churn',
  's_min_uncond',
  's_noise',
  's_tmax',
  's_tmin',
  'seed_resize_from_h',
  'seed_resize_from_w',
  'styles',
  'subseed',
  'subseed_strength',
  'tiling',
];

const requestOnly = ['alwayson_scripts', 'init_images', 'override_settings', 'sampler_index', 'script_args'];
const flatKeys = ['denoising_strength', 'restore_faces', 'styles', 'subseed', 'tiling'];

/** A body of `/sdapi/v1/txt2img` or `img2img`. Source: the models of the server, of A1111, Forge and reForge. */
export const webuiRequest = jsonReader({
  writer: 'WebUI request',
  marks: '`init_images`, `alwayson_scripts` or `override_settings`',
  table: {
    ...table,
    fields: [
      ...table.fields,
      ...overrides.fields,
      ...masks.fields,
      [['hires_resize_to'], 'target', ['hr_resize_x', 'hr_resize_y']],
      [['hires_denoise'], 'number', ['denoising_strength']],
      [['img2img', 'denoising_strength'], 'number', ['denoising_strength']],
      ...Object.entries(fieldNames.detector).map(
        ([field, keys]): FieldRow => [['adetailer', 0, field], 'name', keys],
      ),
    ],
  },
  detect: (json) => {
    const family = stableNewFamily(json);
    if (family !== undefined && family !== 'F3') return undefined;
    if (hasAny(json, ...requestOnly)) return { version: null, certainty: 'certain' };
    const fits = hasAny(json, 'prompt') && hasAny(json, ...flatKeys) && !hasAny(json, 'model', 'base_model');
    return fits ? { version: null, certainty: 'likely' } : undefined;
  },
  read,
});

function read(json: JsonRecord, path: Path): Draft {
  const img2img = hasAny(json, 'init_images');
  const hires = /^true$/i.test(String(json.enable_hr)) && !img2img;
  const size = hires ? readHiresSize(json, path) : undefined;
  const mask = json.mask ?? null;
  const idle = mask === null ? maskKeys : [];
  const settings = json.override_settings;
  const scripts = json.alwayson_scripts;
  const read = [
    ...readTable(
      mask === null ? table : extendTable(masks, table),
      entriesBut(
        json,
        'denoising_strength',
        'init_images',
        'mask',
        ...idle,
        ...(size === undefined ? [] : ['hr_scale', ...statedSides(json).map(({ key }) => key)]),
        ...(isPlainObject(settings) ? ['override_settings'] : []),
        ...(isPlainObject(scripts) ? ['alwayson_scripts'] : []),
      ),
      path,
    ),
    ...readStrength(json, img2img, hires, path),
    ...(size ?? []),
    ...(img2img && isPlainObject(scripts) ? remarkOnSkipped(scripts, [...path, 'alwayson_scripts']) : []),
    ...(isPlainObject(settings)
      ? readTable(overrides, Object.entries(settings).map(unwrap), [...path, 'override_settings'])
      : []),
    ...(isPlainObject(scripts) ? readScripts(scripts, [...path, 'alwayson_scripts']) : []),
    ...readUnsaid(json, img2img, mask !== null),
    ...(img2img
      ? [remark([...path, 'init_images'], 'dropped', 'is lost: a RunConfig names its picture')]
      : []),
    ...(mask === null
      ? []
      : [remark([...path, 'mask'], 'dropped', 'is lost: a RunConfig names the picture of its mask')]),
    ...idle
      .filter((key) => hasAny(json, key))
      .map((key) => remark([...path, key], 'ignored', 'is left out: without a mask it has no effect')),
  ];
  const readings = carry(json, read, img2img ? ['img2img', 'backend_options'] : ['backend_options'], path);
  const decided = decide({
    img2img,
    hires,
    adetailer: fills(readings, 'adetailer'),
    refiner: fills(readings, 'refiner_model_name'),
  });
  return { readings, decided };
}

/** Keys of SD.Next alone, which has other defaults. */
const sdnextKeys = [
  'detailer_enabled',
  'hr_denoising_strength',
  'hr_force',
  'hr_resize_mode',
  'refiner_start',
  'schedulers_sigma',
];

/** What the WebUI takes where a body leaves it out, and a RunConfig would take otherwise. Source: the models of the server. */
function readUnsaid(json: JsonRecord, img2img: boolean, masked: boolean): readonly Reading[] {
  const settings = json.override_settings;
  if ([json, settings].some((keys) => isPlainObject(keys) && hasAny(keys, ...sdnextKeys))) return [];
  const defaults: readonly (readonly [key: string, field: Path, value: unknown, counts: boolean])[] = [
    ['steps', ['steps'], 50, true],
    ['denoising_strength', ['img2img', 'denoising_strength'], 0.75, img2img],
    ['inpainting_fill', ['img2img', 'mask', 'fill'], 'fill', masked],
    ['inpaint_full_res', ['img2img', 'mask', 'only_masked'], true, masked],
    ['inpaint_full_res_padding', ['img2img', 'mask', 'padding'], 0, masked],
  ];
  return defaults
    .filter(([key, , , counts]) => counts && !hasAny(json, key))
    .flatMap(([, field, value]): readonly Reading[] => [
      unsaid(field, value),
      remark(field, 'defaulted', `is ${show(value)}: a WebUI takes that where a body leaves it out`),
    ]);
}

/** What would be lost for want of a field is carried to the WebUI, unless it holds a picture. */
function carry(json: JsonRecord, readings: readonly Reading[], field: Path, path: Path): readonly Reading[] {
  const isLost = (key: string) => readings.some((reading) => isDropped(reading, path.length, key));
  const webui = Object.fromEntries(
    Object.entries(json).filter(([key]) => carriedKeys.includes(key) && isLost(key)),
  );
  const keys = Object.keys(webui);
  if (keys.length === 0 || !BackendOptions.safeParse({ webui }).success) return readings;
  return [
    ...readings.filter((reading) => !keys.some((key) => isDropped(reading, path.length, key))),
    { kind: 'field', field, value: { webui }, path, weak: false },
    ...keys.map((key) => remark([...path, key], 'converted', `is carried in ${renderPath(field)} as it is`)),
  ];
}

function isDropped(reading: Reading, depth: number, key: string): boolean {
  return reading.kind === 'note' && reading.note.code === 'dropped' && reading.note.path[depth] === key;
}

/** Where a side is stated the WebUI takes no factor: with both it crops to them, with one it keeps the shape. */
function readHiresSize(json: JsonRecord, path: Path): readonly Reading[] | undefined {
  const [first, second] = statedSides(json);
  if (first === undefined) return undefined;
  const place = [...path, first.key];
  const factor = hasAny(json, 'hr_scale')
    ? [remark([...path, 'hr_scale'], 'ignored', `is left out: ${first.key} counts before it`)]
    : [];
  if (second !== undefined)
    return [...readField(['hires_resize_to'], targetSize([first.side, second.side]), place), ...factor];
  const base = numberOr((first.key === 'hr_resize_x' ? json.width : json.height) ?? 512);
  const scale = typeof base === 'number' && base > 0 ? first.side / base : base;
  return [...readField(['hires_upscale_factor'], scale, place), ...factor];
}

function statedSides(json: JsonRecord): readonly { readonly key: string; readonly side: number }[] {
  return ['hr_resize_x', 'hr_resize_y'].flatMap((key) => {
    const side = numberOr(json[key]);
    return typeof side === 'number' && side > 0 ? [{ key, side }] : [];
  });
}

/** Forge lists its VAE among its modules: one alone is it, and several have no field. */
function unwrap([key, value]: KeyValue): KeyValue {
  if (!Array.isArray(value)) return [key, value];
  if (value.length === 0) return [key, null];
  return value.length === 1 ? [key, value[0]] : [`${key} of ${value.length}`, value];
}

/** The second switch of ADetailer leaves the img2img out, and only its tabs work on the picture. */
function remarkOnSkipped(scripts: JsonRecord, path: Path): readonly Reading[] {
  return Object.entries(scripts).flatMap(([name, script]) =>
    isDetailer(name) && isPlainObject(script) && listOf(script.args)[1] === true
      ? [remark([...path, name, 'args', 1], 'dropped', 'is lost: it skips the img2img, and a run has it')]
      : [],
  );
}

function readStrength(json: JsonRecord, img2img: boolean, hires: boolean, outer: Path): readonly Reading[] {
  if (!hasAny(json, 'denoising_strength')) return [];
  const path = [...outer, 'denoising_strength'];
  const value = numberOr(json.denoising_strength);
  if (img2img) return readField(['img2img', 'denoising_strength'], value, path);
  if (hires && hasAny(json, 'hr_denoising_strength'))
    return [remark(path, 'ignored', 'is left out: hr_denoising_strength counts for the hires pass')];
  if (hires) return readField(['hires_denoise'], value, path);
  const why =
    'is left out: without init_images and enable_hr nothing is redrawn. In a body of img2img it counts';
  return [remark(path, value === null || value === 0 ? 'ignored' : 'ambiguous', why)];
}

/** Its title before 23.6 was "After Detailer". */
function isDetailer(name: string): boolean {
  return /^(adetailer|after detailer)$/i.test(name);
}

/** ADetailer's arguments are its switches, then one object for each tab. */
function readScripts(scripts: JsonRecord, path: Path): readonly Reading[] {
  return Object.entries(scripts).flatMap(([name, script]) => {
    const args = isDetailer(name) && isPlainObject(script) ? listOf(script.args) : [];
    const tabs = args.flatMap((tab, index) => (isPlainObject(tab) ? [{ tab, index }] : []));
    if (args[0] === false) return [remark([...path, name], 'ignored', 'is left out: it is off')];
    if (tabs.length === 0) return [remark([...path, name], 'dropped', 'is lost: no field takes a script')];
    return tabs
      .filter(({ tab }) => tab.ad_model !== 'None' && tab.ad_tab_enable !== false)
      .flatMap(({ tab, index }, place) =>
        readKeys([{ aliases: 'detector', into: ['adetailer', place] }], tab, [...path, name, 'args', index]),
      );
  });
}
