import type { Path } from './note.ts';
import { readField } from './read-keys.ts';
import { type Reading, remark } from './reading.ts';

/** Mending faces without an upscaler enlarges nothing: it is an upscale by 1, which leaves the rest of the picture. */
export function settleFacesAlone(readings: readonly Reading[], path: Path): readonly Reading[] {
  const isOf = (name: RegExp) => (reading: Reading) =>
    reading.kind === 'field' && reading.field[0] === 'upscale' && name.test(String(reading.field[1]));
  if (!readings.some(isOf(/^(gfpgan|codeformer)_/)) || readings.some(isOf(/^upscaler$/))) return readings;
  return [
    ...readings.filter((reading) => !isOf(/^(upscale_factor|resize_to)$/)(reading)),
    ...readField(['upscale', 'upscale_factor'], 1, path),
    ...readField(['upscale', 'upscaler'], 'Lanczos', path),
    remark(path, 'converted', 'mends faces alone: an upscale by 1 here, which enlarges nothing'),
  ];
}
