import type { Material } from '../machines/sequence-vocabulary.ts';
import type { RunConfig } from './run-config.ts';
import { isStageType, stageConfig } from './stage-config.ts';
import type { StageExecution, StageInput } from './stage-execution-plan.ts';
import type { Walk } from './walk.ts';

/** A stage's place in a plan: all of it that follows from the walk, whatever the settings are. */
export type StagePlace = Omit<StageExecution, 'stage_config'>;

/** The stages of a run along its walk, each with its settings. Frozen as they are made: one walk over the finished plan costs more than building it. */
export function stageExecutions(walk: Walk, run: RunConfig): readonly StageExecution[] {
  const stages = stagePlaces(walk, run.input_image).map((place) =>
    Object.freeze(Object.assign(place, { stage_config: stageConfig(place.stage_type, run) })),
  );
  return Object.freeze(stages);
}

/** The places of a walk's stages: their ids, their order, and which image each of them takes. */
export function stagePlaces(walk: Walk, inputImage: string | null): readonly StagePlace[] {
  const places: StagePlace[] = [];
  for (const { stage, meta } of walk.steps) {
    if (stage === null) continue;
    if (!isStageType(stage)) throw new TypeError(`stageplan has no settings for a stage "${stage}".`);
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
