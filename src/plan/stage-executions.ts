import type { Material } from '../../machines/vocabulary.ts';
import type { RunConfig } from '../config/run-config.ts';
import { InvalidSequenceError } from '../sequence/invalid-sequence-error.ts';
import type { WalkedStage } from '../sequence/walk.ts';
import { canCarry } from './passes.ts';
import type { StageConfigOf } from './stage-config.ts';
import type { StageExecution, StageInput } from './stage-execution-plan.ts';

/** A stage's place in a plan: all of it that follows from the walk, whatever the settings are. */
export interface StagePlace extends Omit<StageExecution, 'stage_config' | 'stage_type'> {
  readonly stage_type: string;
}

/**
 * The stages of a run along its walk, each with its settings.
 *
 * Frozen as they are made: to walk over the finished plan takes longer than to build it.
 *
 * @throws {InvalidSequenceError} when the walk has a stage that is not known, or a pass that its stage cannot carry.
 */
export function stageExecutions(
  walked: readonly WalkedStage[],
  run: RunConfig,
  stageConfig: StageConfigOf,
): readonly StageExecution[] {
  const stages: StageExecution[] = [];
  for (const each of walked) {
    const { stage, passes } = each;
    const place = stagePlace(each, stages.length, stages.at(-1)?.id, run.input_image);
    const stage_config = stageConfig(stage, run, passes);
    if (stage_config === undefined) throw unknownStage(stage);
    const pass = passes.find((taken) => !canCarry(stage, taken));
    if (pass !== undefined) throw new InvalidSequenceError('The machine', [unknownPass(stage, pass)]);
    stages.push(Object.freeze(Object.assign(place, { stage_type: stage_config.stage_type, stage_config })));
  }
  return Object.freeze(stages);
}

/** The places of a walk's stages: their ids, their order, and which image each of them takes. */
export function stagePlaces(
  stages: readonly WalkedStage[],
  inputImage: string | null,
): readonly StagePlace[] {
  return stages.map((walked, index) => stagePlace(walked, index, stages[index - 1]?.id, inputImage));
}

/** What is said of a pass inside a stage whose config cannot carry it. */
export function unknownPass(stage: string, pass: string) {
  const message = `The pass ${pass} happens inside ${stage}, whose settings have no place for it.`;
  return { code: 'unknown_pass', state: stage, message } as const;
}

function stagePlace(
  { id, stage, meta }: WalkedStage,
  index: number,
  previous: string | undefined,
  inputImage: string | null,
): StagePlace {
  return {
    id,
    order_index: index,
    stage_type: stage,
    input: Object.freeze(inputOf(meta.takes, previous, inputImage)),
    requires_input_image: meta.takes === 'image',
    produces_output_image: meta.gives === 'image',
  };
}

function inputOf(takes: Material, previous: string | undefined, image: string | null): StageInput {
  if (takes !== 'image') return { source: 'none' };
  return previous === undefined ? { source: 'external', image } : { source: 'stage', stage_id: previous };
}

function unknownStage(stage: string): InvalidSequenceError {
  const message = `The stage ${stage} has no settings. Define it with defineStage, and plan with definePlanner.`;
  return new InvalidSequenceError('The machine', [{ code: 'unknown_stage', state: stage, message }]);
}
