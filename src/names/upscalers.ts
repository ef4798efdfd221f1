import { lookUp, nameTable } from './name-key.ts';

/**
 * The ways to enlarge by the WebUI's labels, then the names that other programs give them.
 *
 * Sources: `modules/realesrgan_model.py` of the WebUI, ComfyUI's `upscale_method`, SwarmUI's `refinerupscalemethod`,
 * `modules/upscaler_simple.py` and
 * `modules/postprocess/realesrgan_model.py` of SD.Next.
 */
export const upscalers = [
  ['R-ESRGAN 4x+', 'RealESRGAN_x4plus', 'RealESRGAN 4x+'],
  ['R-ESRGAN 4x+ Anime6B', 'RealESRGAN_x4plus_anime_6B', 'RealESRGAN 4x+ Anime6B'],
  ['R-ESRGAN 2x+', 'RealESRGAN_x2plus', 'RealESRGAN 2x+'],
  ['R-ESRGAN General 4xV3', 'realesr-general-x4v3', 'RealESRGAN 4x General V3'],
  ['R-ESRGAN General WDN 4xV3', 'realesr-general-wdn-x4v3', 'RealESRGAN 4x General WDN V3'],
  ['R-ESRGAN AnimeVideo', 'realesr-animevideov3', 'RealESRGAN AnimeVideo V3'],
  ['Lanczos', 'pixel-lanczos', 'Resize Lanczos'],
  ['Nearest', 'pixel-nearest-exact', 'nearest-exact', 'pixel-nearest', 'Resize Nearest'],
  ['Latent', 'latent-bilinear'],
  ['Latent (antialiased)', 'Latent Bilinear antialias'],
  ['Latent (bicubic antialiased)', 'Latent Bicubic antialias'],
  ['Latent (bicubic)', 'latent-bicubic'],
  ['Latent (nearest)', 'latent-nearest'],
  ['Latent (nearest-exact)', 'latent-nearest-exact'],
] as const satisfies readonly (readonly [string, ...(readonly string[])])[];

const labels = nameTable(upscalers);

/** An upscaler's label as the WebUI writes it: a model's file is named without its folder and its extension. */
export function upscalerLabel(name: string): string {
  const file = name
    .replace(/^model-/, '')
    .replace(/^.{0,400}[\\/]/s, '')
    .replace(/\.(pth|pt|safetensors|ckpt|bin|onnx)$/i, '');
  return lookUp(labels, name) ?? lookUp(labels, file) ?? file;
}

/** Whether an upscaler is a latent mode of hires fix, which works on what a diffusion goes on with. */
export function isLatentMode(upscaler: string): boolean {
  return /^\s*latent\b/i.test(upscaler);
}
