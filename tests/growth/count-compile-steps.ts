import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { buildStagePlan } from 'stageplan';
import { toComfyPrompt } from 'stageplan/comfyui';
import { toWebuiRequests } from 'stageplan/webui';

// Runs in a process of its own, on the built package, and prints how many blocks run for a plan and for what becomes of it,
// as V8 counts them for coverage. Needs --no-opt: V8 does not count what it has optimised.

const config = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));
const models = { upscalers: { '4x-UltraSharp': { file: '4x-UltraSharp.pth', scale: 4 } } };
const plan = buildStagePlan(config);
const webuis = ['a1111', 'reforge', 'forge'] as const;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** The steps since the last call, in whatever is no part of Node. */
function takeSteps(): number {
  let scripts: readonly Profiler.ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (_, taken) => {
    scripts = taken.result;
  });
  return scripts
    .filter(({ url }) => url.startsWith('file:'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((steps, { count }) => steps + count, 0);
}

/** The steps of a run that is not the first. */
function stepsOf(run: () => unknown): number {
  run();
  takeSteps();
  run();
  return takeSteps();
}

const build = stepsOf(() => buildStagePlan(config));
const compile = {
  ...Object.fromEntries(
    webuis.map((target) => [target, stepsOf(() => toWebuiRequests(plan, { target }))] as const),
  ),
  comfyui: stepsOf(() => toComfyPrompt(plan, { models })),
};
console.log(JSON.stringify({ build, compile }));
