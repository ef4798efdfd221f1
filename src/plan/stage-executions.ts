import type { Material } from '../../machines/vocabulary.ts';
import { upscalerProblems } from '../config/cross-problems.ts';
import type { ConfigProblem } from '../config/invalid-run-config-error.ts';
import type { RunConfig } from '../config/run-config.ts';
import { InvalidSequenceError, type SequenceProblem } from '../sequence/invalid-sequence-error.ts';
import type { WalkedStage } from '../sequence/walk.ts';
import { type Size, sideBounds } from '../size.ts';
import { canCarry } from './passes.ts';
import { outputSize, workingSize } from './sizes.ts';
import { isStageType, type StageConfig, type StageConfigOf } from './stage-config.ts';
import type { StageExecution, StageInput } from './stage-execution-plan.ts';
import { frozenSize } from './stages/stage-fields.ts';

/** What a plan needs to know of the stages that it can have. */
export interface StageKinds {
  readonly stageConfig: StageConfigOf;
  /** The stages of one's own that give images of the size that they take. */
  readonly keepingSize: ReadonlySet<string>;
}

/** The stages of a run, or what of the run cannot be carried out along its walk. */
export interface StageExecutions {
  readonly stages: readonly StageExecution[];
  readonly problems: readonly ConfigProblem[];
}

/**
 * The stages of a run along its walk, each with its settings, the sizes and the number of its images.
 *
 * Frozen as they are made: to walk over the finished plan takes longer than to build it.
 *
 * @throws {InvalidSequenceError} when the walk has a stage that is not known, or a pass that its stage cannot carry.
 */
export function stageExecutions(
  walked: readonly WalkedStage[],
  run: RunConfig,
  kinds: StageKinds,
  sequenceId: string,
): StageExecutions {
  const stages: StageExecution[] = [];
  const problems: ConfigProblem[] = [];
  let firstPass: Size | null = null;
  for (const each of walked) {
    const { id, stage, passes, opened, meta } = each;
    const before = stages.at(-1);
    const input = inputOf(meta.takes, before?.id, run.input_image);
    const incoming = sizeIn(meta.takes, before, run);
    const stage_config = kinds.stageConfig(stage, run, {
      passes,
      opened,
      starts: input.source !== 'stage',
      generates: input.source === 'none',
      incoming,
      firstPass: firstPass ?? { width: run.width, height: run.height },
    });
    if (stage_config === undefined) throw unknownStage(sequenceId, stage);
    const like = stage_config.stage_type;
    const pass = passes.find((taken) => !canCarry(like, taken));
    if (pass !== undefined) throw new InvalidSequenceError(sequenceId, [unknownPass(stage, pass)]);
    firstPass ??= passSize(stage_config);
    const output_size = sizeOut(stage_config, incoming, kinds, stage);
    if (stage_config.stage_type === 'upscale' && stage_config.redraw === null)
      problems.push(...upscalerProblems(stage, stage_config.upscaler));
    // What follows is too large by the same fault.
    if (
      !problems.some(({ code }) => code === 'out_of_range') &&
      output_size !== null &&
      !isInBounds(output_size)
    )
      problems.push(tooLarge(each, like, output_size));
    const images_in = imagesIn(input, before);
    const execution = {
      id,
      order_index: stages.length,
      stage_type: stage,
      ...(like !== stage && { like }),
      input: Object.freeze(input),
      requires_input_image: meta.takes === 'image',
      produces_output_image: meta.gives === 'image',
      input_size: frozenSize(meta.takes === 'image' ? incoming : null),
      output_size: frozenSize(output_size),
      images_in,
      images_out: Math.max(images_in, 1) * stage_config.batch_size * stage_config.n_iter,
      keeps_image: stages.length === walked.length - 1 || run.keep.some((kept) => kept === stage),
      stage_config,
    };
    // The type of a stage is that of its config, which tsc does not follow from one field to the other.
    stages.push(Object.freeze(execution) as StageExecution);
  }
  return { stages: Object.freeze(stages), problems: [...problems, ...keepProblems(walked, run)] };
}

/** What is said of a pass inside a stage whose config cannot carry it. */
export function unknownPass(stage: string, pass: string): SequenceProblem {
  const message = `The pass ${pass} happens inside ${stage}, whose settings have no place for it.`;
  return { code: 'unknown_pass', state: stage, message };
}

function inputOf(takes: Material, previous: string | undefined, image: string | null): StageInput {
  if (takes === 'nothing') return { source: 'none' };
  return previous === undefined ? { source: 'external', image } : { source: 'stage', stage_id: previous };
}

function sizeIn(takes: Material, before: StageExecution | undefined, run: RunConfig): Size | null {
  if (takes === 'nothing') return null;
  if (before !== undefined) return before.output_size;
  return takes === 'image' ? run.input_image_size : null;
}

function imagesIn(input: StageInput, before: StageExecution | undefined): number {
  if (input.source === 'none') return 0;
  return before === undefined ? 1 : before.images_out;
}

/** The size at which a generation works. */
function passSize(config: StageConfig): Size | null {
  if (config.stage_type !== 'txt2img' && config.stage_type !== 'img2img') return null;
  return workingSize(config);
}

function sizeOut(
  config: StageConfig,
  incoming: Size | null,
  { keepingSize }: StageKinds,
  stage: string,
): Size | null {
  if (isStageType(config.stage_type)) return outputSize(config, incoming);
  return keepingSize.has(stage) ? incoming : null;
}

function isInBounds({ width, height }: Size): boolean {
  return width <= sideBounds.most && height <= sideBounds.most;
}

/** The factor at fault is that of the stage's own enlarging; where a pass opened the stage, hires fix enlarges. */
function tooLarge({ stage, opened }: WalkedStage, like: string, { width, height }: Size): ConfigProblem {
  const path = like === 'upscale' && !opened ? [stage, 'upscale_factor'] : ['hires_upscale_factor'];
  const message = `${path.join('.')} makes a picture of ${width} x ${height} pixels: no side can be over ${sideBounds.most}.`;
  return { path, code: 'out_of_range', message };
}

function keepProblems(walked: readonly WalkedStage[], { keep }: RunConfig): readonly ConfigProblem[] {
  const planned = new Set(walked.map(({ stage }) => stage));
  return keep.flatMap((stage, index): readonly ConfigProblem[] => {
    if (planned.has(stage)) return [];
    const message = `keep[${index}] is ${stage}, which is not planned: the planned stages are ${[...planned].join(', ')}.`;
    return [{ path: ['keep', index], code: 'not_allowed', message }];
  });
}

function unknownStage(sequenceId: string, stage: string): InvalidSequenceError {
  const message = `The stage ${stage} has no settings. Define it with defineStage, and plan with definePlanner.`;
  return new InvalidSequenceError(sequenceId, [{ code: 'unknown_stage', state: stage, message }]);
}
