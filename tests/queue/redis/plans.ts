import { buildStagePlan, type StageExecutionPlan } from 'stageplan';

export const checkpoints = ['base.safetensors', 'ink.safetensors', 'film.safetensors', 'wood.safetensors'];

const switches = ['img2img_enabled', 'upscale_enabled', 'adetailer_enabled'] as const;

/** So many plans, of all eight sets of stages behind txt2img, on four checkpoints. */
export function* plansOf(count: number): Generator<StageExecutionPlan> {
  for (let index = 0; index < count; index += 1) {
    const on = switches.map((name, bit) => [name, (index & (1 << bit)) > 0] as const);
    yield buildStagePlan({
      txt2img_enabled: true,
      ...Object.fromEntries(on),
      model: checkpoints[(index * 7) % checkpoints.length] ?? null,
      sampler_name: 'Euler a',
      width: 512,
      height: 512,
      seed: index,
    });
  }
}
