import type { StageConfig } from '../plan/stage-config.ts';
import type { StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { DeepReadonly } from '../readonly.ts';
import { sayDecision } from '../route/sentences.ts';

type Config = DeepReadonly<StageConfig>;

/** A plan as a table: one row for each stage, then what was skipped or moved, and why. */
export function renderPlan(plan: StageExecutionPlan): string {
  const rows = plan.stages.flatMap(stageRows);
  const notes = plan.decisions
    .filter(({ reason }) => reason !== 'switch_on')
    .map((decision) => [
      '',
      String(decision.stage ?? decision.pass),
      decision.outcome,
      sayDecision(decision, plan.sequence.id),
    ]);
  return `${align([['#', 'stage', 'takes', 'settings'], ...rows, ...notes])}\n`;
}

/** Rows of cells as lines, each column as wide as its widest cell. */
export function align(rows: readonly (readonly string[])[]): string {
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

function stageRows({
  order_index,
  stage_type,
  input,
  stage_config,
}: StageExecution): readonly (readonly string[])[] {
  const [first = '', ...more] = settings(stage_config);
  return [
    [String(order_index + 1), stage_type, takes(input), first],
    ...more.map((text) => ['', '', '', text]),
  ];
}

function takes(input: StageExecution['input']): string {
  if (input.source === 'none') return 'nothing';
  return input.source === 'stage' ? input.stage_id : (input.image ?? 'an image');
}

function settings(config: Config): readonly string[] {
  switch (config.stage_type) {
    case 'txt2img':
      return [sampling(config), ...refiner(config), ...hires(config)];
    case 'img2img':
      return [`${sampling(config)}, denoise ${config.denoising_strength}`];
    case 'upscale':
      return [`${config.upscale_factor}x ${config.upscaler}`, ...faces(config), ...hires(config)];
    case 'adetailer':
      return config.detectors.map((detector) => `${detector.model}, denoise ${detector.denoising_strength}`);
  }
}

function sampling({ model, steps, sampler_name, scheduler, cfg_scale, width, height }: Config): string {
  return `${model ?? 'the loaded model'}, ${steps} steps ${sampler_name} ${scheduler}, cfg ${cfg_scale}, ${width} x ${height}`;
}

function refiner(config: Config): readonly string[] {
  return config.refiner_enabled
    ? [`refiner ${config.refiner_model_name} from ${config.refiner_switch_at}`]
    : [];
}

function hires(config: Config): readonly string[] {
  if (!config.hires_enabled) return [];
  return [
    `hires fix ${config.hires_upscale_factor}x ${config.hires_upscaler_name}, denoise ${config.hires_denoise}`,
  ];
}

function faces(config: Extract<Config, { stage_type: 'upscale' }>): readonly string[] {
  const { gfpgan_visibility, codeformer_visibility } = config;
  return [
    ...(gfpgan_visibility > 0 ? [`GFPGAN ${gfpgan_visibility}`] : []),
    ...(codeformer_visibility > 0 ? [`CodeFormer ${codeformer_visibility}`] : []),
  ];
}
