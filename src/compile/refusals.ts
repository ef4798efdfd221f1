import type { JsonValue } from '../json.ts';

/** Something of a plan that a backend cannot do. `code` is closed: a new one is a new version of the library. */
export interface CompileRefusal {
  readonly code: RefusalCode;
  readonly stage_id: string;
  /** The field of the stage's config, `detectors[0].mask_k`, or of the stage itself, `images_in`. */
  readonly field: string;
  readonly value: JsonValue;
}

type Said = Omit<CompileRefusal, 'code'> & { readonly target: string };

/** What to do about each refusal, then what the backend would do. */
const sentences = {
  random_seed: ({ stage_id }) =>
    `Resolve the seeds first, with resolveSeeds(plan, randomInt): the seed of ${stage_id} is random, and what follows has to know it.`,
  unknown_size: ({ stage_id, target }) =>
    `State input_image_size: ${stage_id} needs a size that the plan does not know, and ${target} would take one of its own.`,
  several_images: ({ stage_id, value }) =>
    `Plan one image at a time, or compile with fanOut: ${stage_id} takes one image, and ${value} come in.`,
  too_many_images: ({ stage_id, value }) =>
    `Plan fewer images: ${stage_id} would be asked for ${value} times, one request each.`,
  unknown_stage: ({ value }) => `Bring a handler for ${value}: there is none for a stage of one's own.`,
  unknown_option: ({ field, target }) =>
    `Leave out ${field}: it is no setting that ${target} is sent, and servers pass over unknown ones in silence.`,
  planned_option: ({ field }) =>
    `Leave out ${field}: the plan says it, and backend options override nothing.`,
  wrong_option: ({ field, value }) =>
    `State ${field} as another type: ${JSON.stringify(value)} is not what the server reads.`,
  joined_sampler: ({ field, value }) =>
    `State the sampler and the scheduler apart: ${field} is ${JSON.stringify(value)}, which joins the two.`,
  no_sampler: ({ field, value, target }) =>
    `Take another sampler: ${target} has no equal of ${JSON.stringify(value)}, and would take one of its own for ${field}.`,
  no_scheduler: ({ field, value, target }) =>
    `Take another scheduler: ${target} has no equal of ${JSON.stringify(value)}, and would take one of its own for ${field}.`,
  own_schedule: ({ field, value, target }) =>
    `Leave ${field} at "Automatic", or take another sampler: this one has no ${JSON.stringify(value)} on ${target}, which passes over it.`,
  same_in_both_passes: ({ field, value, target }) =>
    `Give both passes the same: ${target} has no ${field} of their own for a second pass, and this one is ${JSON.stringify(value)}.`,
  empty_second_prompt: ({ field, target }) =>
    `State ${field}, if only by a space: an empty one means that of the first pass to ${target}.`,
  no_refiner: ({ target }) =>
    `Plan without the refiner, or for another backend: ${target} takes none by its API.`,
  no_hires_here: ({ stage_id, target }) =>
    `Enlarge in an upscale with a redraw: ${target} passes over hires fix in ${stage_id}.`,
  other_shape: ({ field, target }) =>
    `Take an image upscaler, or a ${field} of the shape that comes in: a latent is stretched by ${target}, where the plan crops.`,
  odd_size: ({ stage_id, target }) =>
    `Bring the picture to whole blocks of 8 pixels before ${stage_id}: ${target} would shrink it to them.`,
  varied_batch: ({ field, target }) =>
    `Make one image at a time, or leave out ${field}: ${target} gives a batch that is varied one seed, where the plan counts on.`,
  no_latent_mode: ({ value, target }) =>
    `Take an image upscaler: ${target} cannot enlarge by ${JSON.stringify(value)} here.`,
  no_face_restoring: ({ field, target }) => `Leave ${field} at 0: ${target} restores no faces here.`,
  no_detector: ({ value, target }) =>
    `Say in the option detectors what ${target} calls ${JSON.stringify(value)}: its detectors have other names.`,
  no_detector_setting: ({ field, value, target }) =>
    `Leave ${field} at its default: ${target} has no equal of ${JSON.stringify(value)}.`,
  not_square: ({ field, target }) =>
    `State inpaint_width and inpaint_height alike: ${target} repaints finds in a square, and ${field} is another length.`,
  one_prompt: ({ field, target }) =>
    `Take [SEP] and [SKIP] out of ${field}: ${target} has one prompt for all that a detector finds.`,
  other_model: ({ stage_id, value, target }) =>
    `Give ${stage_id} the model of the stage before it: ${target} details with the model that is loaded, and this one is ${JSON.stringify(value)}.`,
  no_model: ({ stage_id, target }) =>
    `State the model: ${target} loads a checkpoint by its name, and ${stage_id} has none.`,
  no_upscaler: ({ value, target }) =>
    `Say in the option models.upscalers which file ${JSON.stringify(value)} is, and its scale: ${target} knows upscalers by their files.`,
  unnamed_image: ({ field, stage_id, target }) =>
    `Name the image in ${field}: ${stage_id} of ${target} loads it by the name that it was uploaded under.`,
  no_mask_setting: ({ field, value, target }) =>
    `Change ${field}: nodes of ${target} have no equal of ${JSON.stringify(value)} where an image has a mask.`,
  several_batches: ({ value }) =>
    `Make one batch: n_iter is ${value}, and a graph runs once. A larger batch_size, or a plan for each, does it.`,
  refiner_step: ({ field, value }) =>
    `Change ${field} or the steps: at ${value} one of the two checkpoints would have no step of its own.`,
  unbound_setting: ({ field, value }) =>
    `Bind ${field} to an input of the graph, or ignore it: nothing would take ${JSON.stringify(value)}.`,
  no_such_setting: ({ field }) =>
    `Leave out ${field}: the plan has no such setting, and the graph would keep the one that it was saved with.`,
  no_such_input: ({ field, value }) =>
    `Bind ${field} to another input: the graph has no ${JSON.stringify(value)}, or two of that title.`,
  unread_tag: ({ field, value }) =>
    `Take ${JSON.stringify(value)} out of ${field}: ComfyUI would read the tag as words.`,
  lora_tag: ({ field }) =>
    `Take the LoRA tags out of ${field}, and put loaders into the graph: ComfyUI would read them as words.`,
  out_of_range: ({ field, value, target }) =>
    `Change ${field}: ${target} does not take ${JSON.stringify(value)}.`,
} as const satisfies Readonly<Record<string, (refusal: Said) => string>>;

export type RefusalCode = keyof typeof sentences;

/** Says a refusal in words, first what to do about it. Words are for people, and may change in any release. */
export function sayRefusal(refusal: CompileRefusal, target: string): string {
  return sentences[refusal.code]({ ...refusal, target });
}
