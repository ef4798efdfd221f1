import { type Profiler, Session } from 'node:inspector';

/**
 * Begins to count steps in the scripts that `counts` names: a step is one run of a block, as V8 counts them for coverage.
 * Each call gives the steps since the last. Needs --no-opt: V8 does not count what it has optimised.
 */
export function stepCounter(counts: (url: string) => boolean): () => number {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return () => {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    session.post('Profiler.takePreciseCoverage', (_, taken) => {
      scripts = taken.result;
    });
    return scripts
      .filter(({ url }) => counts(url))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((steps, { count }) => steps + count, 0);
  };
}
