import type { RunConfig } from '../config/run-config.ts';
import { isPlainObject, type JsonValue } from '../json.ts';
import type { WalkedStage } from '../sequence/walk.ts';
import type { Size } from '../size.ts';
import type { StageExecution } from './stage-execution-plan.ts';
import type { PlanWarning } from './warnings.ts';

/** What the plan of a run does that its author may not expect, stage by stage. Linear in the stages. */
export function findWarnings(
  run: RunConfig,
  stages: readonly StageExecution[],
  walked: readonly WalkedStage[],
): readonly PlanWarning[] {
  const external = stages.some(({ input }) => input.source === 'external');
  const warnings: PlanWarning[] = [];
  if (!external && run.input_image !== null)
    warnings.push({ code: 'unused_input_image', input_image: run.input_image });
  if (!external && run.input_image_size !== null)
    warnings.push(noEffect('input_image_size', { ...run.input_image_size }));
  if (run.refiner_pass !== 'first' && !stages.some(worksInSecondPass))
    warnings.push(noEffect('refiner_pass', run.refiner_pass));
  if (!run.txt2img_enabled && Object.keys(run.backend_options).length > 0)
    warnings.push(noEffect('backend_options', jsonOf(run.backend_options)));
  for (const [index, stage] of stages.entries()) warnings.push(...warningsOf(run, stage, walked[index]));
  return warnings;
}

function warningsOf(
  run: RunConfig,
  stage: StageExecution,
  walked: WalkedStage | undefined,
): readonly PlanWarning[] {
  const warnings: PlanWarning[] = [];
  const { id: stage_id, input, input_size, output_size, stage_config: config } = stage;
  if (input.source === 'external' && input.image === null)
    warnings.push({ code: 'unnamed_input_image', stage_id });
  switch (config.stage_type) {
    case 'txt2img': {
      const { refiner_model_name, model, hires_resize_to, width, height } = config;
      if (refiner_model_name !== null && refiner_model_name === model)
        warnings.push({ code: 'refiner_is_base', stage_id, model });
      warnings.push(...sizeWarnings(stage_id, { width, height }, output_size, hires_resize_to !== null));
      break;
    }
    case 'img2img': {
      const { mask, steps, denoising_strength, hires_resize_to } = config;
      if (mask !== null && mask.image === null) warnings.push({ code: 'unnamed_mask', stage_id });
      if (redrawsEverything(steps, denoising_strength))
        warnings.push({ code: 'redraws_everything', stage_id, steps, denoising_strength });
      warnings.push(...sizeWarnings(stage_id, input_size, output_size, hires_resize_to !== null));
      break;
    }
    case 'upscale': {
      const fromHires = walked?.passes.includes('hires') === true;
      if (fromHires) warnings.push({ code: 'hires_in_upscale', stage_id });
      if (fromHires && !walked.opened) warnings.push(...outdone(run, walked.stage));
      warnings.push(...sizeWarnings(stage_id, input_size, output_size, config.resize_to !== null));
      warnings.push(...batchWarning(run, stage));
      break;
    }
    case 'adetailer':
      warnings.push(...batchWarning(run, stage));
      break;
  }
  return warnings;
}

/** Where an upscale and hires fix both enlarge in one stage, these settings of the run do not count. */
function outdone(run: RunConfig, stage: string) {
  const { hires_resize_to, hires_upscale_factor, hires_upscaler_name } = run;
  const redraw: unknown = Reflect.get(Object(Reflect.get(run, stage)), 'redraw');
  return [
    hires_resize_to === null
      ? noEffect('hires_upscale_factor', hires_upscale_factor)
      : noEffect('hires_resize_to', { ...hires_resize_to }),
    noEffect('hires_upscaler_name', hires_upscaler_name),
    ...(isPlainObject(redraw) ? [noEffect(`${stage}.redraw`, jsonOf(redraw))] : []),
  ];
}

function batchWarning({ batch_size, n_iter }: RunConfig, { id, order_index }: StageExecution) {
  if (order_index > 0 || batch_size * n_iter === 1) return [];
  return [{ code: 'batch_ignored', stage_id: id, batch_size, n_iter } as const];
}

function sizeWarnings(
  stage_id: string,
  from: Size | null,
  to: Size | null,
  exact: boolean,
): readonly PlanWarning[] {
  if (from === null || to === null) return [];
  // What is lost to whole blocks of 8 pixels is no change that anybody means.
  const shrinks = to.width <= from.width - 8 || to.height <= from.height - 8;
  const reshaped =
    Math.abs(from.width * to.height - from.height * to.width) >= 8 * Math.max(to.width, to.height);
  return [
    ...(shrinks ? [{ code: 'picture_shrinks', stage_id, from, to } as const] : []),
    ...(exact && reshaped ? [{ code: 'shape_changes', stage_id, from, to } as const] : []),
  ];
}

/** Whether img2img starts from noise alone although it is not asked to. Source: `setup_img2img_steps` of A1111's WebUI. */
function redrawsEverything(steps: number, denoisingStrength: number): boolean {
  return denoisingStrength < 1 && Math.floor(Math.min(denoisingStrength, 0.999) * steps) + 1 === steps;
}

function worksInSecondPass({ stage_config }: StageExecution): boolean {
  return stage_config.refiner_enabled && 'hires_enabled' in stage_config && stage_config.hires_enabled;
}

function noEffect(field: string, value: JsonValue) {
  return { code: 'no_effect', field, value } as const;
}

function jsonOf(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value));
}
