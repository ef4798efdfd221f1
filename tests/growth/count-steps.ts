import { definePlanner, legalStageOrders, repairStageOrder } from 'stageplan';
import { checkSequence } from 'stageplan/testing';
import { measurements } from './situations.ts';
import { stepCounter } from './step-counter.ts';

// Runs in a process of its own, on the built package and XState, and prints the steps of everything that is measured.

const library = { definePlanner, legalStageOrders, repairStageOrder, checkSequence };
const takeSteps = stepCounter((url) => /\/dist\/(?:src|machines)\/|\/node_modules\/xstate\//.test(url));

const rows = measurements().map(({ what, where, quadratic, prepare }) => ({
  what,
  where,
  quadratic,
  steps: [4, 8, 16, 32, 64].map((count) => {
    const run = prepare(library, count);
    takeSteps();
    run();
    return takeSteps();
  }),
}));

console.log(JSON.stringify(rows));
