import type { Dialect } from '../dialect.ts';
import type { InfotextParts } from '../infotext-text.ts';
import { parameterValue } from '../parameters.ts';
import { readWebui } from '../webui-stages.ts';
import { sharedRows, webuiTable } from '../webui-table.ts';

/** A1111's WebUI. Without a `Version` any program may have written its keys. */
export const automatic1111 = {
  writer: 'AUTOMATIC1111 WebUI',
  marks: '`Version: v1.10.1`, or no mark of another writer',
  table: webuiTable,
  together: sharedRows,
  detect: ({ parameters }: InfotextParts) => {
    const version = parameterValue(parameters, 'version') ?? null;
    const certainty = /^v?\d{1,4}\.\d/.test(version ?? '') ? 'certain' : 'likely';
    return { version, certainty } as const;
  },
  read: (parts: InfotextParts) => readWebui(webuiTable, parts),
} as const satisfies Dialect;
