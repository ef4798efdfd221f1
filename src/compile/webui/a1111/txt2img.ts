import type { JsonObject } from '../../../json.ts';
import { isSameCheckpoint } from '../../../names/checkpoints.ts';
import { refinedModels } from '../../../plan/refined-models.ts';
import type { Txt2imgExecution } from '../../../plan/stage-execution-plan.ts';
import { modelCheck, sizeCheck, type WebuiCheck } from '../checks.ts';
import { samplingOf } from '../sampling.ts';
import type { WebuiContext, WebuiHandler } from '../target.ts';
import { generation, overrides } from './generation.ts';

type Config = Txt2imgExecution['stage_config'];
type HiresConfig = Extract<Config, { readonly hires_enabled: true }>;

/** txt2img, with the refiner and hires fix inside it. */
export const txt2img: WebuiHandler<Txt2imgExecution> = (stage, context) => {
  const { stage_config: config, images_out, output_size } = stage;
  const sampling = samplingOf(config, context);
  return [
    {
      path: '/sdapi/v1/txt2img',
      body: Object.assign(generation(config, sampling, context), {
        width: config.width,
        height: config.height,
        batch_size: config.batch_size,
        n_iter: config.n_iter,
        override_settings: { ...overrides(config.model, config, context), ...refinerPass(config) },
        ...refiner(config),
        ...(config.hires_enabled && hires(config, context)),
      }),
      checks: [
        { code: 'images', count: images_out },
        ...sizeCheck(output_size),
        ...modelCheck(config.model),
        { code: 'sampler', sampler: sampling.sampler },
        ...refinerChecks(config),
        ...(config.hires_enabled ? [hiresCheck] : []),
      ],
    },
  ];
};

const hiresCheck: WebuiCheck = { code: 'parameter', keys: ['Hires upscale', 'Hires resize'], value: null };

const passes = { first: 'first pass', second: 'second pass', both: 'both passes' } as const;

/** The pass that the refiner works in. The server's own default with hires fix is the second. */
function refinerPass(config: Config): JsonObject {
  if (!config.refiner_enabled || !config.hires_enabled) return {};
  return { hires_fix_refiner_pass: passes[config.refiner_pass] };
}

function refiner(config: Config): JsonObject {
  if (!config.refiner_enabled) return {};
  return { refiner_checkpoint: config.refiner_model_name, refiner_switch_at: config.refiner_switch_at };
}

/** The server writes "Hires refiner" only where the pass is not its own default, and nothing where refiner and base are one. */
function refinerChecks(config: Config): readonly WebuiCheck[] {
  if (
    !config.refiner_enabled ||
    refinedModels(config).every((base) => isSameCheckpoint(base, config.refiner_model_name))
  )
    return [];
  const refined: WebuiCheck = { code: 'parameter', keys: ['Refiner'], value: null };
  if (!config.hires_enabled) return [refined];
  const value = passes[config.refiner_pass];
  return [
    refined,
    config.refiner_pass === 'second'
      ? { code: 'no_parameter', key: 'Hires refiner' }
      : { code: 'parameter', keys: ['Hires refiner'], value },
  ];
}

function hires(config: HiresConfig, context: WebuiContext): JsonObject {
  const { hires_sampler_name: sampler_name, hires_scheduler: scheduler, hires_resize_to: exact } = config;
  const sampling = samplingOf({ sampler_name, scheduler }, context, 'hires_');
  refuseSecondPass(config, context);
  return {
    enable_hr: true,
    ...(exact === null
      ? { hr_scale: config.hires_upscale_factor }
      : { hr_resize_x: exact.width, hr_resize_y: exact.height }),
    hr_upscaler: config.hires_upscaler_name,
    hr_second_pass_steps: config.hires_steps,
    denoising_strength: config.hires_denoise,
    hr_sampler_name: sampling.sampler,
    hr_scheduler: sampling.scheduler,
    hr_prompt: config.hires_prompt,
    hr_negative_prompt: config.hires_negative_prompt,
    ...hiresModel(config),
    ...(context.server.hiresCfg !== 'none' && { hr_cfg: config.hires_cfg_scale }),
    ...(context.server.vaeOption === 'forge_additional_modules' && {
      hr_additional_modules: ['Use same choices'],
    }),
  };
}

function hiresModel({ hires_model_name, model }: HiresConfig): JsonObject {
  return hires_model_name === null || hires_model_name === model
    ? {}
    : { hr_checkpoint_name: hires_model_name };
}

function refuseSecondPass(config: HiresConfig, { server, refuse }: WebuiContext): void {
  const { hires_cfg_scale, cfg_scale, hires_prompt, hires_negative_prompt } = config;
  if (server.hiresCfg === 'none' && hires_cfg_scale !== cfg_scale)
    refuse('same_in_both_passes', 'hires_cfg_scale', hires_cfg_scale);
  if (server.hiresCfg === 'over 0' && hires_cfg_scale === 0 && cfg_scale !== 0)
    refuse('out_of_range', 'hires_cfg_scale', hires_cfg_scale);
  if (hires_prompt === '' && config.prompt !== '') refuse('empty_second_prompt', 'hires_prompt', '');
  if (hires_negative_prompt === '' && config.negative_prompt !== '')
    refuse('empty_second_prompt', 'hires_negative_prompt', '');
}
