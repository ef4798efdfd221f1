import { isPlainObject } from '../json.ts';
import { isUnset } from './normalise-value.ts';
import type { Path } from './note.ts';
import { type NoteReading, remark } from './reading.ts';

/** What is said of a key that no field of the RunConfig takes: whether that is a loss, and why. */
export function readLeftover(path: Path, value: unknown): NoteReading {
  const key = String(path.at(-1));
  if (isEmpty(value)) return remark(path, 'not_set', 'says nothing: it is empty');
  if (bookkeeping.has(key)) return remark(path, 'ignored', 'is left out: it says nothing of the image');
  if (isOff(value)) return remark(path, 'ignored', 'is left out: it is off');
  if (Object.hasOwn(idleValues, key) && idleValues[key]?.includes(value) === true) {
    return remark(path, 'ignored', `is left out: ${JSON.stringify(value)} has no effect`);
  }
  return remark(path, 'dropped', 'is lost: no field of a RunConfig takes it');
}

/** Tells whether a key is known to say nothing that a RunConfig takes: it is about the job, or has one value of no effect. */
export function isExpectedLeftover(key: string): boolean {
  return bookkeeping.has(key) || Object.hasOwn(idleValues, key);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value === '[]' || value === '{}') return true;
  return isUnset(value) || (isPlainObject(value) && Object.keys(value).length === 0);
}

/** An infotext writes `False`. */
function isOff(value: unknown): boolean {
  if (typeof value === 'string') return value.toLowerCase() === 'false';
  return value === false || (isPlainObject(value) && value.enabled === false);
}

/** Values that leave the image as it is, although they are written out. */
const idleValues: Readonly<Record<string, readonly unknown[]>> = {
  batch_index: [0],
  batch_total: [1],
  hr_resize_x: [0],
  hr_resize_y: [0],
  images_per_prompt: [1],
  loop_count: [1],
  max_variants: [1],
  mode: ['single'],
  seed_resize_from_h: [-1],
  seed_resize_from_w: [-1],
  subseed: [-1],
  subseed_strength: [0],
  tile_size: [0],
  variant_total: [1],
};

/** Keys about the program, the files and the job around a run. */
const bookkeeping: ReadonlySet<string> = new Set([
  'api',
  'api_base_url',
  'backend_options',
  'completed_at',
  'completed_at_ts',
  'config_hash',
  'config_variant_index',
  'config_variant_label',
  'created_at',
  'created_ts',
  'do_not_save_grid',
  'do_not_save_samples',
  'error_message',
  'extra_metadata',
  'filename_pattern',
  'filename_template',
  'image_format',
  'img2img_prompt_info',
  'intent_config',
  'learning_context',
  'log_level',
  'loop_type',
  'meta',
  'metadata',
  'output_dir',
  'output_paths',
  'output_route',
  'override_pack',
  'pack_mode',
  'pack_name',
  'pack_path',
  'pack_usage',
  'path_output_dir',
  'preset',
  'preset_name',
  'priority',
  'prompt_pack_id',
  'prompt_pack_name',
  'prompt_pack_row_index',
  'prompt_pack_version',
  'prompt_source',
  'queue_id',
  'queue_schema',
  'queue_source',
  'randomizer_summary',
  'run_mode',
  'save_images',
  'schema_version',
  'selected_packs',
  'send_images',
  'stage_outputs',
  'status',
  'thumbnail_path',
  'timestamp',
  'txt2img_prompt_info',
  'updated_at',
  'variant_index',
  'variant_mode',
  'version',
  'video',
  'webui_options_write_enabled',
]);
