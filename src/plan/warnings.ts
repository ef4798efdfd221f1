import * as z from 'zod';
import { JsonValue } from '../json.ts';
import type { DeepReadonly } from '../readonly.ts';
import { Size } from '../size.ts';

const from = Size.describe('The size before.');
const to = Size.describe('The size after.');
const stage_id = z.string().describe('The stage that it is about.');

/** The fields that a run can state to no effect. A stage that is like a known one has its own under its own name. */
const fieldWithoutEffect = z.union([
  z.enum([
    'input_image_size',
    'refiner_pass',
    'hires_upscale_factor',
    'hires_resize_to',
    'hires_upscaler_name',
    'backend_options',
    'adetailer_backend_options',
    'img2img.backend_options',
    'img2img.mask',
    'upscale.backend_options',
  ]),
  z.string().regex(/^\w+(?:\.redraw|\.mask|[._]backend_options)$/),
]);

/**
 * What a plan does that its author may not expect. `code` is closed: a new one is a new version of the library.
 *
 * Codes and fields only: `sayWarning` says it in words.
 */
export const PlanWarning = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('unused_input_image').describe('No stage of the plan takes the input_image.'),
    input_image: z.string().describe('That of the run.'),
  }),
  z.strictObject({
    code: z.literal('unnamed_input_image').describe('The plan starts from an image that is not named.'),
    stage_id,
  }),
  z.strictObject({
    code: z.literal('unnamed_mask').describe('A mask is asked for, and its image is not named.'),
    stage_id,
  }),
  z.strictObject({
    code: z.literal('no_effect').describe('A setting of the run counts nowhere in this plan.'),
    field: fieldWithoutEffect.describe('Its path in the RunConfig: "upscale.redraw".'),
    value: JsonValue.describe('Its value in the RunConfig.'),
    like: z
      .enum(['img2img', 'upscale', 'adetailer'])
      .describe('Of a stage that is not planned, the known stage that it is like. Left out: it is none such.')
      .optional(),
  }),
  z.strictObject({
    code: z.literal('picture_shrinks').describe('A stage gives a smaller picture than it takes.'),
    stage_id,
    from,
    to,
  }),
  z.strictObject({
    code: z.literal('shape_changes').describe('An exact size cuts off a part of the picture.'),
    stage_id,
    from,
    to,
  }),
  z.strictObject({
    code: z.literal('picture_stretches').describe('img2img brings the picture to a size of another shape.'),
    stage_id,
    from,
    to,
  }),
  z.strictObject({
    code: z.literal('hires_in_upscale').describe('Hires fix works in an upscale, as its redraw.'),
    stage_id,
  }),
  z.strictObject({
    code: z
      .literal('redraws_everything')
      .describe('So few steps that what is redrawn is drawn from noise alone.'),
    stage_id,
    steps: z.int().describe('Those of the stage.'),
    denoising_strength: z.number().describe('That of the stage.'),
  }),
  z.strictObject({
    code: z
      .literal('batch_ignored')
      .describe('No stage generates: the plan makes one picture of one, whatever the batch.'),
    stage_id,
    batch_size: z.int().min(1).describe('That of the run.'),
    n_iter: z.int().min(1).describe('That of the run.'),
  }),
  z.strictObject({
    code: z
      .literal('refiner_is_base')
      .describe('The refiner takes over from the same checkpoint, so nothing is refined.'),
    stage_id,
    model: z.string().describe('The checkpoint.'),
  }),
  z.strictObject({
    code: z
      .literal('refiner_is_late')
      .describe('So few steps that none is left for the refiner, where a backend counts steps.'),
    stage_id,
    refiner_switch_at: z.number().describe('That of the stage.'),
  }),
]);
export type PlanWarning = DeepReadonly<z.output<typeof PlanWarning>>;
