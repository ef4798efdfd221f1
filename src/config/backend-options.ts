import { z } from 'zod';
import { isPlainObject, JsonObject } from '../json.ts';

/** How the bytes of PNG, JPEG, WebP and GIF begin in base64. */
const encodedImage = /^(?:data:|iVBORw0KGgo|\/9j\/|UklGR|R0lGOD)/;

/** The shortest text that can be an image: a smaller one is a word that begins alike. */
const shortestImage = 64;

const Options = JsonObject.refine(
  (options) => holdsNoImage(options),
  'must hold no image: write { "$image": "key" } in its place, which whoever runs the plan fills in',
);

/**
 * What a backend should get besides, as JSON: it is carried into the stage and counts in the plan's fingerprint.
 *
 * For what a small schema should not hold: ControlNet, styles, subseed, tiling, eta. It never overrides a field that is
 * planned, and `{ "$image": "key" }` stands for an image.
 */
export const BackendOptions = z.strictObject({
  webui: Options.optional().describe('For a WebUI: fields of its request.'),
  comfyui: Options.optional().describe("For ComfyUI: inputs by the ids of its graph's nodes."),
});
export type BackendOptions = z.output<typeof BackendOptions>;

function holdsNoImage(value: unknown): boolean {
  if (typeof value === 'string') return value.length < shortestImage || !encodedImage.test(value);
  if (Array.isArray(value)) return value.every(holdsNoImage);
  if (!isPlainObject(value)) return true;
  if ('$image' in value)
    return Object.keys(value).length === 1 && typeof value.$image === 'string' && value.$image !== '';
  return Object.values(value).every(holdsNoImage);
}
