import { extendTable } from '../../table/field-table.ts';
import type { Dialect } from '../dialect.ts';
import { parameterValue } from '../parameters.ts';
import { readWebui } from '../webui-stages.ts';
import { sharedRows, webuiTable } from '../webui-table.ts';

/** `Prompt` has the styles in it, so the raw ones say nothing more. */
const table = extendTable(
  { bookkeeping: ['Raw prompt', 'Raw negative prompt', 'Metadata scheme'] },
  webuiTable,
);

/** Fooocus in its scheme "a1111". Source: `modules/meta_parser.py` of Fooocus. */
export const fooocus: Dialect = {
  writer: 'Fooocus',
  marks: '`Version: Fooocus v2.5.5`',
  table,
  together: sharedRows,
  detect: ({ parameters }) => {
    const version = parameterValue(parameters, 'version') ?? '';
    return /^fooocus/i.test(version) ? { version, certainty: 'certain' } : undefined;
  },
  read: (parts) => readWebui(table, parts),
};
