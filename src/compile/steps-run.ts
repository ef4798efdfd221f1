/**
 * The steps that img2img, a redraw or a detector runs of those that it states: 1 to `steps`. What hires fix draws runs all.
 *
 * Source: `setup_img2img_steps` of A1111's WebUI. In JavaScript the product is the same double.
 */
export function stepsRun(steps: number, denoisingStrength: number): number {
  return Math.floor(Math.min(denoisingStrength, 0.999) * steps) + 1;
}
