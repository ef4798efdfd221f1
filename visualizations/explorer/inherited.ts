import type { JsonObject } from '../../src/index.ts';
import { quote } from '../../src/path.ts';
import { valueAt } from './config-edits.ts';
import { type Field, runDefaults } from './fields.ts';

/** Names that a field of a stage or pass has for one of the run. */
const aliases: Readonly<Record<string, string>> = { checkpoint: 'model', model_name: 'model' };

/** A stage has the size and the seed of the image that comes in. Only what repaints a find takes a size from the run. */
const ofImage = /^(width|height|seed)$/;

/** The field of the run whose value counts where a field of a stage or pass is left out. undefined: it has none. */
export function inheritedFrom({ path, fallback }: Field): string | undefined {
  const key = String(path.at(-1));
  if (fallback !== '' || (path.length === 1 && key in runDefaults())) return undefined;
  const [, prefix, rest = ''] = /^(hires_|inpaint_)?(.*)$/.exec(key) ?? [];
  const name = aliases[rest] ?? rest;
  if (ofImage.test(name) && prefix !== 'inpaint_') return undefined;
  return name in runDefaults() ? name : undefined;
}

/** What counts where a field is left out, for people: its default, or "30, as the run". */
export function placeholderOf(field: Field, config: JsonObject): string {
  const from = inheritedFrom(field);
  if (from === undefined) return field.fallback;
  const value = valueAt(config, [from]) ?? runDefaults()[from];
  if (value === undefined || value === null || value === '') return 'as the run';
  return `${typeof value === 'string' ? quote(value, 40).slice(1, -1) : String(value)}, as the run`;
}
