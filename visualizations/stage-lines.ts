import { z } from 'zod';
import { RefinerPass } from '../src/config/refiner-settings.ts';
import { sayRefinerPass } from '../src/plan/say-refiner-pass.ts';
import { saySize } from '../src/plan/say-warning.ts';
import { countOf } from '../src/plan/say-work.ts';
import { type Walk, walkedStages } from '../src/sequence/walk.ts';

const text = z.string().nullable().catch(null);
const number = z.number().nullable().catch(null);
const size = z.object({ width: z.number(), height: z.number() }).nullable().catch(null);

/** What a picture says of a stage. What a plan from a file lacks, or has of another kind, is not said. */
const DrawnStage = z.object({
  input_size: size,
  output_size: size,
  images_out: number,
  stage_config: z.object({
    steps: number,
    model: text,
    denoising_strength: number,
    width: number,
    height: number,
    refiner_model_name: text,
    refiner_switch_at: number,
    refiner_pass: RefinerPass.nullable().catch(null),
    hires_enabled: z.boolean().catch(false),
    hires_steps: number,
    hires_denoise: number,
    hires_upscaler_name: text,
    upscaler: text,
    redraw: z.object({ steps: number, denoising_strength: number }).nullable().catch(null),
    detectors: z.array(z.object({ model: z.string() })).catch([]),
  }),
});
export type DrawnStage = z.output<typeof DrawnStage>;

/** Reads the stages of a plan as far as they can be read. */
export function readStages(stages: readonly unknown[]): readonly DrawnStage[] {
  return z.array(DrawnStage).catch([]).parse(stages);
}

/** The settings with which each state of a walk is passed, by the state's name. A stage's first state has the stage's own. */
export function settingsAlong(
  walk: Walk,
  stages: readonly DrawnStage[],
): Readonly<Record<string, readonly string[]>> {
  const stateBehind = new Map(
    walk.steps.map((step, index) => [step, walk.steps[index + 1]?.from ?? walk.state]),
  );
  const said = walkedStages(walk).flatMap(({ steps }, index) => {
    const stage = stages[index];
    if (stage === undefined) return [];
    return steps.map((step, place) => {
      const lines = place === 0 ? stageLines(stage) : passLines(step.pass, stage);
      return [String(stateBehind.get(step)), lines] as const;
    });
  });
  return Object.fromEntries(said);
}

/** What a plan gives in the end: "1 image of 832 x 1216", or null where it is unknown. */
export function sayResult(stages: readonly DrawnStage[]): string | null {
  const last = stages.at(-1);
  if (last === undefined || last.images_out === null || last.output_size === null) return null;
  return `${countOf(last.images_out, 'image')} of ${saySize(last.output_size)}`;
}

function stageLines({ stage_config: config, input_size, output_size }: DrawnStage): readonly string[] {
  const { detectors, upscaler, redraw } = config;
  if (detectors.length > 0) {
    const models = detectors.map(({ model }) => modelName(model)).join(', ');
    return [countOf(detectors.length, 'detector'), models, saySizes(input_size, output_size)];
  }
  if (upscaler !== null) {
    const again =
      redraw === null ? 'not redrawn' : `redrawn: ${sayWork(redraw.steps, redraw.denoising_strength)}`;
    return [again, upscaler, saySizes(input_size, output_size)];
  }
  const drawn = config.hires_enabled ? workedAt(config) : output_size;
  return [
    sayWork(config.steps, config.denoising_strength),
    modelName(config.model ?? 'the loaded model'),
    saySizes(input_size, drawn),
  ];
}

function passLines(pass: string | null, { stage_config: config, ...stage }: DrawnStage): readonly string[] {
  if (pass === 'refiner') {
    const where = config.refiner_pass === null ? '' : `in ${sayRefinerPass(config.refiner_pass)}`;
    return [
      where,
      modelName(config.refiner_model_name ?? ''),
      `from ${config.refiner_switch_at} of the steps`,
    ];
  }
  if (config.hires_enabled) {
    const { hires_steps, hires_denoise, hires_upscaler_name } = config;
    const sizes = saySizes(workedAt(config), stage.output_size);
    return [sayWork(hires_steps, hires_denoise), hires_upscaler_name ?? '', sizes];
  }
  return config.redraw === null ? [] : [sayWork(config.redraw.steps, config.redraw.denoising_strength)];
}

/** The name of a model without its folder and the ending of its file, which fill a box and tell nothing. */
function modelName(model: string): string {
  return model.replace(/^.*[/\\]/, '').replace(/\.(?:safetensors|ckpt|pth?)$/, '');
}

function workedAt({ width, height }: DrawnStage['stage_config']): DrawnStage['output_size'] {
  return width === null || height === null ? null : { width, height };
}

function sayWork(steps: number | null, strength: number | null): string {
  const counted = steps === null ? [] : [countOf(steps, 'step')];
  return [...counted, ...(strength === null ? [] : [`denoise ${strength}`])].join(', ');
}

function saySizes(from: DrawnStage['input_size'], to: DrawnStage['output_size']): string {
  const result = to === null ? 'its own size' : saySize(to);
  return from === null ? `\u2192 ${result}` : `${saySize(from)} \u2192 ${result}`;
}
