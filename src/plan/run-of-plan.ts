import { backendOptionsKey } from '../config/like-sections.ts';
import { planFinished, switchOf } from '../sequence/events.ts';
import { hiresStages } from './hires-stages.ts';
import { isStageType } from './stage-config.ts';
import type { StageExecution, StageExecutionPlan } from './stage-execution-plan.ts';
import { runOfAdetailer } from './stages/adetailer.ts';
import { runOfImg2img } from './stages/img2img.ts';
import { runOfTxt2img } from './stages/txt2img.ts';
import { runOfUpscale } from './stages/upscale.ts';

/** Fields of a RunConfig, those of stages of one's own among them. */
type Draft = Readonly<Record<string, unknown>>;

/**
 * Reads a run out of a plan: a run whose plan this is, if the plan is what its sequence would have built.
 *
 * What the plan says twice of its run is taken from one place. What the run had left open is stated as the plan has it,
 * and what has no effect in the plan is found in its warnings. Linear in the plan.
 */
export function runOfPlan(plan: StageExecutionPlan): Draft {
  const draft = new Map<string, unknown>([
    ['run_id', plan.run_id],
    ['metadata', plan.metadata],
    ...plan.events.filter((event) => event !== planFinished).map((event) => [switchOf(event), true] as const),
  ]);
  const state = (fields: Draft) => {
    for (const [field, value] of Object.entries(fields)) draft.set(field, value);
  };
  state(settingsOf(plan));
  for (const stage of plan.stages) state(sectionOf(plan, stage));
  state(placesOf(plan));
  for (const [field, value] of withoutEffect(plan)) stateAt(draft, field, value);
  return Object.fromEntries(draft);
}

/** The settings of the run for every stage, read off a stage that cannot have its own, if there is one. */
function settingsOf({ stages }: StageExecutionPlan): Draft {
  const [first] = stages;
  if (first === undefined) return {};
  const others = stages.filter(({ stage_config }) => stage_config.stage_type !== 'img2img');
  const config = (others[0] ?? first).stage_config;
  const { seed } = (others.find(({ stage_config }) => stage_config.seed !== null) ?? first).stage_config;
  const making = stages.find(({ stage_config: { batch_size, n_iter } }) => batch_size * n_iter > 1) ?? first;
  const { batch_size, n_iter } = making.stage_config;
  return {
    prompt: config.prompt,
    negative_prompt: config.negative_prompt,
    model: config.model,
    vae: config.vae,
    sampler_name: config.sampler_name,
    scheduler: config.scheduler,
    steps: config.steps,
    cfg_scale: config.cfg_scale,
    clip_skip: config.clip_skip,
    ...(seed !== null && { seed }),
    batch_size,
    n_iter,
  };
}

/** What the run states for one stage: under the stage's own name where that is not the one of its config. */
function sectionOf(plan: StageExecutionPlan, stage: StageExecution): Draft {
  const { stage_config: config, stage_type: name } = stage;
  const known = config.stage_type;
  if (!isStageType(known)) return { [name]: Reflect.get(config, 'settings') };
  const { [known]: section, [backendOptionsKey(known)]: options, ...fields } = knownSection(plan, stage);
  return {
    ...fields,
    ...(section !== undefined && { [name]: section }),
    ...(options !== undefined && { [backendOptionsKey(name)]: options }),
  };
}

function knownSection(plan: StageExecutionPlan, stage: StageExecution): Draft {
  const { stage_config: config } = stage;
  switch (config.stage_type) {
    case 'txt2img':
      return runOfTxt2img(config);
    case 'img2img':
      return runOfImg2img(config);
    case 'upscale':
      return runOfUpscale(config, {
        byHires: hiresStages(plan).has(stage.id),
        opened: isOpened(plan, stage),
      });
    case 'adetailer':
      return runOfAdetailer(config);
  }
}

function isOpened({ decisions }: StageExecutionPlan, { id }: StageExecution): boolean {
  return decisions.some(
    (decision) =>
      decision.stage !== null && 'by' in decision && decision.by !== null && decision.stage_id === id,
  );
}

/** The image that the plan starts from, the images to keep, and the order that was stated where it was repaired. */
function placesOf({ stages, decisions }: StageExecutionPlan): Draft {
  const [first] = stages;
  const kept = stages.slice(0, -1).filter(({ keeps_image }) => keeps_image);
  const moved = new Map(
    decisions.flatMap((decision) =>
      decision.outcome === 'moved' ? [[decision.stage, decision.stated_index]] : [],
    ),
  );
  const stated = ({ stage_type, order_index }: StageExecution) => moved.get(stage_type) ?? order_index;
  return {
    ...(first?.input.source === 'external' && {
      input_image: first.input.image,
      input_image_size: first.input_size,
    }),
    keep: kept.map(({ stage_type }) => stage_type),
    ...(moved.size > 0 && {
      stage_order: stages.toSorted((a, b) => stated(a) - stated(b)).map(({ stage_type }) => stage_type),
    }),
  };
}

/** What the run states and no stage shows, each field once: a section is copied for every field that is stated in it. */
function withoutEffect({ warnings }: StageExecutionPlan): ReadonlyMap<string, unknown> {
  return new Map(
    warnings.flatMap((warning): readonly (readonly [field: string, value: unknown])[] => {
      switch (warning.code) {
        case 'no_effect':
          return [[warning.field, warning.value]];
        case 'unused_input_image':
          return [['input_image', warning.input_image]];
        case 'batch_ignored':
          return [
            ['batch_size', warning.batch_size],
            ['n_iter', warning.n_iter],
          ];
        default:
          return [];
      }
    }),
  );
}

function stateAt(draft: Map<string, unknown>, path: string, value: unknown): void {
  const [section = '', field] = path.split(/\.(.*)/s);
  if (field === undefined) draft.set(section, value);
  else draft.set(section, { ...Object(draft.get(section)), [field]: value });
}
