import { fieldNames } from '../names/field-names.ts';
import { dialects } from './infotext/dialects/index.ts';
import type { Path } from './note.ts';
import { comfyui } from './readers/comfyui.ts';
import { jsonReaders } from './readers/detect.ts';
import type { FieldRow } from './table/field-table.ts';

/** A program whose runs are read: in what form, what it is told by, and which of its keys fill which field. */
export interface ReadWriter {
  readonly writer: string;
  readonly form: 'infotext' | 'JSON' | 'graph';
  readonly marks: string;
  readonly fields: readonly FieldRow[];
}

/** Every writer that is read, out of the tables that it is read by. The tables of the documentation are made of it. */
export const readWriters: readonly ReadWriter[] = [
  ...dialects.map(
    ({ writer, marks, table, together }): ReadWriter => ({
      writer,
      form: 'infotext',
      marks,
      fields: [...table.fields, ...together],
    }),
  ),
  ...[...jsonReaders, comfyui].map(({ writer, marks, table: { fields } }): ReadWriter => {
    const form = writer === comfyui.writer ? 'graph' : 'JSON';
    return { writer, form, marks, fields };
  }),
  {
    writer: 'StableNew',
    form: 'JSON',
    marks: 'its sections, its list of stages, or keys that are all its own',
    fields: stableNewRows(),
  },
];

function stableNewRows(): readonly FieldRow[] {
  const places: readonly (readonly [keyof typeof fieldNames, Path])[] = [
    ['run', []],
    ['img2img', ['img2img']],
    ['upscale', ['upscale']],
    ['redraw', ['upscale', 'redraw']],
    ['detector', ['adetailer', 0]],
  ];
  return places.flatMap(([place, into]) =>
    Object.entries(fieldNames[place]).map(([field, keys]): FieldRow => [[...into, field], 'name', keys]),
  );
}
