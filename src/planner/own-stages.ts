import { z } from 'zod';
import { lacksRefinerModel, RunConfig, refinerModelRequired, sections } from '../config/run-config.ts';
import { StageConfig, stageConfig } from '../plan/stage-config.ts';
import { executionOf, planOf } from '../plan/stage-execution-plan.ts';
import {
  hiresOff,
  noHires,
  noRefiner,
  refinerOff,
  sharedFields,
  stageFields,
} from '../plan/stages/stage-fields.ts';
import { switchOf } from '../route/wanted-events.ts';
import type { SequenceProblem } from '../sequence/invalid-sequence-error.ts';
import type { StageSequence } from '../sequence/sequence.ts';
import { stageTypes } from '../sequence/stage-types.ts';
import { keysOf, type StageCatalog } from './catalog.ts';
import type { StageDefinition } from './define-stage.ts';

/** What keeps stages of one's own from being added: clashes of names, and stages that nobody defined. */
export function stageProblems(
  sequence: StageSequence,
  stages: readonly StageDefinition[],
): readonly SequenceProblem[] {
  const names = stages.map(({ stage_type }) => stage_type);
  const taken = new Set(Object.keys(RunConfig.shape));
  const clash = (state: string, message: string): SequenceProblem => ({ code: 'clash', state, message });
  return [
    ...stages.flatMap(({ stage_type, switch: name }, index) => [
      ...(/^\w+$/.test(stage_type)
        ? []
        : [clash(stage_type, `"${stage_type}" is no stage type: use letters, digits and _.`)]),
      ...(names.indexOf(stage_type) === index ? [] : [clash(stage_type, `${stage_type} is defined twice.`)]),
      ...(name === switchOf(`stage.${stage_type}`)
        ? []
        : [
            clash(
              stage_type,
              `The switch of ${stage_type} is ${switchOf(`stage.${stage_type}`)}, not ${name}.`,
            ),
          ]),
      ...[stage_type, name]
        .filter((key) => taken.has(key))
        .map((key) => clash(stage_type, `${key} is a field of every RunConfig already.`)),
    ]),
    ...stageTypes(sequence)
      .filter((stage) => !names.includes(stage) && stageConfig(stage, RunConfig.parse({})) === undefined)
      .map(
        (stage): SequenceProblem => ({
          code: 'unknown_stage',
          state: stage,
          message: `${stage} is a stage of ${sequence.id}, but no definition of it was given.`,
        }),
      ),
  ];
}

/** The catalog of the known stages and these. */
export function catalogWith(sequence: StageSequence, stages: readonly StageDefinition[]): StageCatalog;
export function catalogWith(sequence: StageSequence, stages: readonly StageDefinition[]): object {
  const types = z.enum(stageTypes(sequence));
  const switches = stages.map(({ switch: name }) => [name, z.boolean().default(false)] as const);
  const settings = stages.map(({ stage_type, settings }) => [stage_type, settings.prefault({})] as const);
  const Extended = z
    .strictObject({
      ...RunConfig.shape,
      stage_order: z.array(types).optional(),
      ...Object.fromEntries(switches),
      ...Object.fromEntries(settings),
    })
    .refine((run) => !lacksRefinerModel(run), {
      path: ['refiner_model_name'],
      error: refinerModelRequired,
      params: { crossField: true },
    });
  const configs = stages.map(({ stage_type, switch: name, settings }) =>
    z.strictObject({
      stage_type: z.literal(stage_type),
      [name]: z.literal(true),
      ...stageFields,
      ...refinerOff,
      ...hiresOff,
      settings,
    }),
  );
  const own = new Map(stages.map((definition) => [definition.stage_type, definition.switch]));
  return {
    RunConfig: Extended,
    StageExecutionPlan: planOf(
      executionOf(types, z.discriminatedUnion('stage_type', [...StageConfig.options, ...configs])),
    ),
    keys: keysOf({
      '': Extended,
      ...sections,
      ...Object.fromEntries(stages.map(({ stage_type, settings }) => [stage_type, settings])),
    }),
    stageConfig: (stage: string, run: RunConfig) => {
      const name = own.get(stage);
      if (name === undefined) return stageConfig(stage, run);
      return Object.freeze(
        Object.assign(sharedFields(stage, run), { [name]: true }, noRefiner, noHires, {
          settings: Reflect.get(run, stage),
        }),
      );
    },
  };
}
