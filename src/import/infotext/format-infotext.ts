import type { StageExecutionPlan } from '../../plan/stage-execution-plan.ts';
import { type ImportNote, noteAt } from '../note.ts';
import { negativeLabel } from './infotext-text.ts';
import { quote } from './parameters.ts';
import { detectorKeys, detectorSuffixes } from './webui-table.ts';

/** An infotext, and a note on everything of the plan that it does not say. */
export interface FormattedInfotext {
  readonly text: string;
  readonly notes: readonly ImportNote[];
}

type StageConfig = StageExecutionPlan['stages'][number]['stage_config'];
type Detector = Extract<StageConfig, { readonly stage_type: 'adetailer' }>['detectors'][number];
type Parameter = readonly [key: string, value: string | number | boolean | null];

/**
 * Writes the infotext of a plan, which {@link parseInfotext} reads back.
 *
 * An infotext tells of one generation, of ADetailer and of one enlarging. A second generation is left out with a note.
 * The keys are those of A1111's WebUI; `Operations` and `Batch` are SD.Next's, who alone says that much.
 */
export function formatInfotext(plan: StageExecutionPlan): FormattedInfotext {
  const configs = plan.stages.map((stage) => stage.stage_config);
  const [first] = configs;
  if (first === undefined) return { text: '', notes: [] };
  const parameters = [...generation(first), ...configs.flatMap(parametersOf)];
  const written = parameters.flatMap(([key, value]) =>
    value === null ? [] : `${key}: ${quote(String(value))}`,
  );
  const negative = first.negative_prompt === '' ? '' : `\n${negativeLabel} ${first.negative_prompt}`;
  return { text: `${first.prompt}${negative}\n${written.join(', ')}`.trim(), notes: unsaid(plan) };
}

function generation(config: StageConfig): readonly Parameter[] {
  const { n_iter, batch_size, clip_skip } = config;
  return [
    ['Steps', config.steps],
    ['Sampler', config.sampler_name],
    ['Schedule type', config.scheduler],
    ['CFG scale', config.cfg_scale],
    ['Seed', config.seed],
    ['Size', 'width' in config && config.width !== null ? `${config.width}x${config.height}` : null],
    ['Model', config.model],
    ['VAE', config.vae],
    ['Clip skip', clip_skip === 1 ? null : clip_skip],
    n_iter > 1 ? ['Batch', `${n_iter}x${batch_size}`] : ['Batch size', batch_size === 1 ? null : batch_size],
  ];
}

function parametersOf(config: StageConfig, index: number): readonly Parameter[] {
  switch (config.stage_type) {
    case 'txt2img':
      return [
        ...hires(config),
        ['Refiner', config.refiner_model_name],
        ['Refiner switch at', config.refiner_switch_at],
      ];
    case 'img2img':
      return index > 0
        ? []
        : [
            ['Denoising strength', config.denoising_strength],
            ['Operations', 'img2img'],
          ];
    case 'upscale':
      return [
        ['Postprocess upscale by', config.upscale_factor],
        ['Postprocess upscaler', config.upscaler],
        ['GFPGAN visibility', config.gfpgan_visibility],
        ['CodeFormer visibility', config.codeformer_visibility],
        ['CodeFormer weight', config.codeformer_weight],
      ];
    case 'adetailer':
      return detectorSuffixes.flatMap((suffix, place) => {
        const detector = config.detectors[place];
        return detector === undefined ? [] : detectorParameters(detector, suffix);
      });
  }
}

function hires(config: Extract<StageConfig, { readonly stage_type: 'txt2img' }>): readonly Parameter[] {
  return [
    ['Denoising strength', config.hires_denoise],
    ['Hires upscale', config.hires_upscale_factor],
    ['Hires upscaler', config.hires_upscaler_name],
    ['Hires steps', config.hires_steps],
  ];
}

function detectorParameters(detector: Detector, suffix: string): readonly Parameter[] {
  const values = new Map<string, unknown>(Object.entries({ ...detector, ...useFlags(detector) }));
  return detectorKeys.flatMap(([field, , [name]]) => {
    const value = values.get(field) ?? null;
    if (value === null || value === '') return [];
    return [
      [`ADetailer ${name}${suffix}`, typeof value === 'boolean' ? pythonBoolean(value) : String(value)],
    ];
  });
}

/** ADetailer uses these values only where a flag of their own says so. */
function useFlags({ inpaint_width, inpaint_height, steps, cfg_scale, sampler_name, scheduler }: Detector) {
  const flag = (...values: readonly unknown[]) => values.some((value) => value !== null) || null;
  return {
    use_inpaint_size: flag(inpaint_width, inpaint_height),
    use_steps: flag(steps),
    use_cfg_scale: flag(cfg_scale),
    use_sampler: flag(sampler_name, scheduler),
  };
}

function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}

function unsaid(plan: StageExecutionPlan): readonly ImportNote[] {
  return plan.stages.flatMap(({ stage_config, order_index, input }) => {
    const path = ['stages', order_index];
    if (stage_config.stage_type === 'img2img' && order_index > 0) {
      return [noteAt(path, 'dropped', 'is lost: an infotext tells of one generation')];
    }
    const image = input.source === 'external' && input.image !== null;
    const refines = stage_config.refiner_pass !== null && stage_config.refiner_pass !== 'first';
    return [
      ...(image
        ? [noteAt([...path, 'input', 'image'], 'dropped', 'is lost: an infotext names no image')]
        : []),
      ...(refines
        ? [
            noteAt(
              [...path, 'stage_config', 'refiner_pass'],
              'dropped',
              'is lost: an infotext does not say it',
            ),
          ]
        : []),
    ];
  });
}
