import { renderPath } from '../path.ts';
import { type FieldReading, type Reading, remark } from './reading.ts';

/** Keeps the settings of a redraw where the mode of the upscale has one: StableNew writes them in every mode. */
export function settleRedraw(readings: readonly Reading[]): readonly Reading[] {
  const mode = readings.find((reading): reading is FieldReading => isRedraw(reading) && isMode(reading));
  const isOn = mode?.value === 'img2img';
  return readings.map((reading) => {
    if (!isRedraw(reading)) return reading;
    if (isMode(reading))
      return remark(reading.path, 'converted', 'is told here by whether the upscale has a redraw');
    if (isOn) return reading;
    const why = mode === undefined ? 'no upscale_mode says' : `${renderPath(mode.path)} does not say`;
    return remark(reading.path, 'ignored', `is left out: ${why} that the upscale redraws`);
  });
}

function isRedraw(reading: Reading): reading is FieldReading {
  return reading.kind === 'field' && reading.field[0] === 'upscale' && reading.field[1] === 'redraw';
}

function isMode({ field }: FieldReading): boolean {
  return field[2] === 'mode';
}
