import { sayRefinerPass } from '../plan/say-refiner-pass.ts';
import { saySize, sayWarning } from '../plan/say-warning.ts';
import type { StageConfig } from '../plan/stage-config.ts';
import type { StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { DeepReadonly } from '../readonly.ts';
import { sayDecision } from '../route/sentences.ts';
import type { Size } from '../size.ts';
import { visible } from '../visible.ts';

type Config = DeepReadonly<StageConfig>;
type ConfigOf<Type extends Config['stage_type']> = Extract<Config, { readonly stage_type: Type }>;
type Sampling = Pick<Config, 'model' | 'steps' | 'sampler_name' | 'scheduler' | 'cfg_scale'>;

/** A plan as a table: one row for each stage, then what was skipped or moved and why, then the warnings. */
export function renderPlan(plan: StageExecutionPlan): string {
  const rows = plan.stages.flatMap(stageRows);
  const notes = plan.decisions
    .filter(({ reason }) => reason !== 'switch_on')
    .map((decision) => [
      '',
      String(decision.stage ?? decision.pass),
      decision.outcome,
      '',
      sayDecision(decision, plan.sequence.id),
    ]);
  const warnings = plan.warnings.map((warning) => `warning: ${visible(sayWarning(warning))}\n`);
  return `${align([['#', 'stage', 'takes', 'gives', 'settings'], ...rows, ...notes])}\n${warnings.join('')}`;
}

/** Rows of cells as lines, each column as wide as its widest cell. A cell stays on its line, whatever is in it. */
export function align(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) => row.map(visible));
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(width(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function stageRows(stage: StageExecution): readonly (readonly string[])[] {
  const [first = '', ...more] = settings(stage.stage_config);
  return [
    [String(stage.order_index + 1), stage.stage_type, takes(stage.input), gives(stage), first],
    ...more.map((text) => ['', '', '', '', text]),
  ];
}

function takes(input: StageExecution['input']): string {
  if (input.source === 'none') return 'nothing';
  return input.source === 'stage' ? input.stage_id : (input.image ?? 'an image');
}

function gives({ output_size, images_out }: StageExecution): string {
  return images_out === 1 ? saySize(output_size) : `${images_out} of ${saySize(output_size)}`;
}

function settings(config: Config): readonly string[] {
  switch (config.stage_type) {
    case 'txt2img':
      return [`${sampling(config)}, ${saySize(config)}`, ...refiner(config), ...hires(config)];
    case 'img2img': {
      const { width, height, denoising_strength, mask } = config;
      const size = width === null || height === null ? 'the size that comes in' : saySize({ width, height });
      return [
        `${sampling(config)}, ${size}, denoise ${denoising_strength}`,
        ...(mask === null ? [] : [`only what ${mask.image ?? 'a mask'} shows`]),
        ...hires(config),
      ];
    }
    case 'upscale':
      return [
        `${enlarging(config.upscale_factor, config.resize_to)} ${config.upscaler}`,
        ...faces(config),
        ...redraw(config),
      ];
    case 'adetailer':
      return config.detectors.map((detector) => `${detector.model}, denoise ${detector.denoising_strength}`);
  }
}

function sampling({ model, steps, sampler_name, scheduler, cfg_scale }: Sampling): string {
  return `${model ?? 'the loaded model'}, ${steps} steps ${sampler_name} ${scheduler}, cfg ${cfg_scale}`;
}

function refiner(config: ConfigOf<'txt2img'>): readonly string[] {
  if (!config.refiner_enabled) return [];
  const pass = config.refiner_pass === 'first' ? '' : `, in ${sayRefinerPass(config.refiner_pass)}`;
  return [`refiner ${config.refiner_model_name} from ${config.refiner_switch_at}${pass}`];
}

function hires(config: ConfigOf<'txt2img' | 'img2img'>): readonly string[] {
  if (!config.hires_enabled) return [];
  const { hires_upscale_factor, hires_resize_to, hires_upscaler_name, hires_denoise, hires_steps } = config;
  const size = enlarging(hires_upscale_factor, hires_resize_to);
  return [`hires fix ${size} ${hires_upscaler_name}, ${hires_steps} steps, denoise ${hires_denoise}`];
}

function enlarging(factor: number | null, exact: Size | null): string {
  return exact === null ? `${factor}x` : `to ${saySize(exact)} by`;
}

function faces({ gfpgan_visibility, codeformer_visibility }: ConfigOf<'upscale'>): readonly string[] {
  return [
    ...(gfpgan_visibility > 0 ? [`GFPGAN ${gfpgan_visibility}`] : []),
    ...(codeformer_visibility > 0 ? [`CodeFormer ${codeformer_visibility}`] : []),
  ];
}

function redraw({ redraw: again }: ConfigOf<'upscale'>): readonly string[] {
  return again === null ? [] : [`redrawn: ${sampling(again)}, denoise ${again.denoising_strength}`];
}
