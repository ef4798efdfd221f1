import { bench, describe } from 'vitest';
import { definePlanner, legalStageOrders, repairStageOrder } from '../../src/index.ts';
import { checkSequence } from '../../src/testing/index.ts';
import { measurements } from '../growth/situations.ts';

const library = { definePlanner, legalStageOrders, repairStageOrder, checkSequence };
const rounds = 5;

// The ratios below each table are how times grow from 4 stages to 64. Every round has a machine that was never read.
describe.each(measurements())('$what with $where', ({ what, where }) => {
  for (const count of [4, 8, 16, 32, 64]) {
    const prepare = () => {
      const same = measurements().find((each) => each.what === what && each.where === where);
      return same?.prepare(library, count);
    };
    const prepared: ReturnType<typeof prepare>[] = [];
    const run = () => {
      const next = prepared.pop();
      if (next === undefined) throw new Error('More rounds were run than prepared.');
      next();
    };
    bench(`${count} stages`, run, {
      iterations: rounds,
      time: 0,
      warmupIterations: 1,
      warmupTime: 0,
      // One for the warm-up, and one by which the bench finds out whether it is asynchronous.
      setup: () => void prepared.push(...Array.from({ length: rounds + 2 }, prepare)),
    });
  }
});
