import { type FieldReading, type Reading, remark, unsaid } from './reading.ts';

/** Mending faces without an upscaler enlarges nothing: it is an upscale by 1, which leaves the rest of the picture. */
export function settleFacesAlone(readings: readonly Reading[]): readonly Reading[] {
  const isOf =
    (name: RegExp) =>
    (reading: Reading): reading is FieldReading =>
      reading.kind === 'field' && reading.field[0] === 'upscale' && name.test(String(reading.field[1]));
  const faces = readings.find(isOf(/^(gfpgan|codeformer)_/));
  if (faces === undefined || readings.some(isOf(/^upscaler$/))) return readings;
  return [
    ...readings.filter((reading) => !isOf(/^(upscale_factor|resize_to)$/)(reading)),
    unsaid(['upscale', 'upscale_factor'], 1),
    unsaid(['upscale', 'upscaler'], 'Lanczos'),
    remark(faces.path, 'converted', 'mends faces alone: an upscale by 1 here, which enlarges nothing'),
  ];
}
