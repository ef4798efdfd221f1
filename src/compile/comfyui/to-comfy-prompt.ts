import { hiresStages } from '../../plan/hires-stages.ts';
import type { StageExecution } from '../../plan/stage-execution-plan.ts';
import { type CompilablePlan, stagesOf } from '../compilable-plan.ts';
import { seededStage, seedOfImage } from '../image-seeds.ts';
import type { CompileRefusal } from '../refusals.ts';
import { UncompilablePlanError } from '../uncompilable-plan-error.ts';
import { setBackendInputs } from './backend-inputs.ts';
import type { ComfyLink, ComfyPrompt } from './comfy-prompt.ts';
import type { ComfyWarning } from './comfy-warning.ts';
import type { ComfyContext, ComfyHandler, ComfyModels } from './context.ts';
import { newGraph } from './graph.ts';
import { comfyHandlers } from './handlers.ts';

/** How a plan is compiled for ComfyUI. */
export interface ComfyOptions {
  readonly models?: ComfyModels;
  /** The handlers of stages of one's own, by their type. */
  readonly handlers?: Readonly<Record<string, ComfyHandler>>;
}

/** A graph, and what it does in another way than a WebUI would. */
export interface CompiledPrompt {
  readonly prompt: ComfyPrompt;
  readonly warnings: readonly ComfyWarning[];
}

/**
 * Compiles a plan into one graph of ComfyUI, in its API format. The graphs serve SD 1.x and SDXL.
 *
 * Pure; linear in the plan. The same plan gives the same ids: "1-txt2img-sample". A kept image has a SaveImage.
 *
 * @throws {UncompilablePlanError} when ComfyUI cannot do what the plan says. Every reason is listed.
 * @example
 * Object.keys(toComfyPrompt(plan).prompt); // ['checkpoint-1', '1-txt2img-positive', ...]
 */
export function toComfyPrompt(plan: CompilablePlan, options: ComfyOptions = {}): CompiledPrompt {
  const graph = newGraph();
  const refusals: CompileRefusal[] = [];
  const warnings: ComfyWarning[] = [];
  const unknownSeeds = new Set<string>();
  const stages = stagesOf(plan);
  const hires = hiresStages(plan);
  let before: ComfyLink | null = null;
  for (const [index, stage] of stages.entries()) {
    const refuse: ComfyContext['refuse'] = (code, field, value) =>
      refusals.push({ code, stage_id: stage.id, field, value });
    const handler = handlerOf(stage, options);
    if (handler === undefined) {
      refuse('unknown_stage', 'stage_type', stage.stage_type);
      continue;
    }
    const { input } = stage;
    const context: ComfyContext = {
      graph,
      models: options.models ?? {},
      image: input.source === 'external' ? loadedImage(stage.id, input.image, graph, refuse) : before,
      byHires: hires.has(stage.id),
      seed: () => seedFor(seededStage(stages, stage, index), unknownSeeds),
      refuse,
      warn: (code, field, value) => warnings.push({ code, stage_id: stage.id, field, value }),
    };
    before = handler(stage, context);
    if (stage.keeps_image)
      graph.add(
        `${stage.id}-save`,
        'SaveImage',
        { images: before, filename_prefix: `stageplan/${stage.id}` },
        `${stage.id}: keep`,
      );
    const { comfyui } = stage.stage_config.backend_options;
    if (comfyui !== undefined) setBackendInputs(stage.id, comfyui, context);
  }
  for (const stage_id of unknownSeeds)
    refusals.push({ code: 'random_seed', stage_id, field: 'seed', value: -1 });
  if (refusals.length > 0) throw new UncompilablePlanError('comfyui', refusals);
  return { prompt: graph.prompt, warnings };
}

function handlerOf(
  { stage_type, stage_config }: StageExecution,
  { handlers }: ComfyOptions,
): ComfyHandler | undefined {
  // A handler takes the stages of the type that it stands under, which tsc does not follow through a look-up.
  if (Object.hasOwn(comfyHandlers, stage_config.stage_type))
    return comfyHandlers[stage_config.stage_type] as ComfyHandler;
  return Object.hasOwn(handlers ?? {}, stage_type) ? handlers?.[stage_type] : undefined;
}

function loadedImage(
  id: string,
  image: string | null,
  graph: ComfyContext['graph'],
  refuse: ComfyContext['refuse'],
): ComfyLink {
  if (image === null) refuse('unnamed_image', 'input.image', null);
  return graph.add(`${id}-image`, 'LoadImage', { image }, `${id}: the existing image`);
}

/** ComfyUI draws no seeds: it takes whole numbers from 0. */
function seedFor(seeded: StageExecution, unknownSeeds: Set<string>): number {
  const seed = seedOfImage(seeded, 0);
  if (seed === -1) unknownSeeds.add(seeded.id);
  return seed;
}
