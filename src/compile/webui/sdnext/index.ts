import type { WebuiHandlers } from '../target.ts';
import { adetailer } from './adetailer.ts';
import { img2img } from './img2img.ts';
import { txt2img } from './txt2img.ts';
import { upscale } from './upscale.ts';

export const sdnextHandlers: WebuiHandlers = { txt2img, img2img, upscale, adetailer };
