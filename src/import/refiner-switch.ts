import { RunConfig } from '../config/run-config.ts';
import type { FieldReading, Reading } from './reading.ts';
import { remark } from './reading.ts';

/** Turns a switch after so many steps into the fraction of the steps that it is. Both are given: the steps count. */
export function readRefinerSteps(readings: readonly Reading[]): readonly Reading[] {
  const counts = readings.filter((reading) => isField(reading, 'refiner_switch_steps'));
  if (counts.length === 0) return readings;
  const stated = readings.find((reading) => isField(reading, 'steps'));
  const steps = stated === undefined ? RunConfig.shape.steps.parse(undefined) : stated.value;
  return [
    ...counts.flatMap((count) => fractionOf(count, steps)),
    ...readings.filter((reading) => !isField(reading, 'refiner_switch_steps')),
  ];
}

function fractionOf(count: FieldReading, steps: unknown): readonly Reading[] {
  const reading = { ...count, field: ['refiner_switch_at'] };
  if (typeof count.value !== 'number' || typeof steps !== 'number' || steps === 0) return [reading];
  const value = count.value / steps;
  return [
    { ...reading, value },
    remark(count.path, 'converted', `is refiner_switch_at ${value} here: ${count.value} of ${steps} steps`),
  ];
}

function isField(reading: Reading, field: string): reading is FieldReading {
  return reading.kind === 'field' && reading.field.length === 1 && reading.field[0] === field;
}
