import type { WebuiHandlers } from '../target.ts';
import { adetailer } from './adetailer.ts';
import { img2img } from './img2img.ts';
import { txt2img } from './txt2img.ts';
import { upscale } from './upscale.ts';

/** A1111's WebUI, and reForge and Forge, which are sent the same but for what their servers and tables say. */
export const a1111Handlers: WebuiHandlers = { txt2img, img2img, upscale, adetailer };
