import type { JsonValue } from '../../json.ts';
import { hiresStages } from '../../plan/hires-stages.ts';
import type { StageExecution } from '../../plan/stage-execution-plan.ts';
import { type CompilablePlan, stagesOf } from '../compilable-plan.ts';
import { seededStage, seedOfImage } from '../image-seeds.ts';
import type { CompileRefusal } from '../refusals.ts';
import { UncompilablePlanError } from '../uncompilable-plan-error.ts';
import { withBackendFields } from './backend-fields.ts';
import { imageFrom, linkRequests, loadedBy } from './link-requests.ts';
import type { WebuiContext, WebuiHandler, WebuiTarget } from './target.ts';
import { type WebuiTargetName, webuiTargets } from './targets.ts';
import type { WebuiDraft, WebuiRequest } from './webui-request.ts';

/** How a plan is compiled for a WebUI. */
export interface WebuiOptions {
  readonly target: WebuiTargetName;
  /** Whether a stage is asked once for each of several images. Default: such a plan is refused. */
  readonly fanOut?: boolean;
  /** What SD.Next calls the detectors, by their names in the plan. */
  readonly detectors?: Readonly<Record<string, string>>;
  /** The handlers of stages of one's own, by their type. */
  readonly handlers?: Readonly<Record<string, WebuiHandler>>;
}

/** The most requests that one stage becomes. */
const mostImages = 1000;

/**
 * Compiles a plan into the requests of a WebUI, in the order in which they are sent.
 *
 * Pure: nothing is sent, and no image is read. Linear in the stages, and in the images where they fan out.
 *
 * @throws {UncompilablePlanError} when the server cannot do what the plan says. Every reason is listed.
 * @throws {RangeError} when there is no such target.
 * @example
 * toWebuiRequests(plan, { target: 'forge' }).map(({ id, path }) => `${id} ${path}`); // ['1-txt2img /sdapi/v1/txt2img']
 */
export function toWebuiRequests(plan: CompilablePlan, options: WebuiOptions): readonly WebuiRequest[] {
  const target = targetNamed(options.target);
  const stages = stagesOf(plan);
  const hires = hiresStages(plan);
  const refusals: CompileRefusal[] = [];
  const requests: WebuiRequest[] = [];
  const unknownSeeds = new Set<string>();
  let loaded: string | null = null;
  let before: readonly string[] = [];
  for (const [index, stage] of stages.entries()) {
    const refuse: WebuiContext['refuse'] = (code, field, value) =>
      refusals.push({ code, stage_id: stage.id, field, value });
    const handler = handlerOf(stage, target, options);
    if (handler === undefined) {
      refuse('unknown_stage', 'stage_type', stage.stage_type);
      continue;
    }
    const times = timesOf(stage, options, refuse);
    const seeded = seededStage(stages, stage, index);
    const ids: string[] = [];
    for (let image = 0; image < times; image += 1) {
      const seed = seedOfImage(seeded, image);
      const context: WebuiContext = {
        table: target.table,
        server: target.server,
        byHires: hires.has(stage.id),
        seed,
        loaded,
        detectors: options.detectors ?? {},
        // Every image of a stage is refused for the same reasons.
        refuse: image === 0 ? refuse : ignore,
      };
      const drafts = draftsOf(stage, handler, context);
      if (seed === -1 && stage.stage_config.seed === null && drafts.some(samples))
        unknownSeeds.add(seeded.id);
      const suffix = times > 1 ? `-image-${image + 1}` : '';
      const linked = linkRequests(stage, drafts, imageFrom(stage, before, image), suffix);
      requests.push(...linked);
      ids.push(...linked.slice(-1).map(({ id }) => id));
      loaded = loadedBy(linked) ?? loaded;
    }
    before = ids;
  }
  for (const stage_id of unknownSeeds)
    refusals.push({ code: 'random_seed', stage_id, field: 'seed', value: -1 });
  if (refusals.length > 0) throw new UncompilablePlanError(options.target, refusals);
  return requests;
}

function targetNamed(name: WebuiTargetName): WebuiTarget {
  if (Object.hasOwn(webuiTargets, name)) return webuiTargets[name];
  throw new RangeError(
    `target must be one of ${Object.keys(webuiTargets).join(', ')}, but is ${JSON.stringify(name)}.`,
  );
}

function handlerOf(
  { stage_type, stage_config }: StageExecution,
  { handlers }: WebuiTarget,
  options: WebuiOptions,
): WebuiHandler | undefined {
  // A handler takes the stages of the type that it stands under, which tsc does not follow through a look-up.
  if (Object.hasOwn(handlers, stage_config.stage_type))
    return handlers[stage_config.stage_type] as WebuiHandler;
  return Object.hasOwn(options.handlers ?? {}, stage_type) ? options.handlers?.[stage_type] : undefined;
}

/** How often a stage is asked: once, or once for each image that another stage gives. */
function timesOf(stage: StageExecution, { fanOut }: WebuiOptions, refuse: WebuiContext['refuse']): number {
  if (stage.input.source !== 'stage' || stage.images_in === 1) return 1;
  if (fanOut === true && stage.images_in <= mostImages) return stage.images_in;
  refuse(fanOut === true ? 'too_many_images' : 'several_images', 'images_in', stage.images_in);
  return 1;
}

function draftsOf(
  stage: StageExecution,
  handler: WebuiHandler,
  context: WebuiContext,
): readonly WebuiDraft[] {
  const drafts = handler(stage, context);
  const { webui } = stage.stage_config.backend_options;
  if (webui === undefined) return drafts;
  // A stage of two requests enlarges first: what is added belongs to the diffusion behind it.
  return drafts.map((draft, index) =>
    draft.path === '/sdapi/v1/detail' || index === drafts.length - 1
      ? withBackendFields(draft, webui, context)
      : draft,
  );
}

function samples({ body }: WebuiDraft): boolean {
  return Object.hasOwn(body, 'seed');
}

function ignore(_code: string, _field: string, _value: JsonValue): void {}
