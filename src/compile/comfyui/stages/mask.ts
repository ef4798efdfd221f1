import type { Img2imgExecution } from '../../../plan/stage-execution-plan.ts';
import type { ComfyLink } from '../comfy-prompt.ts';
import type { ComfyContext } from '../context.ts';

type Config = Img2imgExecution['stage_config'];
type Mask = NonNullable<Config['mask']>;

/** The widest that ImageBlur blurs, in pixels to each side. */
const widestBlur = 31;

/**
 * The nodes of a mask, white where it is redrawn, or null where a graph cannot do what it says.
 *
 * What stands under it is left as it is, and the whole picture is worked at: core nodes neither fill it nor cut it out.
 */
export function maskOf(id: string, config: Config, mask: Mask, context: ComfyContext): ComfyLink | null {
  const { graph, refuse, warn } = context;
  refuseOthers(config, mask, context);
  if (mask.image === null) {
    refuse('unnamed_image', 'mask.image', null);
    return null;
  }
  warn('near_mask', 'mask', mask.image);
  const title = `${id}: the mask`;
  const image = graph.add(`${id}-mask-image`, 'LoadImage', { image: mask.image }, title);
  const soft = blurred(id, image, mask.blur, context);
  const read = graph.add(`${id}-mask`, 'ImageToMask', { image: soft, channel: 'red' }, title);
  return mask.invert
    ? graph.add(`${id}-mask-invert`, 'InvertMask', { mask: read }, `${title}, inverted`)
    : read;
}

/** What is not masked as it came: the redrawn picture laid over the one that was taken. */
export function composited(
  id: string,
  beneath: ComfyLink,
  redrawn: ComfyLink,
  mask: ComfyLink,
  { batch_size: amount }: Config,
  { graph }: ComfyContext,
): ComfyLink {
  // The node gives as many pictures as lie beneath.
  const destination =
    amount === 1
      ? beneath
      : graph.add(`${id}-beneath`, 'RepeatImageBatch', { image: beneath, amount }, `${id}: a batch`);
  const inputs = { destination, source: redrawn, x: 0, y: 0, resize_source: false, mask };
  return graph.add(`${id}-composite`, 'ImageCompositeMasked', inputs, `${id}: what is not masked as it came`);
}

function refuseOthers({ hires_enabled }: Config, mask: Mask, { refuse }: ComfyContext): void {
  if (mask.fill !== 'original') refuse('no_mask_setting', 'mask.fill', mask.fill);
  if (mask.only_masked) refuse('no_mask_setting', 'mask.only_masked', true);
  if (hires_enabled) refuse('no_mask_setting', 'hires_enabled', true);
}

/**
 * The blur of WebUIs: a Gaussian of so many pixels, cut off after two and a half of them. Source: the `init` of
 * `StableDiffusionProcessingImg2Img`; ImageBlur counts its sigma in radiuses.
 */
function blurred(id: string, image: ComfyLink, blur: number, { graph, refuse }: ComfyContext): ComfyLink {
  if (blur === 0) return image;
  const blur_radius = Math.floor(2.5 * blur + 0.5);
  if (blur_radius > widestBlur) refuse('out_of_range', 'mask.blur', blur);
  const inputs = { image, blur_radius, sigma: blur / blur_radius };
  return graph.add(`${id}-mask-blur`, 'ImageBlur', inputs, `${id}: the mask, softened`);
}
