import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { toComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { toWebuiRequests } from '../../src/compile/webui/index.ts';
import { buildStagePlan } from '../../src/index.ts';

const config = JSON.parse(readFileSync('examples/full-chain.json', 'utf8'));
const plan = buildStagePlan(config);
const models = { upscalers: { '4x-UltraSharp': { file: '4x-UltraSharp.pth', scale: 4 } } };

// Compiling takes no longer than building.
describe('the full chain of examples/full-chain.json, from its config and from its plan', () => {
  bench('buildStagePlan', () => {
    buildStagePlan(config);
  });

  bench('toWebuiRequests', () => {
    toWebuiRequests(plan, { target: 'forge' });
  });

  bench('toComfyPrompt', () => {
    toComfyPrompt(plan, { models });
  });
});
