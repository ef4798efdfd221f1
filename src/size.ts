import * as z from 'zod';

/** The smallest and the largest side that a plan gives a picture, in pixels. */
export const sideBounds = { least: 8, most: 65_536 } as const;

const side = z.int().min(sideBounds.least).max(sideBounds.most);

/** The size of a picture, in pixels. */
export const Size = z.strictObject({
  width: side.describe(`Pixels, ${sideBounds.least} to ${sideBounds.most}.`),
  height: side.describe(`Pixels, ${sideBounds.least} to ${sideBounds.most}.`),
});
export type Size = Readonly<z.output<typeof Size>>;

/** A size that a picture is brought to. */
export const TargetSize = z.strictObject({
  width: side.multipleOf(8).describe(`Pixels, ${sideBounds.least} to ${sideBounds.most}, a multiple of 8.`),
  height: side.multipleOf(8).describe(`Pixels, ${sideBounds.least} to ${sideBounds.most}, a multiple of 8.`),
});
