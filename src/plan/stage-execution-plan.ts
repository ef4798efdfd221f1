import { z } from 'zod';
import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import { JsonObject } from '../json.ts';
import type { DeepReadonly } from '../readonly.ts';
import { Decision } from '../route/decisions.ts';
import { stageTypes } from '../sequence/stage-types.ts';
import { StageConfig } from './stage-config.ts';

/** The format of the plans that this version writes and reads. */
export const formatVersion = '2.0-draft';

/** Where a stage takes its image from: nowhere, an existing image, or an earlier stage. */
export const StageInput = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('none') }),
  z.strictObject({
    source: z.literal('external'),
    image: z.string().nullable().describe('The input_image of the run. null: the runner brings it.'),
  }),
  z.strictObject({ source: z.literal('stage'), stage_id: z.string() }),
]);
export type StageInput = DeepReadonly<z.output<typeof StageInput>>;

/** One stage of a plan. */
export const StageExecution = executionOf(z.enum(stageTypes(canonicalSequence)), StageConfig);
export type StageExecution = DeepReadonly<z.output<typeof StageExecution>>;

/** An ordered, validated plan: an order that its sequence accepts, with the settings of every stage. */
export const StageExecutionPlan = planOf(StageExecution);
export type StageExecutionPlan = DeepReadonly<z.output<typeof StageExecutionPlan>>;

/** The schema of a stage whose type and config are these. */
export function executionOf<Type extends z.ZodType, Config extends z.ZodType>(
  stage_type: Type,
  stage_config: Config,
) {
  return z.strictObject({
    id: z.string().describe('order_index + 1 and the stage type: "1-txt2img".'),
    order_index: z.int().min(0),
    stage_type,
    input: StageInput,
    requires_input_image: z.boolean(),
    produces_output_image: z.boolean(),
    stage_config,
  });
}

/** The schema of a plan of such stages. */
export function planOf<Stage extends z.ZodType>(stage: Stage) {
  return z.strictObject({
    format_version: z.literal(formatVersion),
    run_id: z.string().nullable(),
    metadata: JsonObject,
    sequence: z.strictObject({
      id: z.string(),
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe('SHA-256 of the machine.'),
    }),
    events: z.array(z.string()).describe('The events that lead from the start of the sequence to its end.'),
    stages: z.array(stage).min(1),
    decisions: z.array(Decision).describe('What became of every stage and pass of the sequence.'),
  });
}
