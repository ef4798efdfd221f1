import { extendTable } from '../../table/field-table.ts';
import type { Dialect } from '../dialect.ts';
import { parameterValue } from '../parameters.ts';
import { readWebui } from '../webui-stages.ts';
import { sharedRows, webuiTable } from '../webui-table.ts';

const table = extendTable({ bookkeeping: ['Hardware Info', 'Time taken'] }, webuiTable);

/** A fork of the WebUI that is told by its `Version`. */
function fork(writer: string, example: string, version: RegExp): Dialect {
  return {
    writer,
    marks: `\`Version: ${example}\``,
    table,
    together: sharedRows,
    detect: ({ parameters }) => {
      const stated = parameterValue(parameters, 'version') ?? '';
      return version.test(stated) ? { version: stated, certainty: 'certain' } : undefined;
    },
    read: (parts) => readWebui(table, parts),
  };
}

/** reForge counts on from Forge's first version: "f1.0.0v2-v1.10.1RC-latest-2498-g5120e679". Some builds leave "v2" out. */
export const reForge = fork('reForge', 'f1.0.0v2-v1.10.1', /^f\d{1,4}\.\d{1,4}\.\d{1,4}(?:v\d{1,4})?-v/);
export const forge = fork('Forge', 'f2.0.1v1.10.1', /^f\d/);
export const forgeClassic = fork('Forge Classic', 'classic', /^classic/i);
export const forgeNeo = fork('Forge Neo', 'neo', /^neo/i);
