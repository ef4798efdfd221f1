import * as z from 'zod';
import { JsonObject } from '../json.ts';
import type { DeepReadonly } from '../readonly.ts';
import { Decision } from '../route/decision.ts';
import { Size } from '../size.ts';
import { formatVersion } from './format-version.ts';
import type { LikeType } from './like-stages.ts';
import { AdetailerConfig } from './stages/adetailer.ts';
import { Img2imgConfig } from './stages/img2img.ts';
import { Txt2imgConfig } from './stages/txt2img.ts';
import { UpscaleConfig } from './stages/upscale.ts';
import { PlanWarning } from './warnings.ts';

/** Where a stage takes its image from: nowhere, an existing image, or an earlier stage. */
export const StageInput = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('none').describe('It takes no image.') }),
  z.strictObject({
    source: z.literal('external').describe('It takes an existing image.'),
    image: z.string().nullable().describe('The input_image of the run. null: the runner brings it.'),
  }),
  z.strictObject({
    source: z.literal('stage').describe('It takes each image of an earlier stage.'),
    stage_id: z.string().describe('The id of that stage.'),
  }),
]);
export type StageInput = DeepReadonly<z.output<typeof StageInput>>;

/** The schema of a stage of this type, with this config. */
export function executionOf<Type extends string, Config extends z.ZodType>(
  stage_type: Type,
  stage_config: Config,
) {
  return z.strictObject({ ...placeFields(z.literal(stage_type)), stage_config: described(stage_config) });
}

/** The schema of a stage of any name that is like a known one, whose config it has. */
function likeExecutionOf<Like extends LikeType, Config extends z.ZodType>(like: Like, stage_config: Config) {
  return z.strictObject({
    ...placeFields(z.string().regex(/^\w+$/)),
    like: z.literal(like).describe('The known stage whose settings it has.'),
    stage_config: described(stage_config),
  });
}

function described<Config extends z.ZodType>(config: Config): Config {
  return config.describe('All that it needs to run.');
}

function placeFields<Type extends z.ZodType>(stage_type: Type) {
  return {
    id: z.string().describe('Its place, counted from 1, and its type: "1-txt2img".'),
    order_index: z.int().min(0).describe('Its place, counted from 0.'),
    stage_type: stage_type.describe('What it does.'),
    input: StageInput.describe('Where its image comes from.'),
    requires_input_image: z.boolean().describe('Whether it takes an image.'),
    produces_output_image: z.boolean().describe('Whether it gives an image.'),
    input_size: Size.nullable().describe(
      'The size of the images that it takes. null: unknown, or it takes none.',
    ),
    output_size: Size.nullable().describe('The size of the images that it gives. null: unknown.'),
    images_in: z.int().min(0).describe('How many images it takes in all; it runs once for each.'),
    images_out: z.int().min(1).describe('How many images it gives in all.'),
    keeps_image: z.boolean().describe('Whether the runner should keep its images.'),
  };
}

const Txt2imgExecution = executionOf('txt2img', Txt2imgConfig);
const Img2imgExecution = executionOf('img2img', Img2imgConfig);
const UpscaleExecution = executionOf('upscale', UpscaleConfig);
const AdetailerExecution = executionOf('adetailer', AdetailerConfig);

/** What a stage has beside its config. */
type Execution<Schema extends z.ZodType> = DeepReadonly<Omit<z.output<Schema>, 'stage_config'>>;

/** A stage that generates from a prompt. */
export interface Txt2imgExecution extends Execution<typeof Txt2imgExecution> {
  readonly stage_config: Txt2imgConfig;
}
/** A stage that redraws an image. */
export interface Img2imgExecution extends Execution<typeof Img2imgExecution> {
  readonly stage_config: Img2imgConfig;
}
/** A stage that enlarges an image. */
export interface UpscaleExecution extends Execution<typeof UpscaleExecution> {
  readonly stage_config: UpscaleConfig;
}
/** A stage that repaints what detectors find. */
export interface AdetailerExecution extends Execution<typeof AdetailerExecution> {
  readonly stage_config: AdetailerConfig;
}

/** A stage that does the work of a known one a second time: it has another `stage_type`, and `like` names the known one. */
export type LikeStageExecution = {
  readonly [Like in LikeType]: Omit<Extract<StageExecution, { stage_type: Like }>, 'stage_type'> & {
    readonly stage_type: string;
    readonly like: Like;
  };
}[LikeType];

/** The schemas of the stages that are like a known one. */
const LikeExecution = z.discriminatedUnion('like', [
  likeExecutionOf('img2img', Img2imgConfig),
  likeExecutionOf('upscale', UpscaleConfig),
  likeExecutionOf('adetailer', AdetailerConfig),
]);

/** The schemas of the stages that every plan can have. */
export const stageExecutionOptions = [
  AdetailerExecution,
  Img2imgExecution,
  Txt2imgExecution,
  UpscaleExecution,
] as const;

/** One stage of a plan. `stage_type` tells the type of `stage_config`. */
export const StageExecution = z.discriminatedUnion('stage_type', stageExecutionOptions);
export type StageExecution = Txt2imgExecution | Img2imgExecution | UpscaleExecution | AdetailerExecution;

/** The schema of a plan of such stages, and of such as are like a known one. */
export function planOf<Stage extends z.ZodType>(stage: Stage) {
  return z.strictObject({
    format_version: z.literal(formatVersion).describe('The format of the plan.'),
    run_id: z.string().nullable().describe('That of the run.'),
    metadata: JsonObject.describe('That of the run, untouched.'),
    sequence: z
      .strictObject({
        id: z.string().describe("The machine's id."),
        fingerprint: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .describe('SHA-256 of what the machine decides by.'),
      })
      .describe('The sequence that decided the order.'),
    events: z.array(z.string()).describe('The events that lead from the start of the sequence to its end.'),
    stages: z
      .array(z.union([stage, LikeExecution]))
      .min(1)
      .describe('The stages, in the order in which they run.'),
    decisions: z.array(Decision).describe('What became of every stage and pass of the sequence.'),
    warnings: z.array(PlanWarning).describe('What the plan does that its author may not expect.'),
  });
}

/** An ordered, validated plan: an order that its sequence accepts, with the settings of every stage. */
export const StageExecutionPlan = planOf(StageExecution);
export interface StageExecutionPlan
  extends DeepReadonly<Omit<z.output<typeof StageExecutionPlan>, 'stages' | 'decisions' | 'warnings'>> {
  readonly stages: readonly StageExecution[];
  readonly decisions: readonly Decision[];
  readonly warnings: readonly PlanWarning[];
}

/** A plan of any planner: what every plan says, whichever stages of one's own it has. */
export interface AnyStageExecutionPlan extends Omit<StageExecutionPlan, 'stages'> {
  readonly stages: readonly AnyStageExecution[];
}
export type AnyStageExecution = Omit<UpscaleExecution, 'stage_type' | 'stage_config'> & {
  readonly stage_type: string;
  readonly stage_config: Pick<UpscaleConfig, 'seed'>;
};
