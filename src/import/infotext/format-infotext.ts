import { isLatentMode } from '../../names/upscalers.ts';
import type { StageExecutionPlan } from '../../plan/stage-execution-plan.ts';
import type { Size } from '../../size.ts';
import { type ImportNote, noteAt } from '../note.ts';
import { negativeLabel } from './find-parameters.ts';
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
        ['Hires refiner', config.hires_enabled ? hiresRefiner(config.refiner_pass) : null],
      ];
    case 'img2img':
      return index > 0
        ? []
        : [
            ['Denoising strength', config.denoising_strength],
            // A mask tells of img2img by itself, in words that SD.Next does not have.
            ...(config.mask === null ? [['Operations', 'img2img'] as const] : maskParameters(config.mask)),
          ];
    case 'upscale':
      if (isLatentMode(config.upscaler)) return [];
      return [
        ['Postprocess upscale by', config.upscale_factor],
        ['Postprocess upscale to', sizeText(config.resize_to)],
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

type Mask = NonNullable<Extract<StageConfig, { readonly stage_type: 'img2img' }>['mask']>;

/** The words of the WebUI's inpainting page. */
function maskParameters(mask: Mask): readonly Parameter[] {
  return [
    ['Mask blur', mask.blur],
    ['Masked content', mask.fill.replace('_', ' ')],
    ['Inpaint area', mask.only_masked ? 'Only masked' : 'Whole picture'],
    ['Masked area padding', mask.padding],
    ['Mask mode', mask.invert ? 'Inpaint not masked' : 'Inpaint masked'],
  ];
}

type Txt2img = Extract<StageConfig, { readonly stage_type: 'txt2img' }>;

function hires(config: Txt2img): readonly Parameter[] {
  const own = <Value>(value: Value, ofRun: Value) => (value === ofRun ? null : value);
  return [
    ['Denoising strength', config.hires_denoise],
    ['Hires upscale', config.hires_upscale_factor],
    ['Hires resize', sizeText(config.hires_resize_to)],
    ['Hires upscaler', config.hires_upscaler_name],
    ['Hires steps', own(config.hires_steps, config.steps)],
    ['Hires sampler', own(config.hires_sampler_name, config.sampler_name)],
    ['Hires schedule type', own(config.hires_scheduler, config.scheduler)],
    ['Hires CFG scale', own(config.hires_cfg_scale, config.cfg_scale)],
    ['Hires prompt', own(config.hires_prompt, config.prompt)],
    ['Hires negative prompt', own(config.hires_negative_prompt, config.negative_prompt)],
    ['Hires checkpoint', own(config.hires_model_name, config.model)],
  ];
}

/** The WebUI says nothing where the refiner works in the hires pass alone. */
function hiresRefiner(pass: Txt2img['refiner_pass']): string | null {
  if (pass === 'first') return 'first pass';
  return pass === 'both' ? 'both passes' : null;
}

function sizeText(size: Size | null): string | null {
  return size === null ? null : `${size.width}x${size.height}`;
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
function useFlags(detector: Detector) {
  const { inpaint_width, inpaint_height, steps, cfg_scale, sampler_name, scheduler } = detector;
  const flag = (...values: readonly unknown[]) => values.some((value) => value !== null) || null;
  return {
    use_inpaint_size: flag(inpaint_width, inpaint_height),
    use_steps: flag(steps),
    use_cfg_scale: flag(cfg_scale),
    use_sampler: flag(sampler_name, scheduler),
    use_checkpoint: flag(detector.checkpoint),
    use_vae: flag(detector.vae),
    use_noise_multiplier: flag(detector.noise_multiplier),
    use_clip_skip: flag(detector.clip_skip),
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
    if (stage_config.stage_type === 'upscale' && isLatentMode(stage_config.upscaler))
      return [noteAt(path, 'dropped', 'is lost: an infotext says no latent mode but that of hires fix')];
    const image = input.source === 'external' && input.image !== null;
    const redraws = stage_config.stage_type === 'upscale' && stage_config.redraw !== null;
    const masks = stage_config.stage_type === 'img2img' && (stage_config.mask?.image ?? null) !== null;
    const options = Object.keys(stage_config.backend_options).length > 0;
    return [
      ...(image ? [unnamed([...path, 'input', 'image'])] : []),
      ...(redraws ? [unsayable([...path, 'stage_config', 'redraw'])] : []),
      ...(masks ? [unnamed([...path, 'stage_config', 'mask', 'image'])] : []),
      ...(options ? [unsayable([...path, 'stage_config', 'backend_options'])] : []),
    ];
  });
}

function unnamed(path: ImportNote['path']): ImportNote {
  return noteAt(path, 'dropped', 'is lost: an infotext names no image');
}

function unsayable(path: ImportNote['path']): ImportNote {
  return noteAt(path, 'dropped', 'is lost: an infotext does not say it');
}
