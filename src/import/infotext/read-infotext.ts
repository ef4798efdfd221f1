import { type Reading, remark } from '../reading.ts';
import type { FieldTable } from '../table/field-table.ts';
import type { KeyValue } from '../table/read-table.ts';
import { readTable } from '../table/read-table.ts';
import type { InfotextParts } from './infotext-text.ts';
import { type InfotextParameter, parameterValue } from './parameters.ts';
import { readPieces } from './read-pieces.ts';
import { sharedKeys } from './webui-table.ts';

/** Reads the parts of an infotext by a table. The keys of sizes and strengths are left to whoever sees all of them. */
export function readInfotext(
  table: FieldTable,
  { prompt, negative_prompt, parameters, pieces }: InfotextParts,
): readonly Reading[] {
  const prompts: readonly KeyValue[] = [
    ['Prompt', prompt],
    ['Negative prompt', negative_prompt],
  ];
  const hash = loneHash(parameters);
  return [
    ...readTable(
      table,
      prompts.filter(([, text]) => text !== ''),
    ),
    ...readTable(
      table,
      parameters
        .filter(({ key }) => !shared.has(key.toLowerCase()) && key !== hash?.key)
        .map(({ key, value }) => [key, value]),
    ),
    ...readPieces(pieces),
    ...(hash === undefined ? [] : [lostHash(hash)]),
  ];
}

/** A hash beside a model's name says nothing more. Alone it is all that is known of the model. */
function loneHash(parameters: readonly InfotextParameter[]): InfotextParameter | undefined {
  if (parameterValue(parameters, 'model') !== undefined) return undefined;
  return parameters.find(({ key }) => key.toLowerCase() === 'model hash');
}

function lostHash({ key }: InfotextParameter): Reading {
  return remark([key], 'dropped', 'is lost: a RunConfig names its model by the file, not by a hash');
}

const shared: ReadonlySet<string> = new Set(sharedKeys);
