import { type ComfyPrompt, toComfyPrompt, validateComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { isOfType } from '../../src/compile/fields.ts';
import { UncompilablePlanError } from '../../src/compile/uncompilable-plan-error.ts';
import { toWebuiRequests, type WebuiRequest, type WebuiTargetName } from '../../src/compile/webui/index.ts';
import { fieldsOf } from '../../src/compile/webui/tables/webui-table.ts';
import { webuiTargets } from '../../src/compile/webui/targets.ts';
import type { JsonObject, StageExecutionPlan } from '../../src/index.ts';
import { objectInfo } from './comfyui/object-info.ts';

export const targets = ['a1111', 'reforge', 'forge', 'sdnext', 'comfyui'] as const;
export type Target = (typeof targets)[number];

/** What a target makes of a plan: its requests, its graph, or why it is refused. */
export type Outcome =
  | { readonly requests: readonly WebuiRequest[] }
  | { readonly prompt: ComfyPrompt }
  | { readonly refusals: readonly string[] };

const detectors = { 'face_yolov8n.pt': 'face-yolo8n' };
const upscalers = { '4x-UltraSharp': { file: '4x-UltraSharp.pth', scale: 4 } };

/** Compiles a plan with what a caller would state. Any error but a refusal is thrown. */
export function outcomeOf(plan: StageExecutionPlan, target: Target): Outcome {
  try {
    return target === 'comfyui'
      ? { prompt: toComfyPrompt(plan, { models: { upscalers } }).prompt }
      : { requests: toWebuiRequests(plan, { target, fanOut: true, detectors }) };
  } catch (error) {
    if (!(error instanceof UncompilablePlanError)) throw error;
    return {
      refusals: error.refusals.map(({ code, stage_id, field }) => `${code}: ${field} of ${stage_id}`),
    };
  }
}

/** What of an outcome the tables of its target do not take. */
export function strayed(outcome: Outcome, target: Target): readonly string[] {
  if ('requests' in outcome && target !== 'comfyui')
    return outcome.requests.flatMap((one) => strayedFields(one, target));
  return 'prompt' in outcome ? strayedInputs(outcome.prompt) : [];
}

function strayedFields({ id, path, body }: WebuiRequest, target: WebuiTargetName): readonly string[] {
  const { table } = webuiTargets[target];
  const { planned, free } = fieldsOf(table, path);
  const options = { ...table.options.planned, ...table.options.free };
  const stray = (within: JsonObject, fields: object) =>
    Object.entries(within)
      .filter(([key, value]) => !Object.hasOwn(fields, key) || !isOfType(value, Reflect.get(fields, key)))
      .map(([key]) => `${id} ${key}`);
  const settings = body.override_settings ?? {};
  return [...stray(body, { ...planned, ...free }), ...stray(settings as JsonObject, options)];
}

/** A file that the stand-in of a server does not have is the caller's matter; everything else is ours. */
const filesInputs = new Set(['ckpt_name', 'vae_name', 'lora_name', 'model_name', 'image']);

function strayedInputs(prompt: ComfyPrompt): readonly string[] {
  return validateComfyPrompt(prompt, objectInfo)
    .filter(({ input }) => input === null || !filesInputs.has(input))
    .map(({ type, node_id, input }) => `${node_id} ${input}: ${type}`);
}
