import { isPlainObject, type JsonObject, type JsonValue } from '../../json.ts';
import { isPlaceholder } from '../fields.ts';
import { MissingImageError } from './missing-image-error.ts';
import type { WebuiRequest } from './webui-request.ts';

/** The images of a request, in base64. */
export interface WebuiImages {
  /** The image that the request works on: what `image_from` tells. */
  readonly image?: string;
  /** The images behind `{ "$image": key }`, by their keys: masks, and those of backend options. */
  readonly named?: Readonly<Record<string, string>>;
}

/**
 * A request with its images filled in: what is sent. Pure; the request itself is not changed.
 *
 * @throws {MissingImageError} when an image is not handed in.
 */
export function withImages(request: WebuiRequest, { image, named = {} }: WebuiImages): WebuiRequest {
  const { id, image_field } = request;
  const fill = (value: JsonValue, field: string): JsonValue => {
    if (isPlaceholder(value)) {
      const found = Object.hasOwn(named, value.$image) ? named[value.$image] : undefined;
      if (found === undefined) throw new MissingImageError(id, field, value.$image);
      return found;
    }
    if (Array.isArray(value)) return value.map((item) => fill(item, field));
    return isPlainObject(value) ? filled(value as JsonObject) : value;
  };
  const filled = (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).map(([key, value]) => [key, fill(value, key)]));
  const body = filled(request.body);
  if (image_field === null) return { ...request, body };
  if (image === undefined) throw new MissingImageError(id, image_field, null);
  return { ...request, body: { ...body, [image_field]: image_field === 'image' ? image : [image] } };
}
