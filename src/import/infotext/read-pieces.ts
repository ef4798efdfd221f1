import { fills } from '../draft.ts';
import { settleFacesAlone } from '../faces-alone.ts';
import { type Reading, remark } from '../reading.ts';
import { readTable } from '../table/read-table.ts';
import type { InfotextPiece } from './infotext-text.ts';
import { readParameters } from './parameters.ts';
import { extrasTable } from './webui-table.ts';

/** Reads what stands around the parameters: the lines of the Extras tab into an upscale, the rest into remarks. */
export function readPieces(pieces: readonly InfotextPiece[]): readonly Reading[] {
  const extras = pieces.filter(({ text }) => fills(readExtras(text, []), 'upscale'));
  const rest = pieces.filter((piece) => !extras.includes(piece));
  return [
    ...readExtras(extras.map(({ text }) => text).join(', '), []),
    ...rest.map(({ label }) =>
      told.has(label.toLowerCase())
        ? remark([label], 'ignored', 'is left out: it says nothing of the run')
        : remark([label], 'dropped', 'is lost: it is no parameter'),
    ),
  ];
}

/** What is told of the machine and of the files, once the run is over. */
const told: ReadonlySet<string> = new Set([
  'a',
  'sys vram',
  'time taken',
  'torch active',
  'used embeddings',
  'warning',
]);

/** Reads what the Extras tab writes: `Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+`. */
export function readExtras(text: string, path: readonly string[]): readonly Reading[] {
  if (!/(?:^|, )\s{0,8}(Postprocess|Upscale:|GFPGAN|CodeFormer)/i.test(text)) return [];
  return settleFacesAlone(
    readTable(
      extrasTable,
      readParameters(text).map(({ key, value }) => [key, value]),
      path,
    ),
  );
}
