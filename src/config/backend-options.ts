import * as z from 'zod';
import { isPlainObject, JsonObject } from '../json.ts';

/** A data URI of an image, or of any bytes. Text that begins with "data: " is none. */
const dataUri = /^\s*data:(?:image\/|[^\s,]{0,200};base64,)/i;

/**
 * How the bytes of PNG, JPEG, WebP, GIF, BMP, TIFF, and of AVIF and HEIC begin in base64, and enough more of it to be no
 * word that begins alike: the smallest image of all has 26 bytes.
 */
const encodedImage =
  /^\s*(?:iVBORw0KG|[/_]9j[/_]|UklGR|R0lGOD|Qk[0-3]|SUkqA|TU0AK|AAAA[\w+/-]{2}Z0eX)[\w+/=\s-]{20}/;

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
  if (typeof value === 'string') return !isImage(value);
  if (Array.isArray(value)) return !isImage(base64Of(value)) && value.every(holdsNoImage);
  if (!isPlainObject(value)) return true;
  if ('$image' in value) return Object.keys(value).length === 1 && isKey(value.$image);
  return Object.values(value).every(holdsNoImage);
}

function isImage(text: string): boolean {
  return dataUri.test(text) || encodedImage.test(text);
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !isImage(value);
}

/** The first bytes of a list of bytes in base64. Of any other list: nothing. */
function base64Of(list: readonly unknown[]): string {
  const bytes = list.slice(0, 24).filter((item) => Number.isInteger(item) && Number(item) >>> 8 === 0);
  return bytes.length < 24 ? '' : btoa(String.fromCharCode(...bytes.map(Number)));
}
