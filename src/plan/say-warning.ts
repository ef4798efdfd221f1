import type { Size } from '../size.ts';
import type { PlanWarning } from './warnings.ts';

/** Says a warning in words, first what to do about it. Words are for people, and may change in any release. */
export function sayWarning(warning: PlanWarning): string {
  switch (warning.code) {
    case 'unused_input_image':
      return `No stage takes the input_image ${JSON.stringify(warning.input_image)}: start with img2img in place of txt2img to use it, or leave it out.`;
    case 'unnamed_input_image':
      return `${warning.stage_id} starts from an existing image that is not named: state input_image, or let the runner bring it.`;
    case 'unnamed_mask':
      return `${warning.stage_id} redraws what a mask says, and the mask's image is not named: state ${stageOf(warning.stage_id)}.mask.image, or let the runner bring it.`;
    case 'no_effect':
      return `${warning.field} has no effect in this plan.`;
    case 'picture_shrinks':
      return `${warning.stage_id} makes the picture smaller: ${saySize(warning.from)} comes in, ${saySize(warning.to)} goes out.`;
    case 'shape_changes':
      return `${warning.stage_id} cuts off a part of the picture: ${saySize(warning.from)} is brought to ${saySize(warning.to)}, which has another shape.`;
    case 'picture_stretches':
      return `${warning.stage_id} stretches the picture: ${saySize(warning.from)} is brought to ${saySize(warning.to)}, which has another shape.`;
    case 'hires_in_upscale':
      return `Hires fix works in ${warning.stage_id}, as its redraw, and in no generation.`;
    case 'redraws_everything':
      return `${warning.stage_id} starts from noise alone: at denoising_strength ${warning.denoising_strength}, ${warning.steps === 1 ? '1 step keeps' : `${warning.steps} steps keep`} nothing of what it redraws. Take more steps or a lower strength.`;
    case 'batch_ignored':
      return `${warning.stage_id} works on one image: batch_size ${warning.batch_size} and n_iter ${warning.n_iter} have no effect without generation.`;
    case 'refiner_is_base':
      return `The refiner of ${warning.stage_id} takes over from the same checkpoint, ${warning.model}: nothing is refined.`;
    case 'refiner_is_late':
      return `The refiner of ${warning.stage_id} comes too late: at refiner_switch_at ${warning.refiner_switch_at} a backend that counts steps has none left for it. Take more steps or an earlier switch.`;
  }
}

/** The stage of an id: "img2img" of "2-img2img". */
function stageOf(id: string): string {
  return id.slice(id.indexOf('-') + 1);
}

/** A size as people write it: "832 x 1216". */
export function saySize(size: Size | null): string {
  return size === null ? 'unknown size' : `${size.width} x ${size.height}`;
}
