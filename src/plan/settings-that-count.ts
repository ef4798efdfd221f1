import type { DeepReadonly } from '../readonly.ts';
import { hiresStages } from './hires-stages.ts';
import type { StageConfig } from './stage-config.ts';
import type { AnyStageExecution, AnyStageExecutionPlan } from './stage-execution-plan.ts';

type Config<Type extends StageConfig['stage_type']> = DeepReadonly<
  Extract<StageConfig, { readonly stage_type: Type }>
>;

/**
 * What counts of a stage's settings, as docs/runner.md has it for runners: two stages in which these are equal make equal
 * images of equal images. What is "as the run" in a detector is written out.
 */
export function settingsThatCount(
  stage: AnyStageExecution,
  plan: AnyStageExecutionPlan,
): Readonly<Record<string, unknown>> {
  // A stage of one's own has another config, which is told by its type: all of it counts.
  const config = stage.stage_config as StageConfig;
  switch (config.stage_type) {
    case 'img2img': {
      const { size_from: _reason, ...settings } = config;
      return withoutSwitches(settings);
    }
    case 'upscale':
      return ofUpscale(config, hiresStages(plan).has(stage.id));
    case 'adetailer': {
      const { stage_type, seed, backend_options, detectors } = config;
      return {
        stage_type,
        seed,
        backend_options,
        detectors: detectors.map((each) => ofDetector(each, config)),
      };
    }
    default:
      return withoutSwitches(config);
  }
}

/** Without a pass that its switch says of, the fields of the pass are null: the switches say nothing more. */
function withoutSwitches(config: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config).filter(([key]) => key !== 'enabled' && !key.endsWith('_enabled')),
  );
}

/** The steps of hires fix are all run, those of another redraw a share of them. */
function ofUpscale(config: Config<'upscale'>, all_steps: boolean) {
  const { redraw, vae, clip_skip, seed } = config;
  return {
    stage_type: config.stage_type,
    upscaler: config.upscaler,
    upscale_factor: config.upscale_factor,
    resize_to: config.resize_to,
    gfpgan_visibility: config.gfpgan_visibility,
    codeformer_visibility: config.codeformer_visibility,
    codeformer_weight: config.codeformer_weight,
    backend_options: config.backend_options,
    redraw: redraw && { ...redraw, vae, clip_skip, seed, all_steps },
  };
}

function ofDetector(detector: Config<'adetailer'>['detectors'][number], run: Config<'adetailer'>) {
  const { inpaint_width, inpaint_height, inpaint_only_masked } = detector;
  return {
    ...detector,
    prompt: detector.prompt || run.prompt,
    negative_prompt: detector.negative_prompt || run.negative_prompt,
    run_prompt: runIn(detector.prompt, run.prompt),
    run_negative_prompt: runIn(detector.negative_prompt, run.negative_prompt),
    steps: detector.steps ?? run.steps,
    cfg_scale: detector.cfg_scale ?? run.cfg_scale,
    checkpoint: detector.checkpoint ?? run.model,
    vae: detector.vae ?? run.vae,
    sampler_name: detector.sampler_name ?? run.sampler_name,
    scheduler: detector.scheduler ?? run.scheduler,
    clip_skip: detector.clip_skip ?? run.clip_skip,
    inpaint_width: inpaint_only_masked ? inpaint_width : null,
    inpaint_height: inpaint_only_masked ? inpaint_height : null,
  };
}

/** ADetailer puts the prompt of the run in the place of `[PROMPT]`, and of what is empty on one side of `[SEP]`. */
function runIn(own: string, run: string): string | null {
  return /\[(?:PROMPT|SEP)\]/.test(own) ? run : null;
}
