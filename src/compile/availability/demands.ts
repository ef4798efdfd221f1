import { splitSampling } from '../../names/split-sampling.ts';
import { isLatentMode } from '../../names/upscalers.ts';
import type { StageExecution } from '../../plan/stage-execution-plan.ts';
import { readPrompt } from '../../prompt.ts';
import { detailerScript, type ThingKind } from './inventory.ts';

/** A name that a stage asks for, and the field that has it. */
export interface Demand {
  readonly kind: ThingKind;
  readonly name: string;
  readonly field: string;
}

type Config = StageExecution['stage_config'];

/** Everything that a stage asks a server for by name. A stage of one's own asks for nothing that is known here. */
export function demandsOf({ stage_config: config }: StageExecution): readonly Demand[] {
  switch (config.stage_type) {
    case 'txt2img':
    case 'img2img':
      return [...common(config), ...pass(config, ''), ...refiner(config), ...hires(config)];
    case 'upscale':
      return [
        enlarging('upscaler', config.upscaler),
        ...(config.redraw === null ? [] : [...common(config), ...pass(config.redraw, 'redraw.')]),
      ];
    case 'adetailer':
      return [
        { kind: 'script', name: detailerScript, field: 'stage_type' },
        ...common(config),
        ...pass(config, ''),
        ...config.detectors.flatMap((detector, index) =>
          detectorDemands(detector, config, `detectors[${index}].`),
        ),
      ];
    default:
      return [];
  }
}

function common({ vae }: Config): readonly Demand[] {
  return named('vae', 'vae', vae);
}

interface Pass {
  readonly model: string | null;
  readonly prompt: string;
  readonly sampler_name: string;
  readonly scheduler: string;
}

function pass({ model, prompt, sampler_name, scheduler }: Pass, prefix: string): readonly Demand[] {
  return [
    ...named('checkpoint', `${prefix}model`, model),
    ...sampling(sampler_name, scheduler, prefix),
    ...loras(prompt, prefix),
  ];
}

function sampling(samplerName: string, schedulerName: string, prefix: string): readonly Demand[] {
  const split = splitSampling(samplerName, schedulerName);
  const { sampler, scheduler } = split ?? { sampler: samplerName, scheduler: schedulerName };
  return [
    { kind: 'sampler', name: sampler, field: `${prefix}sampler_name` },
    // Every server chooses for "Automatic".
    ...named('scheduler', `${prefix}scheduler`, scheduler === 'Automatic' ? null : scheduler),
  ];
}

function loras(prompt: string, prefix: string): readonly Demand[] {
  return readPrompt(prompt).loras.map(({ name }) => ({ kind: 'lora', name, field: `${prefix}prompt` }));
}

function refiner({ refiner_model_name }: Config): readonly Demand[] {
  return named('checkpoint', 'refiner_model_name', refiner_model_name);
}

function hires(config: Extract<Config, { stage_type: 'txt2img' | 'img2img' }>): readonly Demand[] {
  if (!config.hires_enabled) return [];
  return [
    enlarging('hires_upscaler_name', config.hires_upscaler_name),
    ...named('checkpoint', 'hires_model_name', config.hires_model_name),
    ...sampling(config.hires_sampler_name, config.hires_scheduler, 'hires_'),
    ...loras(config.hires_prompt, 'hires_'),
  ];
}

function enlarging(field: string, name: string): Demand {
  return { kind: isLatentMode(name) ? 'latent_mode' : 'upscaler', name, field };
}

type AdetailerConfig = Extract<Config, { stage_type: 'adetailer' }>;

function detectorDemands(
  detector: AdetailerConfig['detectors'][number],
  config: AdetailerConfig,
  prefix: string,
): readonly Demand[] {
  return [
    { kind: 'detector', name: detector.model, field: `${prefix}model` },
    ...named('checkpoint', `${prefix}checkpoint`, detector.checkpoint),
    ...named('vae', `${prefix}vae`, detector.vae),
    ...sampling(detector.sampler_name ?? config.sampler_name, detector.scheduler ?? config.scheduler, prefix),
    ...loras(detector.prompt, prefix),
  ];
}

function named(kind: ThingKind, field: string, name: string | null): readonly Demand[] {
  return name === null ? [] : [{ kind, name, field }];
}
