import { isPlainObject } from '../../json.ts';
import { upscalerLabel } from '../../names/upscalers.ts';
import { readLeftover } from '../leftovers.ts';
import { type Path, show } from '../note.ts';
import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import type { FieldRow, FieldTable } from './field-table.ts';
import { numberOr, sidesOf, targetSize } from './values.ts';

/** A key and what stands behind it. */
export type KeyValue = readonly [key: string, value: unknown];

/** Reads every entry by a table: into its field, or into a remark on what becomes of it. */
export function readTable(
  table: FieldTable,
  entries: readonly KeyValue[],
  path: Path = [],
): readonly Reading[] {
  const rows = rowsOf(table);
  const told = lowerCased(table.told);
  const bookkeeping = lowerCased(table.bookkeeping);
  return entries.flatMap(([key, value]) => {
    const place = [...path, key];
    const name = key.toLowerCase();
    const row = rows.get(name);
    if (row !== undefined) return readRow(row, value, place);
    if (told.has(name)) return [remark(place, 'converted', 'is told here by what the stages are')];
    if (bookkeeping.has(name)) return [remark(place, 'ignored', 'is left out: it says nothing of the run')];
    return [readLeftover(place, isSame(value) ? null : value)];
  });
}

function rowsOf({ fields }: FieldTable): ReadonlyMap<string, FieldRow> {
  const named = fields.flatMap((row) => row[2].map((key) => [key.toLowerCase(), row] as const));
  return new Map(named.reverse());
}

function lowerCased(keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.map((key) => key.toLowerCase()));
}

function isSame(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 1 && isSame(value[0]);
  return typeof value === 'string' && /^use same \w{1,20}$/i.test(value);
}

function readRow([field, kind]: FieldRow, value: unknown, path: Path): readonly Reading[] {
  switch (kind) {
    case 'number':
      return readField(field, numberOr(value), path);
    case 'boolean':
      return readField(field, booleanOr(value), path);
    case 'size':
      return readPair(field, ['width', 'height'], value, path);
    case 'target':
      return readTarget(field, value, path);
    case 'counts':
      return readPair(field, ['n_iter', 'batch_size'], value, path);
    case 'model':
      return readField(field, modelName(value), path);
    case 'upscaler':
      return readUpscaler(field, value, path);
    case 'name':
    case 'text':
      return readField(field, value, path);
  }
}

function booleanOr(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value;
  return value.toLowerCase() === 'true';
}

function readPair(
  section: Path,
  [first, second]: readonly [string, string],
  value: unknown,
  path: Path,
): readonly Reading[] {
  const sides = sidesOf(value);
  if (sides === undefined) return readField([...section, first], value, path);
  return [
    ...readField([...section, first], sides[0], path),
    ...readField([...section, second], sides[1], path),
  ];
}

/** A size that a picture is brought to, in steps of 8, as the WebUI does it. */
function readTarget(field: Path, value: unknown, path: Path): readonly Reading[] {
  const sides = sidesOf(value);
  return readField(field, sides === undefined ? value : targetSize(sides), path);
}

/** InvokeAI writes a model as a record, whose name before 4.0 is `model_name`; that of Tensor.Art is a file's. */
function modelName(value: unknown): unknown {
  return isPlainObject(value) ? (value.name ?? value.model_name ?? value.modelFileName ?? null) : value;
}

function readUpscaler(field: Path, value: unknown, path: Path): readonly Reading[] {
  if (field[0] === 'hires_upscaler_name' && value === 'None') {
    const why = 'names no upscaler: the picture is enlarged by Lanczos then, which is taken';
    return [...readField(field, 'Lanczos', path), remark(path, 'not_set', why)];
  }
  const label = typeof value === 'string' ? upscalerLabel(value) : value;
  const readings = readField(field, label, path);
  return label === value ? readings : [...readings, remark(path, 'converted', `is ${show(label)} here`)];
}
