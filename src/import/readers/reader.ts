import type { RepeatedKey } from '../../json-text.ts';
import type { Draft } from '../draft.ts';
import type { Path } from '../note.ts';
import type { FieldTable } from '../table/field-table.ts';

/** Which program wrote an input, in which version, and how sure that is. */
export interface Detection {
  readonly writer: string;
  /** null: it does not say. */
  readonly version: string | null;
  /** certain: it names itself, or has a mark of its own. likely: its keys fit. */
  readonly certainty: 'certain' | 'likely';
}

/** One text of an input, under the keyword that it stands under in an image: '' in a file of its own. */
export interface SourceText {
  readonly keyword: string;
  readonly text: string;
  /** The text as JSON, where it is an object of plain JSON. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  /** The keys that stand twice in an object of it. */
  readonly repeated: readonly RepeatedKey[];
}

/** What is to be read: the texts of an image, or the one text of a file. */
export type Source = readonly SourceText[];

/** A text that a reader knows, and what it takes it for. */
export interface Found {
  readonly detection: Detection;
  readonly read: () => Draft;
  /** The texts that it reads. All others are noted. */
  readonly taken: readonly SourceText[];
}

/** The reader of what one program writes. */
export interface Reader {
  readonly writer: string;
  /** What it is told by, in words for the documentation. */
  readonly marks: string;
  readonly table: FieldTable;
  readonly find: (source: Source) => Found | undefined;
}

/** A reader of a JSON object, in whatever text of the source it stands. */
export interface JsonReader {
  readonly writer: string;
  readonly marks: string;
  readonly table: FieldTable;
  readonly detect: (
    json: Readonly<Record<string, unknown>>,
    keyword: string,
  ) => Omit<Detection, 'writer'> | undefined;
  readonly read: (json: Readonly<Record<string, unknown>>, path: Path) => Draft;
}

/** The paths of the texts in an image begin with their keywords; those of a file of its own do not. */
export function pathOf({ keyword }: SourceText): Path {
  return keyword === '' || keyword === 'parameters' ? [] : [keyword];
}

/** Makes a reader of sources out of a reader of JSON. */
export function jsonReader({ writer, marks, table, detect, read }: JsonReader): Reader {
  return {
    writer,
    marks,
    table,
    find: (source) => {
      for (const text of source) {
        const { json } = text;
        if (json === undefined) continue;
        const detection = detect(json, text.keyword);
        if (detection === undefined) continue;
        return { detection: { writer, ...detection }, taken: [text], read: () => read(json, pathOf(text)) };
      }
      return undefined;
    },
  };
}
