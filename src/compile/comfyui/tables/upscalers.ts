import { upscalerLabel } from '../../../names/upscalers.ts';

/** A model that enlarges: its file, and how many times it enlarges. */
export interface UpscaleModel {
  readonly file: string;
  readonly scale: number;
}

/** Source: `modules/realesrgan_model.py` of the WebUI. */
const models: ReadonlyMap<string, UpscaleModel> = new Map([
  ['R-ESRGAN 4x+', { file: 'RealESRGAN_x4plus.pth', scale: 4 }],
  ['R-ESRGAN 4x+ Anime6B', { file: 'RealESRGAN_x4plus_anime_6B.pth', scale: 4 }],
  ['R-ESRGAN 2x+', { file: 'RealESRGAN_x2plus.pth', scale: 2 }],
  ['R-ESRGAN General 4xV3', { file: 'realesr-general-x4v3.pth', scale: 4 }],
  ['R-ESRGAN General WDN 4xV3', { file: 'realesr-general-wdn-x4v3.pth', scale: 4 }],
  ['R-ESRGAN AnimeVideo', { file: 'realesr-animevideov3.pth', scale: 4 }],
]);

const imageMethods: ReadonlyMap<string, string> = new Map([
  ['Lanczos', 'lanczos'],
  ['Nearest', 'nearest-exact'],
]);

const latentMethods: ReadonlyMap<string, string> = new Map([
  ['Latent', 'bilinear'],
  ['Latent (bicubic)', 'bicubic'],
  ['Latent (nearest)', 'nearest-exact'],
  ['Latent (nearest-exact)', 'nearest-exact'],
]);

/** The model of an upscaler: the caller's, or one that every WebUI ships. */
export function upscaleModel(
  name: string,
  own: Readonly<Record<string, UpscaleModel>>,
): UpscaleModel | undefined {
  return (Object.hasOwn(own, name) ? own[name] : undefined) ?? models.get(upscalerLabel(name));
}

/** How ImageScale enlarges as an upscaler without a model does. */
export function imageMethod(name: string): string | undefined {
  return imageMethods.get(upscalerLabel(name));
}

/** How LatentUpscale enlarges as a latent mode does. Antialiased ones have no equal. */
export function latentMethod(name: string): string | undefined {
  return latentMethods.get(upscalerLabel(name));
}
