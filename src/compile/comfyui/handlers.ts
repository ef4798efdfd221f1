import type { ComfyHandlers } from './context.ts';
import { adetailer } from './stages/adetailer.ts';
import { img2img } from './stages/img2img.ts';
import { txt2img } from './stages/txt2img.ts';
import { upscale } from './stages/upscale.ts';

/** The handlers of the stages that every plan can have. */
export const comfyHandlers: ComfyHandlers = { txt2img, img2img, upscale, adetailer };
