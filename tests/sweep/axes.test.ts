import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSweep, type SweepAxis } from '../../src/sweep/index.ts';

const base = { txt2img_enabled: true, seed: 1 };

function valuesOf(axis: SweepAxis): readonly unknown[] {
  return Array.from(planSweep(base, [axis]), ({ values }) => Object.values(values)[0]);
}

/** A whole number of thousandths as the text of a decimal fraction: no arithmetic with fractions. */
function decimal(thousandths: number): number {
  const digits = String(Math.abs(thousandths)).padStart(4, '0');
  return Number(`${thousandths < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`);
}

test('a range has the numbers that counting in whole thousandths gives, without dust', () => {
  const thousandths = fc.integer({ min: -9_000, max: 9_000 });
  const step = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(thousandths, step, fc.nat(20), fc.boolean(), fc.nat(), (from, by, count, up, drawn) => {
      const sign = up ? 1 : -1;
      const end = from + sign * (by * count + (drawn % by));
      const range = { from: decimal(from), to: decimal(end), step: decimal(sign * by) };
      const numbers = Array.from({ length: count + 1 }, (_, index) => decimal(from + sign * by * index));
      expect(valuesOf({ field: 'metadata.x', range })).toEqual(numbers.map((number) => number + 0));
    }),
  );
});

test.each([
  [{ from: 0.2, to: 0.5, step: 0.1 }, [0.2, 0.3, 0.4, 0.5]],
  [{ from: 1, to: 2, step: 0.4 }, [1, 1.4, 1.8]],
  [{ from: 5, to: 5, step: 0 }, [5]],
  [{ from: 0.5, to: -0.1, step: -0.3 }, [0.5, 0.2, -0.1]],
  [{ from: 1e-7, to: 3e-7, step: 1e-7 }, [1e-7, 2e-7, 3e-7]],
  [{ from: 1e21, to: 2e21, step: 1e21 }, [1e21, 2e21]],
  [{ from: 1e23, to: 3e23, step: 1e23 }, [1e23, 2e23, 3e23]],
  [{ from: 0, to: 3e-120, step: 1e-120 }, [0, 1e-120, 2e-120, 3e-120]],
  [{ from: 0.5, to: 1e21, step: 1e21 }, [0.5]],
  [{ from: 0, to: 0.999_999_999_9, step: 1 }, [0]],
  [{ from: 0, to: -0.999_999_999_9, step: -1 }, [0]],
  [
    { from: 0.1, to: 0.100_002_469_135_780_24, step: 1.234_567_890_12e-6 },
    [0.1, 0.100_001_234_567_890_12, 0.100_002_469_135_780_24],
  ],
  [{ from: 2 ** 52, to: 2 ** 52 + 2, step: 1 }, [2 ** 52, 2 ** 52 + 1, 2 ** 52 + 2]],
])('%j is %j', (range, numbers) => {
  expect(valuesOf({ field: 'metadata.x', range })).toEqual(numbers);
});

test('a range that meets 0 from below has no negative zero', () => {
  expect(Object.is(valuesOf({ field: 'metadata.x', range: { from: -0.3, to: 0, step: 0.1 } })[3], 0)).toBe(
    true,
  );
});
