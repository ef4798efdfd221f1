import { buildStagePlan, type RunConfigInput, type StageExecutionPlan } from '../../src/index.ts';

/** A run of three stages that every target takes; the last needs no checkpoint. */
const run: RunConfigInput = {
  txt2img_enabled: true,
  img2img_enabled: true,
  upscale_enabled: true,
  model: 'base.safetensors',
  prompt: 'a lighthouse',
  sampler_name: 'Euler a',
  width: 512,
  height: 512,
  seed: 7,
};

export function planOf(changes: RunConfigInput = {}): StageExecutionPlan {
  return buildStagePlan({ ...run, ...changes });
}
