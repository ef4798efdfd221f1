import * as z from 'zod';
import type { WebuiCheck } from '../compile/webui/checks.ts';
import type { WebuiPath } from '../compile/webui/tables/webui-table.ts';
import { JsonObject, JsonValue } from '../json.ts';
import { StageInput } from '../plan/stage-execution-plan.ts';
import type { DeepReadonly } from '../readonly.ts';

const paths = [
  '/sdapi/v1/txt2img',
  '/sdapi/v1/img2img',
  '/sdapi/v1/extra-single-image',
  '/sdapi/v1/detail',
] as const satisfies readonly WebuiPath[];

const Check = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('images'), count: z.number() }),
  z.strictObject({ code: z.literal('size'), width: z.number(), height: z.number() }),
  z.strictObject({ code: z.literal('model'), model: z.string() }),
  z.strictObject({ code: z.literal('shown_model'), model: z.string() }),
  z.strictObject({ code: z.literal('sampler'), sampler: z.string() }),
  z.strictObject({
    code: z.literal('parameter'),
    keys: z.array(z.string()),
    value: z.string().nullable(),
  }),
  z.strictObject({ code: z.literal('no_parameter'), key: z.string() }),
]) satisfies z.ZodType<WebuiCheck>;

const ImageFrom = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('external'), image: z.string().nullable() }),
  z.strictObject({ source: z.literal('request'), id: z.string(), image: z.int().min(0) }),
]);

const WebuiWarning = z.strictObject({
  code: z.literal('other_steps'),
  stage_id: z.string(),
  field: z.string(),
  planned: z.number(),
  run: z.number(),
});

/** A request as it comes back from Redis: the path is one of those that compilers make, so that none leads elsewhere. */
const Request = z.strictObject({
  id: z.string(),
  stage_id: z.string(),
  method: z.literal('POST'),
  path: z.enum(paths),
  body: JsonObject,
  image_from: ImageFrom.nullable(),
  image_field: z.enum(['init_images', 'image']).nullable(),
  image_result: z.enum(['images', 'image']),
  keeps_image: z.boolean(),
  checks: z.array(Check),
  warnings: z.array(WebuiWarning),
});

/** The stage of a job: what every stage has. Its settings are those of its type, one's own too. */
const QueuedStage = z.looseObject({
  id: z.string(),
  stage_type: z.string(),
  input: StageInput,
  keeps_image: z.boolean(),
  stage_config: JsonObject,
});

const plan = z.string().regex(/^[0-9a-f]{64}$/);

/** The data of a job for a WebUI: one stage, and all its requests in the order in which they are sent. */
const WebuiStageJob = z.strictObject({
  plan: plan.describe('The fingerprint of the plan.'),
  target: z.enum(['a1111', 'reforge', 'forge', 'sdnext']),
  stage: QueuedStage,
  requests: z.array(Request).min(1),
});

/** The data of a job for ComfyUI, which takes the whole graph of a plan. */
const ComfyPlanJob = z.strictObject({
  plan: plan.describe('The fingerprint of the plan.'),
  target: z.literal('comfyui'),
  stage_ids: z.array(z.string()).min(1).describe('The stages of the graph, in their order.'),
  prompt: z.record(
    z.string(),
    z.strictObject({
      class_type: z.string(),
      inputs: z.record(z.string(), JsonValue),
      _meta: z.strictObject({ title: z.string() }).optional(),
    }),
  ),
});

/** The data of a job. `target` tells whether it is a stage for a WebUI or a plan for ComfyUI. */
export const StageJob = z.discriminatedUnion('target', [WebuiStageJob, ComfyPlanJob]);
export type StageJob = DeepReadonly<z.output<typeof StageJob>>;

/** The id of the job that does a stage: that of the first one where a job does a whole plan. */
export function jobId(fingerprint: string, stageId: string): string {
  return `${fingerprint}-${stageId}`;
}

/** The stage that a job is named by. */
export function stageIdOf(job: StageJob): string {
  return job.target === 'comfyui' ? String(job.stage_ids[0]) : job.stage.id;
}
