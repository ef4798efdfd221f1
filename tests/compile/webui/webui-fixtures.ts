import {
  type CompileRefusal,
  toWebuiRequests,
  UncompilablePlanError,
  type WebuiOptions,
  type WebuiRequest,
} from '../../../src/compile/webui/index.ts';
import type { RunConfigInput } from '../../../src/index.ts';
import { buildStagePlan } from '../../../src/index.ts';

export const model = 'sd_xl_base_1.0.safetensors';

/** A run of every stage that no server has a reason to refuse. */
export const chain: RunConfigInput = {
  txt2img_enabled: true,
  img2img_enabled: true,
  upscale_enabled: true,
  adetailer_enabled: true,
  prompt: 'a lighthouse',
  negative_prompt: 'people',
  model,
  sampler_name: 'Euler a',
  width: 512,
  height: 512,
  seed: 7,
};

/** A detector that SD.Next can be asked for. */
export const detectors = { 'face_yolov8n.pt': 'face-yolo8n' };

export function compiled(config: RunConfigInput, options: WebuiOptions): readonly WebuiRequest[] {
  return toWebuiRequests(buildStagePlan(config), { detectors, ...options });
}

/** The only request of a run. */
export function only(config: RunConfigInput, options: WebuiOptions): WebuiRequest {
  const [request, ...others] = compiled(config, options);
  if (request === undefined || others.length > 0) throw new Error('One request was expected.');
  return request;
}

/** Why a run is refused, or nothing. */
export function refusalsOf(config: RunConfigInput, options: WebuiOptions): readonly CompileRefusal[] {
  try {
    compiled(config, options);
    return [];
  } catch (error) {
    if (error instanceof UncompilablePlanError) return error.refusals;
    throw error;
  }
}

/** The codes and fields that a run is refused for. */
export function refused(config: RunConfigInput, options: WebuiOptions): readonly string[] {
  return refusalsOf(config, options).map(({ code, stage_id, field }) => `${code} ${stage_id} ${field}`);
}
