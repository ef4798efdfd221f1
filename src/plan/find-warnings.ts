import { backendOptionsKey, type LikeSections } from '../config/like-sections.ts';
import type { RunConfig } from '../config/run-config.ts';
import { isPlainObject, type JsonValue } from '../json.ts';
import { isSameCheckpoint } from '../names/checkpoints.ts';
import { valueAt } from '../path.ts';
import type { WalkedStage } from '../sequence/walk.ts';
import type { Size } from '../size.ts';
import type { LikeType } from './like-stages.ts';
import { refinedModels, refinesNoStep } from './refined-models.ts';
import { changesShape, drawnSize, workingSize } from './sizes.ts';
import type { StageExecution } from './stage-execution-plan.ts';
import type { PlanWarning } from './warnings.ts';

/** What the plan of a run does that its author may not expect, stage by stage. Linear in the stages. */
export function findWarnings(
  run: RunConfig,
  stages: readonly StageExecution[],
  walked: readonly WalkedStage[],
  likes: LikeSections,
): readonly PlanWarning[] {
  const external = stages.find(({ input }) => input.source === 'external');
  const warnings: PlanWarning[] = [];
  if (external === undefined && run.input_image !== null)
    warnings.push({ code: 'unused_input_image', input_image: run.input_image });
  if (external?.requires_input_image !== true && run.input_image_size !== null)
    warnings.push(noEffect('input_image_size', { ...run.input_image_size }));
  if (run.refiner_pass !== 'first' && !stages.some(worksInSecondPass))
    warnings.push(noEffect('refiner_pass', run.refiner_pass));
  warnings.push(...ofOtherStages(run, new Set(stages.map(({ stage_type }) => stage_type)), likes));
  warnings.push(...batchWarning(run, stages));
  for (const [index, stage] of stages.entries()) warnings.push(...warningsOf(run, stage, walked[index]));
  return warnings;
}

/** What is stated for the stages that are not planned, where it is more than settings: pictures and extensions. */
function ofOtherStages(
  run: RunConfig,
  planned: ReadonlySet<string>,
  likes: LikeSections,
): readonly PlanWarning[] {
  const stated = (stage: string, fields: readonly string[], like?: LikeType) =>
    planned.has(stage) ? [] : fields.flatMap((field) => ofOtherStage(run, field, like));
  return [
    ...stated('txt2img', ['backend_options']),
    ...likeTypes.flatMap((known) => stated(known, weightyFields[known](known))),
    ...likeTypes.flatMap((like) => likes[like].flatMap((own) => stated(own, weightyFields[like](own), like))),
  ];
}

const likeTypes = ['img2img', 'upscale', 'adetailer'] as const;

const weightyFields: Readonly<Record<LikeType, (stage: string) => readonly string[]>> = {
  img2img: (stage) => [`${stage}.backend_options`, `${stage}.mask`],
  upscale: (stage) => [`${stage}.backend_options`],
  adetailer: (stage) => [backendOptionsKey(stage)],
};

function ofOtherStage(run: RunConfig, field: string, like: LikeType | undefined): readonly PlanWarning[] {
  const value = valueAt(run, field.split('.'));
  if (!isPlainObject(value) || Object.keys(value).length === 0) return [];
  return [{ ...noEffect(field, jsonOf(value)), ...(like !== undefined && { like }) }];
}

/** Where no stage makes the batch: without generation there is one image, the existing one. */
function batchWarning(
  { batch_size, n_iter }: RunConfig,
  stages: readonly StageExecution[],
): readonly PlanWarning[] {
  const [first] = stages;
  if (first === undefined || batch_size * n_iter === 1 || stages.some(makesBatch)) return [];
  return [{ code: 'batch_ignored', stage_id: first.id, batch_size, n_iter }];
}

function makesBatch({ stage_config }: StageExecution): boolean {
  return stage_config.batch_size * stage_config.n_iter > 1;
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
      if (config.refiner_enabled) {
        const { refiner_model_name: model, refiner_switch_at } = config;
        if (refinedModels(config).every((base) => isSameCheckpoint(base, model)))
          warnings.push({ code: 'refiner_is_base', stage_id, model });
        if (refinesNoStep(config)) warnings.push({ code: 'refiner_is_late', stage_id, refiner_switch_at });
      }
      const worked = workingSize(config);
      warnings.push(...shrinking(stage_id, worked, output_size));
      warnings.push(...reshaping('shape_changes', stage_id, worked, config.hires_resize_to));
      break;
    }
    case 'img2img': {
      const { mask, steps, denoising_strength, hires_resize_to } = config;
      if (mask !== null && mask.image === null) warnings.push({ code: 'unnamed_mask', stage_id });
      if (redrawsEverything(steps, denoising_strength))
        warnings.push({ code: 'redraws_everything', stage_id, steps, denoising_strength });
      const drawn = drawnSize(config, input_size);
      warnings.push(...shrinking(stage_id, input_size, output_size));
      warnings.push(...reshaping('picture_stretches', stage_id, input_size, drawn));
      warnings.push(...reshaping('shape_changes', stage_id, drawn, hires_resize_to));
      break;
    }
    case 'upscale': {
      const { redraw, resize_to } = config;
      const fromHires = walked?.passes.includes('hires') === true;
      if (fromHires) warnings.push({ code: 'hires_in_upscale', stage_id });
      if (fromHires && !walked.opened) warnings.push(...outdone(run, walked.stage));
      // Hires fix runs all of its steps from where its strength says.
      if (!fromHires && redraw !== null && redrawsEverything(redraw.steps, redraw.denoising_strength)) {
        const { steps, denoising_strength } = redraw;
        warnings.push({ code: 'redraws_everything', stage_id, steps, denoising_strength });
      }
      warnings.push(...shrinking(stage_id, input_size, output_size));
      warnings.push(...reshaping('shape_changes', stage_id, input_size, resize_to));
      break;
    }
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

function shrinking(stage_id: string, from: Size | null, to: Size | null): readonly PlanWarning[] {
  if (from === null || to === null) return [];
  // What is lost to whole blocks of 8 pixels is no change that anybody means.
  const shrinks = to.width <= from.width - 8 || to.height <= from.height - 8;
  return shrinks ? [{ code: 'picture_shrinks', stage_id, from, to }] : [];
}

/** Where an exact size has another shape. */
function reshaping(
  code: 'shape_changes' | 'picture_stretches',
  stage_id: string,
  from: Size | null,
  to: Size | null,
): readonly PlanWarning[] {
  if (from === null || to === null) return [];
  return changesShape(from, to) ? [{ code, stage_id, from, to }] : [];
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
