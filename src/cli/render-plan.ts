import { sayRefinerPass } from '../plan/say-refiner-pass.ts';
import { saySize, sayWarning } from '../plan/say-warning.ts';
import { countOf } from '../plan/say-work.ts';
import type { StageConfig } from '../plan/stage-config.ts';
import type { StageExecution, StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import type { DeepReadonly } from '../readonly.ts';
import { sayDecision } from '../route/sentences.ts';
import type { Size } from '../size.ts';
import { lines, type Row, table, warningCount, warningLines } from './layout.ts';
import type { Look } from './look.ts';

type Config = DeepReadonly<StageConfig>;
type ConfigOf<Type extends Config['stage_type']> = Extract<Config, { readonly stage_type: Type }>;
type Sampling = Pick<Config, 'model' | 'steps' | 'sampler_name' | 'scheduler' | 'cfg_scale'>;

/** A plan as a table: one row for each stage, then what was skipped or moved and why, the warnings, and the whole in one line. */
export function renderPlan(plan: StageExecutionPlan, look: Look): string {
  const rows = plan.stages.flatMap(stageRows).map((cells) => ({ cells }));
  const notes = plan.decisions
    .filter(({ reason }) => reason !== 'switch_on')
    .map((decision): Row => {
      const name = String(decision.stage ?? decision.pass);
      const skipped = decision.outcome === 'skipped';
      return {
        cells: [skipped ? '-' : '', name, decision.outcome, '', sayDecision(decision, plan.sequence.id)],
        skipped,
      };
    });
  return lines([
    table(['#', 'stage', 'takes', 'gives', 'settings'], [...rows, ...notes], look),
    '',
    ...warningLines(plan.warnings.map(sayWarning), look),
    sayPlan(plan),
  ]);
}

/** A plan in one line: "4 stages, 832 x 1216 -> 2496 x 3648, 1 warning". */
function sayPlan({ stages, warnings }: StageExecutionPlan): string {
  const from = stages.slice(0, 1).map(beginning);
  const to = stages.slice(-1).map(gives);
  return [
    countOf(stages.length, 'stage'),
    [...new Set([...from, ...to])].join(' -> '),
    ...warningCount(warnings),
  ].join(', ');
}

/** The size that a plan begins with: of the image that comes in, or of what is generated before any pass. */
function beginning({ input_size, stage_config }: StageExecution): string {
  return saySize(stage_config.stage_type === 'txt2img' ? stage_config : input_size);
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

/** The images that a stage gives: "2 of 832 x 1216". */
export function gives({
  output_size,
  images_out,
}: Pick<StageExecution, 'output_size' | 'images_out'>): string {
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
