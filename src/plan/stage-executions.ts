import type { Material } from '../../machines/sequence-vocabulary.ts';
import type { RunConfig } from '../config/run-config.ts';
import type { StageCatalog } from '../planner/catalog.ts';
import { InvalidSequenceError } from '../sequence/invalid-sequence-error.ts';
import type { Walk } from '../sequence/walk.ts';
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
 * @throws {InvalidSequenceError} when the walk has a stage that the catalog does not know.
 */
export function stageExecutions(
  walk: Walk,
  run: RunConfig,
  catalog: StageCatalog,
): readonly StageExecution[] {
  const stages = stagePlaces(walk, run.input_image).map((place) => {
    const stage_config = catalog.stageConfig(place.stage_type, run);
    if (stage_config === undefined) throw unknownStage(place.stage_type);
    return Object.freeze(Object.assign(place, { stage_type: stage_config.stage_type, stage_config }));
  });
  return Object.freeze(stages);
}

/** The places of a walk's stages: their ids, their order, and which image each of them takes. */
export function stagePlaces(walk: Walk, inputImage: string | null): readonly StagePlace[] {
  const places: StagePlace[] = [];
  for (const { stage, meta } of walk.steps) {
    if (stage === null) continue;
    places.push({
      id: `${places.length + 1}-${stage}`,
      order_index: places.length,
      stage_type: stage,
      input: Object.freeze(inputOf(meta.takes, places.at(-1)?.id, inputImage)),
      requires_input_image: meta.takes === 'image',
      produces_output_image: meta.gives === 'image',
    });
  }
  return places;
}

function inputOf(takes: Material, previous: string | undefined, image: string | null): StageInput {
  if (takes !== 'image') return { source: 'none' };
  return previous === undefined ? { source: 'external', image } : { source: 'stage', stage_id: previous };
}

function unknownStage(stage: string): InvalidSequenceError {
  const message = `The stage ${stage} has no settings. Define it with defineStage, and plan with definePlanner.`;
  return new InvalidSequenceError('The machine', [{ code: 'unknown_stage', state: stage, message }]);
}
