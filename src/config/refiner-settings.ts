import * as z from 'zod';
import { nameOf } from './names.ts';

/** Source: the WebUI's option `hires_fix_refiner_pass`, whose own default is "second". */
export const RefinerPass = z
  .enum(['first', 'second', 'both'])
  .describe('The pass that the refiner works in: the first, that of hires fix, or both.');
export type RefinerPass = z.output<typeof RefinerPass>;

/**
 * The refiner's fields as they are when it is on.
 *
 * Source of the bounds: at 0 the base never denoises, at 1 the refiner never does.
 */
export const refinerFields = {
  refiner_model_name: nameOf('a checkpoint').describe('The checkpoint that takes over.'),
  refiner_switch_at: z
    .number()
    .gt(0)
    .lt(1)
    .describe('The fraction of steps done when the refiner takes over, between 0 and 1.'),
  refiner_pass: RefinerPass,
};
