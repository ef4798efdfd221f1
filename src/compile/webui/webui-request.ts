import type { JsonObject } from '../../json.ts';
import type { WebuiCheck } from './checks.ts';
import type { WebuiPath } from './tables/webui-table.ts';
import type { WebuiWarning } from './webui-warning.ts';

/** Where a request's image comes from: an existing image, or an image of the answer to an earlier request. */
export type ImageFrom =
  | { readonly source: 'external'; readonly image: string | null }
  | { readonly source: 'request'; readonly id: string; readonly image: number };

/** One request to a WebUI, as data. Nothing is sent. */
export interface WebuiRequest {
  /** "1-txt2img"; "3-upscale-redraw" for a second request of a stage; "2-img2img-image-1" for one of several images. */
  readonly id: string;
  readonly stage_id: string;
  readonly method: 'POST';
  readonly path: WebuiPath;
  /** The body, without the image that it takes: {@link withImages} fills that in. */
  readonly body: JsonObject;
  /** null: it takes no image. */
  readonly image_from: ImageFrom | null;
  /** The field of the body that the image belongs into. */
  readonly image_field: 'init_images' | 'image' | null;
  /** The field of the answer that has the images, or the one image. */
  readonly image_result: 'images' | 'image';
  /** Whether the images of the answer should be kept. */
  readonly keeps_image: boolean;
  /** What to look for in the answer, since status 200 proves little: {@link checkWebuiResponse} does. */
  readonly checks: readonly WebuiCheck[];
  /** What the server does in another way than the plan says. */
  readonly warnings: readonly WebuiWarning[];
}

/** What a handler makes: a request that does not know yet what stands before it. */
export interface WebuiDraft {
  readonly path: WebuiPath;
  readonly body: JsonObject;
  readonly checks: readonly WebuiCheck[];
  /** Left out: none. */
  readonly warnings?: readonly WebuiWarning[];
  /** What tells it from the other requests of its stage: "redraw". */
  readonly part?: string;
}
