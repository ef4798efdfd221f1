import { extendTable } from '../../table/field-table.ts';
import { readResources } from '../civitai-resources.ts';
import type { Dialect } from '../dialect.ts';
import { parameterValue } from '../parameters.ts';
import { readWebui } from '../webui-stages.ts';
import { sharedRows, webuiTable } from '../webui-table.ts';

const table = extendTable({ bookkeeping: ['Civitai metadata'] }, webuiTable);

/** Civitai's generator, and what its page copies. */
export const civitai: Dialect = {
  writer: 'Civitai',
  marks: '`Civitai resources` or `Civitai metadata`',
  table,
  together: sharedRows,
  detect: ({ parameters }) =>
    ['civitai resources', 'civitai metadata'].some((key) => parameterValue(parameters, key) !== undefined)
      ? { version: null, certainty: 'certain' }
      : undefined,
  read: (stated) => {
    const { parts, readings } = readResources(stated);
    const draft = readWebui(table, parts);
    return { ...draft, readings: [...draft.readings, ...readings] };
  },
};
