import { readFileSync } from 'node:fs';
import { buildStagePlan } from 'stageplan';
import { toComfyPrompt } from 'stageplan/comfyui';
import { toWebuiRequests } from 'stageplan/webui';
import { stepCounter } from './step-counter.ts';

// Runs in a process of its own, on the built package, and prints the steps of a plan and of what becomes of it.

const config = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));
const models = { upscalers: { '4x-UltraSharp': { file: '4x-UltraSharp.pth', scale: 4 } } };
const plan = buildStagePlan(config);
const webuis = ['a1111', 'reforge', 'forge'] as const;

/** The steps in whatever is no part of Node. */
const takeSteps = stepCounter((url) => url.startsWith('file:'));

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
