import { isPlainObject } from '../json.ts';

/** The fields inside each field. null: all of it is picked. */
type FieldTree = ReadonlyMap<string, FieldTree | null>;

/**
 * Gives what picks some fields of a document, each in its place: `stages.stage_type` of every stage, `stages.0.seed` of the
 * first. What stands before a place that is picked is null.
 */
export function fieldPicker(fields: readonly string[] | undefined): (document: unknown) => unknown {
  if (fields === undefined) return (document) => document;
  const tree = treeOf(fields.map((field) => field.split('.')));
  return (document) => picked(document, tree);
}

function treeOf(ways: readonly (readonly string[])[]): FieldTree {
  const keys = [...new Set(ways.flatMap((way) => way.slice(0, 1)))];
  return new Map(
    keys.map((key) => {
      const inner = ways.filter(([first]) => first === key).map(([, ...rest]) => rest);
      return [key, inner.some((way) => way.length === 0) ? null : treeOf(inner)];
    }),
  );
}

function picked(value: unknown, tree: FieldTree | null): unknown {
  if (tree === null) return value;
  if (Array.isArray(value)) return pickedItems(value, tree);
  if (!isPlainObject(value)) return value;
  const held = [...tree].filter(([key]) => Object.hasOwn(value, key));
  return Object.fromEntries(held.map(([key, inner]) => [key, picked(value[key], inner)]));
}

function pickedItems(items: readonly unknown[], tree: FieldTree): readonly unknown[] {
  const places = [...tree].filter(([key]) => isPlace(key));
  const each = [...tree].filter(([key]) => !isPlace(key));
  if (places.length === 0) return items.map((item) => picked(item, tree));
  const last = each.length > 0 ? items.length : Math.max(...places.map(([key]) => Number(key) + 1));
  return items.slice(0, last).map((item, index) => {
    const own = tree.get(String(index));
    if (own === undefined) return each.length === 0 ? null : picked(item, new Map(each));
    return picked(item, own === null ? null : new Map([...each, ...own]));
  });
}

/** A number in a way is a place in a list. */
export function isPlace(key: string): boolean {
  return /^\d+$/.test(key);
}
