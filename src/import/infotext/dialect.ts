import type { Draft } from '../draft.ts';
import type { Detection } from '../readers/reader.ts';
import type { FieldRow, FieldTable } from '../table/field-table.ts';
import type { InfotextParts } from './infotext-text.ts';

/** The way in which one program writes an infotext. */
export interface Dialect {
  readonly writer: string;
  /** What it is told by, in words for the documentation. */
  readonly marks: string;
  /** What its keys mean. */
  readonly table: FieldTable;
  /** The keys that it reads beside the table, with others in view. */
  readonly together: readonly FieldRow[];
  /** Tells by the parameters whether it wrote them. */
  readonly detect: (parts: InfotextParts) => Omit<Detection, 'writer'> | undefined;
  readonly read: (parts: InfotextParts) => Draft;
}
