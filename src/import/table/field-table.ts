import type { Path } from '../note.ts';

/** How a value is read. A size, a pair and a model's record fill more than one field, or lie deeper. */
export type ValueKind =
  | 'number'
  | 'name'
  | 'text'
  | 'boolean'
  | 'size'
  | 'target'
  | 'counts'
  | 'model'
  | 'upscaler';

/** A field of the RunConfig, how its value is read, and the keys that name it, first the one that is written today. */
export type FieldRow = readonly [field: Path, kind: ValueKind, keys: readonly string[]];

/** What a writer's keys mean. The documentation's table is made of it. Keys count however they are capitalised. */
export interface FieldTable {
  readonly fields: readonly FieldRow[];
  /** Keys that say which stages are on, or repeat what a field says. */
  readonly told: readonly string[];
  /** Keys about the program, the hashes of files and the image among others. */
  readonly bookkeeping: readonly string[];
}

/** A table with the rows of another behind its own: its own count first. */
export function extendTable(own: Partial<FieldTable>, base: FieldTable): FieldTable {
  return {
    fields: [...(own.fields ?? []), ...base.fields],
    told: [...(own.told ?? []), ...base.told],
    bookkeeping: [...(own.bookkeeping ?? []), ...base.bookkeeping],
  };
}
