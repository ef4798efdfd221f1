import type { Reading } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import type { Entry } from '../table/read-table.ts';
import { readTable } from '../table/read-table.ts';
import type { InfotextParts } from './infotext-text.ts';
import { readPieces } from './read-pieces.ts';
import { sharedKeys } from './webui-table.ts';

/** Reads the parts of an infotext by a table. The keys of sizes and strengths are left to whoever sees all of them. */
export function readInfotext(
  table: FieldTable,
  { prompt, negative_prompt, parameters, pieces }: InfotextParts,
): readonly Reading[] {
  const prompts: readonly Entry[] = [
    ['Prompt', prompt],
    ['Negative prompt', negative_prompt],
  ];
  return [
    ...readTable(
      table,
      prompts.filter(([, text]) => text !== ''),
    ),
    ...readTable(
      table,
      parameters.filter(({ key }) => !shared.has(key.toLowerCase())).map(({ key, value }) => [key, value]),
    ),
    ...readPieces(pieces),
  ];
}

const shared: ReadonlySet<string> = new Set(sharedKeys);
