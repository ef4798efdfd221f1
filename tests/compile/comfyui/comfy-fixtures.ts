import {
  type ComfyOptions,
  type ComfyPrompt,
  type CompiledPrompt,
  toComfyPrompt,
  UncompilablePlanError,
} from '../../../src/compile/comfyui/index.ts';
import { buildStagePlan, type RunConfigInput } from '../../../src/index.ts';

export const base = {
  txt2img_enabled: true,
  model: 'sd_xl_base_1.0.safetensors',
  prompt: 'a lighthouse',
  seed: 7,
} satisfies RunConfigInput;

export const photo = {
  img2img_enabled: true,
  input_image: 'photo.png',
  model: 'sd_xl_base_1.0.safetensors',
  seed: 7,
} satisfies RunConfigInput;

export const refiner = { refiner_enabled: true, refiner_model_name: 'sd_xl_refiner_1.0.safetensors' };

export function compiled(config: RunConfigInput, options?: ComfyOptions): CompiledPrompt {
  return toComfyPrompt(buildStagePlan(config), options);
}

/** The inputs of each node of a run's graph, by the nodes' ids. */
export function inputsOf(config: RunConfigInput, options?: ComfyOptions): Record<string, unknown> {
  return inputs(compiled(config, options).prompt);
}

export function inputs(prompt: ComfyPrompt): Record<string, unknown> {
  return Object.fromEntries(Object.entries(prompt).map(([id, node]) => [id, node.inputs]));
}

/** The codes and fields that a run is refused for. */
export function refused(config: RunConfigInput, options?: ComfyOptions): readonly string[] {
  return refusals(() => compiled(config, options));
}

export function refusals(compile: () => unknown): readonly string[] {
  try {
    compile();
    return [];
  } catch (error) {
    if (!(error instanceof UncompilablePlanError)) throw error;
    return error.refusals.map(({ code, stage_id, field }) => `${code} ${stage_id} ${field}`);
  }
}
