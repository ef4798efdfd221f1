import { type Profiler, Session } from 'node:inspector';
import { definePlanner, legalStageOrders } from 'stageplan';
import { checkSequence } from 'stageplan/testing';
import { measurements } from './situations.ts';

// Runs in a process of its own, on the built package, and prints the steps of everything that is measured. A step is
// one run of a block of the package or of XState, as V8 counts them for coverage. Needs --no-opt: V8 does not count
// what it has optimised.

const library = { definePlanner, legalStageOrders, checkSequence };
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** The steps since the last call. */
function takeSteps(): number {
  let scripts: readonly Profiler.ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (_, taken) => {
    scripts = taken.result;
  });
  return scripts
    .filter(({ url }) => /\/dist\/(?:src|machines)\/|\/node_modules\/xstate\//.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((steps, { count }) => steps + count, 0);
}

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
